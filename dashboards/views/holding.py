"""What else it hangs on: single ties, the centre itself, and the smallest groups that hold the network together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboards.views.bodies import Bodies, Body
from orchestrator.model.labels import place_names
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, percent, sentence
from orchestrator.tables.vocabulary import SECTOR_LABELS

__all__ = [
    "CentreView", "GatewayLine", "GroupsView", "KeySetLine", "SingleTie", "SingleTiesView",
    "centre_view", "groups_view", "single_ties_view",
]  # fmt: skip

#: As many single ties stand in the table.
TABLED: Final = 100
#: Bodies that keep no tie without the centre are counted together; so many other groups are drawn one by one.
DRAWN: Final = 8


@dataclass(frozen=True)
class SingleTie:
    """A tie that is the only link between two sides, and who would lose every route to the centre without it."""

    one: Body
    other: Body
    cut_off: tuple[str, ...]


@dataclass(frozen=True)
class SingleTiesView:
    """The single ties, those that most hang on first; ``all_ties`` of them, the first hundred in ``ties``."""

    sentence: str
    ties: tuple[SingleTie, ...]
    all_ties: int


def single_ties_view(results: Results) -> SingleTiesView:
    """Which ties are the only link between the centre and somebody?"""
    bodies, graph = Bodies(results), results.graph
    measure = results.measure("tie", "cut_off")
    lost = measure.values if measure else ()
    found = [(at, cut) for at, cut in enumerate(lost) if cut]
    found.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    ends = graph.ends.tolist()
    ties = tuple(
        SingleTie(bodies[graph.members[ends[at][0]]], bodies[graph.members[ends[at][1]]], tuple(bodies.names(cut)))
        for at, cut in found[:TABLED]
    )
    return SingleTiesView(_single_sentence(ties, len(found), len(graph.ends)), ties, len(found))


def _single_sentence(ties: tuple[SingleTie, ...], found: int, all_ties: int) -> str:
    if not ties:
        return "No route to the centre hangs on a single tie." if all_ties else "There are no ties."
    worst = ties[0]
    said = sentence(
        f"{counted(found, 'tie')} of {all_ties:,} {'is' if found == 1 else 'are'} the only link between the centre and "
        "somebody"
    )
    who = counted(len(worst.cut_off), "body", "bodies")
    most = "" if found == 1 else " Most hangs on"
    pair = f"{worst.one.name} with {worst.other.name}"
    if not most:
        return f"{said} Without that of {pair}, {who} would lose every route."
    return f"{said}{most} that of {pair}: without it {who} would lose every route."


# ── the centre ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class CentreView:
    """What would be left if the centre stepped out. ``pieces``: sizes of the groups that stay in touch, largest first;
    ``alone``: how many more would keep no tie at all."""

    sentence: str
    action: str
    pieces: tuple[int, ...]
    alone: int
    others: int


def centre_view(results: Results) -> CentreView:
    """Do others work with each other, or does everything run through the centre?"""
    centre = results.graph.name_of(results.graph.centre_id)
    sizes = [int(row["members"]) for row in results.rows("remove_centre")]
    alone, others = sum(size == 1 for size in sizes), sum(sizes)
    told = results.by_analysis["remove_centre"].findings if "remove_centre" in results.by_analysis else ()
    if told:
        verdict = results.verdicts.get(told[0].finding_id)
        said = verdict.on(told[0]).statement if verdict else told[0].statement
    elif not others:
        said = f"Nobody reaches {centre} today, so nobody would lose touch."
    else:
        who = "the one other member" if others == 1 else f"all {others:,} members that reach it today"
        keep = "would still be there" if others == 1 else "would stay in touch with one another"
        said = f"If {centre} stepped out, {who} {keep}."
    joins = results.of_mission("only_centre_joins")
    if joins:
        said += f" {_starting(percent(joins))} of the pairs of its partners without a tie meet over nobody else."
    pieces = tuple(size for size in sizes if size > 1)
    return CentreView(said, told[0].action if told else "", pieces, alone, others)


def _starting(share: str) -> str:
    return share[0].upper() + share[1:]


# ── the smallest groups ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class GatewayLine:
    """The smallest group of bodies between the centre and a sector or place; None: more than five are needed."""

    label: str
    members: int
    size: int | None
    group: tuple[Body, ...]


@dataclass(frozen=True)
class KeySetLine:
    """The one, two or three bodies that break most apart, or reach most others; ``words`` say what that means."""

    size: int
    breaks: tuple[Body, ...]
    broken: str
    reaches: tuple[Body, ...]
    reached: str


@dataclass(frozen=True)
class GroupsView:
    """The smallest groups in words. Every part may be empty."""

    sentence: str
    said: tuple[str, ...]
    gateways: tuple[GatewayLine, ...]
    key_sets: tuple[KeySetLine, ...]


def groups_view(results: Results) -> GroupsView:
    """Which few bodies together stand before a whole sector or place, break the network apart, or reach everybody?"""
    bodies = Bodies(results)
    gateways = _gateways(results, bodies)
    sets = _key_sets(results, bodies)
    told = [finding.statement for finding in results.by_analysis["gateways"].findings]
    told += [finding.statement for finding in results.by_analysis["key_sets"].findings]
    return GroupsView(_groups_sentence(sets), tuple(told), gateways, sets)


def _gateways(results: Results, bodies: Bodies) -> tuple[GatewayLine, ...]:
    places = place_names(results.graph)
    rows = [row for row in results.rows("gateways") if row["members"]]
    lines = [
        GatewayLine(
            SECTOR_LABELS[row["id"]] if row["kind"] == "sector" else places[row["id"]],
            int(row["members"]),
            row["size"],
            tuple(bodies[name] for name in row["group"]),
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (line.size is None, line.size or 0, -line.members, line.label)))


def _key_sets(results: Results, bodies: Bodies) -> tuple[KeySetLine, ...]:
    fragment, reach = (_sets(results, name) for name in ("fragment", "reach"))
    members = len(results.graph.members)
    lines: list[KeySetLine] = []
    for size in (1, 2, 3):
        breaks, reaches = fragment.get(str(size)), reach.get(str(size))
        if not breaks or not reaches:
            continue
        told = int(reaches["value"])
        lines.append(
            KeySetLine(
                size,
                tuple(bodies[name] for name in breaks["members"]),
                f"{percent(breaks['value'])} of the pairs left could not reach each other",
                tuple(bodies[name] for name in reaches["members"]),
                f"{told:,} of {members:,} within two steps",
            )
        )
    return tuple(lines)


def _sets(results: Results, name: str) -> Mapping[str, Mapping[str, Any] | None]:
    """A measure of the mission that is a table: sets of bodies by their size."""
    measure = results.measure("mission", name)
    return measure.values[0] if measure else {}


def _groups_sentence(sets: tuple[KeySetLine, ...]) -> str:
    if not sets:
        return "The mission has too few members for groups of two or three to mean anything."
    most = sets[-1]
    names = listed([body.name for body in most.breaks])
    if most.size == 1:
        return f"If {names} alone left, {most.broken}. No other body breaks as much apart."
    return f"If {names} left, {most.broken}. No other {_of_size(most.size)} that were tried break as much apart."


def _of_size(size: int) -> str:
    return ("body", "two bodies", "three bodies")[size - 1]
