"""Who is relied on: the ranking that the overview, the ring map and the bottlenecks page share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dashboards.views.bodies import Bodies, Body
from orchestrator.model.ring import NUMBERED
from orchestrator.model.wording import counted

__all__ = ["NUMBERED", "Reliance", "reliance"]


@dataclass(frozen=True)
class Reliance:
    """A body whose leaving would cut members off from the centre or worsen a requirement.

    ``rank`` starts at 1 and is nobody else's, so that it can name a disc; ``place`` is the rank among equals, "2=" for
    those of whom as much would be lost.
    """

    rank: int
    body: Body
    cut_off: tuple[str, ...]
    worsened: tuple[str, ...]
    weight_lost: float
    hops: int | None
    place: str

    @property
    def consequence(self) -> str:
        """What its leaving would do, in a few words."""
        parts = []
        if self.cut_off:
            parts.append(f"cuts off {counted(len(self.cut_off), 'body', 'bodies')}")
        if self.worsened:
            parts.append(f"leaves {counted(len(self.worsened), 'requirement')} worse off")
        return ", ".join(parts)


def reliance(bodies: Bodies) -> tuple[Reliance, ...]:
    """Who is relied on, most first: by requirement weight lost, then members cut off, then id. Empty if nobody is."""
    told = bodies.results.by_analysis["bottlenecks"].findings  # one for each of them
    names = [finding.subject_id for finding in told]
    found = sorted(
        (-float(bodies.measured(name, "weight_lost") or 0.0), -len(bodies.measured(name, "cut_off")), name)
        for name in names
    )
    alike = Counter(entry[:2] for entry in found)
    first: dict[tuple[float, int], int] = {}
    entries = []
    for rank, (lost, cut, name) in enumerate(found, start=1):
        at = first.setdefault((lost, cut), rank)
        entries.append(_entry(bodies, name, rank, f"{at}=" if alike[lost, cut] > 1 else str(at)))
    return tuple(entries)


def _entry(bodies: Bodies, name: str, rank: int, place: str) -> Reliance:
    return Reliance(
        rank,
        bodies[name],
        bodies.measured(name, "cut_off"),
        bodies.measured(name, "worsened"),
        float(bodies.measured(name, "weight_lost") or 0.0),
        bodies.measured(name, "hops"),
        place,
    )
