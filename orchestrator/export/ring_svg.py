"""The ring map as a drawing (SVG) that needs no script: for the offline page, which runs none."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from orchestrator.drawing.ring import MissingPartner, RingPicture, ring_layout
from orchestrator.drawing.ring_picture import CENTRE_RADIUS, LARGE_RADIUS
from orchestrator.drawing.ring_routes import NO_ROUTE
from orchestrator.export.brief import relied_on
from orchestrator.model.ring import NUMBERED, ring_frame_of
from orchestrator.model.snapshot import Snapshot
from orchestrator.model.wording import counted
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = ["LETTERED", "ring_picture", "ring_sentence", "ring_svg"]

#: How many missing partners get a lettered circle.
LETTERED: Final = 7
_LETTERS: Final = "ABCDEFG"
#: Beyond so many bodies each is a dot without a name of its own.
_NAMED: Final = 1_500
_SIDE, _TOP = 250.0, 52.0
_NAME: Final = 200


def ring_picture(snapshot: Snapshot) -> RingPicture:
    """Where everything goes. Where scores about named bodies are left out, nobody is numbered, lettered or larger."""
    graph = snapshot.graph
    rows = {row["organisation_id"]: row for row in snapshot.findings.get("organisations", ())}
    dependency = np.array([rows.get(name, {}).get("rooted_dependency") or 0.0 for name in graph.members])
    who = [str(row["organisation_id"]) for row in relied_on(snapshot)]
    return ring_layout(ring_frame_of(graph, dependency, who, _missing(snapshot)))


def _missing(snapshot: Snapshot) -> tuple[MissingPartner, ...]:
    advice = None if snapshot.scores_left_out else snapshot.advice
    if advice is None:
        return ()
    members, rows = set(advice.graph.members), advice.graph.organisations.set_index("organisation_id")
    outside = [one.organisation_id for one in advice.chosen if one.organisation_id not in members]
    return tuple(
        MissingPartner(letter, str(rows.loc[name, "name"]), str(rows.loc[name, "sector"]), "", name)
        for letter, name in zip(_LETTERS, outside, strict=False)
    )


def ring_sentence(picture: RingPicture) -> str:
    """What the map shows, as its description."""
    frame = picture.frame
    near, lost = int((picture.ring == 1).sum()), int((picture.ring == NO_ROUTE).sum())
    said = f"{counted(len(frame) - 1, 'organisation')} around the centre, a wedge a sector and a ring a step: "
    said += f"{near:,} one step away, {lost:,} without a route."
    if frame.relied_on:
        said += f" The {counted(len(frame.relied_on), 'numbered disc is', 'numbered discs are')} relied on most."
    if frame.missing:
        circles = counted(
            len(frame.missing), "lettered circle is a missing partner", "lettered circles are missing partners"
        )
        said += f" The {circles}."
    return said


def ring_svg(picture: RingPicture, marking: str = "", *, named: bool = True) -> Iterator[str]:
    """The drawing, piece by piece. Every text of it is escaped; discs say who they are when a pointer rests on them.

    How many steps a body is away is a figure about it: ``named`` is false where those are left out, and nobody is.
    """
    outer = picture.outer_radius
    width, height = 2 * (outer + _SIDE), 2 * (outer + _TOP)
    yield (
        f'<svg class="ring" viewBox="{-width / 2:.0f} {-height / 2:.0f} {width:.0f} {height:.0f}" role="img" '
        f'aria-labelledby="ring-title ring-words"><title id="ring-title">Ring map</title>'
        f'<desc id="ring-words">{_text(ring_sentence(picture))}</desc>'
    )
    yield from _ground(picture)
    yield from _ties(picture)
    yield from _bodies(picture, named=named)
    yield from _large(picture)
    yield from _labels(picture)
    if marking:
        yield f'<text class="ring-marking" x="0" y="{height / 2 - 14:.0f}">{_text(marking)}</text>'
    yield "</svg>"


def _text(text: str) -> str:
    return html.escape(text)


def _at(angle: float, radius: float) -> str:
    return f"{radius * math.cos(angle):.1f} {radius * math.sin(angle):.1f}"


def _ground(picture: RingPicture) -> Iterator[str]:
    """The wedges, and the line before each ring."""
    for number, wedge in enumerate(picture.wedges):
        start, end, r = wedge.start, wedge.start + wedge.span, picture.outer_radius
        large = int(wedge.span > math.pi)
        path = f"M0 0L{_at(start, r)}A{r:.1f} {r:.1f} 0 {large} 1 {_at(end, r)}Z"
        yield f'<path class="wedge wedge-{number % 2}" d="{path}"/>'
    for band in picture.bands:
        kind = " ring-lost" if band.ring == NO_ROUTE else ""
        yield f'<circle class="ring-line{kind}" r="{band.line:.1f}"/>'


def _ties(picture: RingPicture) -> Iterator[str]:
    points = [f"{x:.0f} {y:.0f}" for x, y in zip(picture.x.tolist(), picture.y.tolist(), strict=True)]
    lines = "".join(f"M{points[a]}L{points[b]}" for a, b in picture.resting.tolist())
    if lines:
        yield f'<path class="tie" d="{lines}"/>'


def _bodies(picture: RingPicture, *, named: bool) -> Iterator[str]:
    """The small discs; of very many, dots drawn in one stroke."""
    frame = picture.frame
    large = {*frame.relied_on, frame.centre}
    small = [at for at in range(len(frame)) if at not in large]
    if len(frame) > _NAMED:
        for look, lost in (("dots", False), ("dots dots-lost", True)):
            chosen = [at for at in small if (picture.ring[at] == NO_ROUTE) is np.bool_(lost)]
            dots = "".join(f"M{picture.x[at]:.0f} {picture.y[at]:.0f}h0" for at in chosen)
            wide = max(1.6, 2 * float(np.median(picture.radius[small])))
            yield f'<path class="{look}" stroke-width="{wide:.1f}" d="{dots}"/>' if dots else ""
        return
    for at in small:
        look = "body body-lost" if picture.ring[at] == NO_ROUTE else "body"
        place = f'cx="{picture.x[at]:.1f}" cy="{picture.y[at]:.1f}" r="{picture.radius[at]:.1f}"'
        about = f"<title>{_text(_about(picture, at))}</title>" if named else ""
        yield f'<circle class="{look}" {place}>{about}</circle>'


def _about(picture: RingPicture, at: int) -> str:
    frame, steps = picture.frame, int(picture.frame.hops[at])
    way = "no route to the centre" if steps < 0 else f"{counted(steps, 'step')} from the centre"
    parts = (frame.name[at][:_NAME], SECTOR_LABELS.get(frame.sector[at], frame.sector[at]), frame.place[at], way)
    return " · ".join(part for part in parts if part)


def _large(picture: RingPicture) -> Iterator[str]:
    """The centre, the numbered discs and the lettered circles."""
    frame = picture.frame
    if frame.centre >= 0:
        name = frame.name[frame.centre][:_NAME]
        yield f'<g><title>{_text(name)} · the centre</title><circle class="centre" r="{CENTRE_RADIUS:.0f}"/>'
        yield '<text class="sign sign-centre" x="0" y="5">centre</text></g>'
    for number, at in enumerate(frame.relied_on[:NUMBERED], start=1):
        yield _disc("relied", str(number), _about(picture, at), picture.x[at], picture.y[at])
    for partner, x, y in zip(frame.missing, picture.missing_x, picture.missing_y, strict=True):
        about = f"{partner.name[:_NAME]} · missing · {SECTOR_LABELS.get(partner.sector, partner.sector)}"
        yield _disc("missing", partner.letter, about, x, y)


def _disc(look: str, sign: str, about: str, x: float, y: float) -> str:
    return (
        f'<g><title>{_text(about)}</title><circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{LARGE_RADIUS:.0f}"/>'
        f'<text class="sign sign-{look}" x="{x:.1f}" y="{y + 6:.1f}">{_text(sign)}</text></g>'
    )


def _labels(picture: RingPicture) -> Iterator[str]:
    """What each wedge and each ring is, outside the circle and on the lines."""
    for wedge in picture.wedges:
        angle = wedge.start + wedge.span / 2
        x, y = (picture.outer_radius + 14) * math.cos(angle), (picture.outer_radius + 14) * math.sin(angle)
        anchor = "middle" if abs(math.cos(angle)) < 0.25 else "start" if x > 0 else "end"
        drop = 0 if y < 0 else 16
        label = f"{wedge.label} ({wedge.count:,})"
        yield f'<text class="wedge-label" text-anchor="{anchor}" x="{x:.1f}" y="{y + drop:.1f}">{_text(label)}</text>'
    for band in picture.bands:
        yield f'<text class="ring-label" x="0" y="{-band.line + 4:.1f}">{_text(band.label)}</text>'
