"""What a board reads of a mission in ten minutes: one value that the PDF, the document and the page are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from orchestrator.drawing.coverage_frame import CoverageFrame, Need
from orchestrator.export.not_known import not_known
from orchestrator.model.advice import Advice, Introduction, Partner
from orchestrator.model.advice_sentences import advice_headline, advice_sentence, introductions_sentence
from orchestrator.model.coverage import coverage
from orchestrator.model.labels import requirements_summed_up
from orchestrator.model.need_grid import need_grid_frame, other_places, regions
from orchestrator.model.snapshot import Row, Snapshot
from orchestrator.model.standing import headline, lede
from orchestrator.model.without_scores import names_a_body
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.tables.vocabulary import STATE_LABELS, STATES

__all__ = ["SIGNS", "TOP", "Brief", "Cell", "Grid", "Point", "brief", "more", "relied_on"]

#: How many findings a board sees.
TOP: Final = 5
#: The letter that stands for a state beside its number, so that nobody needs to see colours.
SIGNS: Final = MappingProxyType({"covered": "C", "thin": "T", "on-paper": "P", "gap": "G", "no-data": "?"})
_MOST_ACROSS: Final = 14
_MOST_DOWN: Final = 14


@dataclass(frozen=True)
class Point:
    """One thing that is said: about whom or how grave, in a sentence, with what to do. Any part may be blank."""

    head: str
    text: str
    action: str = ""


@dataclass(frozen=True)
class Cell:
    """How a capability stands in a place: its state (blank: not required) and how many independent partners work."""

    state: str
    number: str

    @property
    def words(self) -> str:
        """The cell as it is read out.

        >>> Cell("thin", "1").words, Cell("no-data", "?").words, Cell("", "").words
        ('1 working: thin', 'no data', 'not required')
        """
        if not self.state:
            return "not required"
        label = STATE_LABELS[self.state].casefold()
        return label if self.state == "no-data" else f"{self.number} working: {label}"


@dataclass(frozen=True)
class Grid:
    """The need grid, the worst first: places across, capabilities down, a row of cells for each. May be empty."""

    places: tuple[str, ...]
    capabilities: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sentence: str


@dataclass(frozen=True)
class Brief:
    """All that the brief says. Lists may be empty; the sentence beside each then says why.

    ``facts`` are names and values that go with everything that leaves: the day, the digest, the settings.
    """

    marking: str
    title: str
    headline: str
    lede: str
    aim: str
    facts: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, int], ...]
    grid: Grid
    elsewhere: Grid
    findings_sentence: str
    findings: tuple[Point, ...]
    partners_sentence: str
    partners: tuple[Point, ...]
    introductions_sentence: str
    introductions: tuple[Point, ...]
    look_for_sentence: str
    look_for: tuple[str, ...]
    not_known: tuple[str, ...]


def brief(snapshot: Snapshot) -> Brief:
    """What does a board need to know of this mission on this day?"""
    graph, whole = snapshot.graph, need_grid_frame(snapshot.graph)
    states = Counter(coverage(graph).requirements["state"])
    findings = tuple(snapshot.findings.get("findings", ()))
    return Brief(
        marking=snapshot.marking,
        title=graph.title,
        headline=headline(graph.title, states, len(relied_on(snapshot))),
        lede=lede(graph),
        aim=graph.mission.get("aim", ""),
        facts=_facts(snapshot),
        states=tuple((state, states[state]) for state in STATES),
        grid=_grid(regions(whole)),
        elsewhere=_grid(other_places(whole)),
        findings_sentence=_findings_sentence(snapshot, len(findings)),
        findings=tuple(Point(row["severity"], row["statement"], row["action"]) for row in findings[:TOP]),
        **_advice(snapshot),
        not_known=not_known(snapshot),
    )


def more(found: int, shown: int, one: str, many: str) -> str:
    """What a document says where it shows fewer than there are; blank where it shows all."""
    if found <= shown:
        return ""
    return f"{counted(found - shown, one, many).capitalize()} on the page of missing partners and in the workbook."


def relied_on(snapshot: Snapshot) -> tuple[Row, ...]:
    """Members whose leaving would cut others off or worsen a requirement, as findings have them; most first.

    Empty if nobody is, and where scores about named bodies are left out.
    """
    rows = [row for row in snapshot.findings.get("organisations", ()) if row.get("cut_off") or row.get("worsened")]
    return tuple(sorted(rows, key=lambda r: (-(r["weight_lost"] or 0.0), -len(r["cut_off"]), r["organisation_id"])))


def _facts(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    header, graph = snapshot.header, snapshot.graph
    facts = (
        ("Protective marking", snapshot.marking or "none"),
        ("Data as on", f"{graph.as_of:%-d %B %Y}"),
        ("Pack", header["pack"]),
        ("Ties counted", f"from level {graph.min_level} of 4 on"),
        ("Scores about named bodies", "left out" if snapshot.scores_left_out else "included"),
        ("Version of the program", header["version"]),
        ("Digest of the facts", graph.digest),
    )
    return tuple((name, value) for name, value in facts if value)


def _grid(frame: CoverageFrame) -> Grid:
    places, capabilities, cells = frame.worst_places(), frame.worst_capabilities(), frame.cells()
    shown, rows = places[:_MOST_ACROSS], capabilities[:_MOST_DOWN]
    found = tuple(
        tuple(_cell(cells.get((capability.capability_id, place.place_id))) for place in shown) for capability in rows
    )
    cut = len(places) > len(shown) or len(capabilities) > len(rows)
    return Grid(
        tuple(place.name for place in shown),
        tuple(capability.name for capability in rows),
        found,
        _grid_sentence(frame, len(shown), len(rows)) if cut else _grid_sentence(frame),
    )


def _cell(need: Need | None) -> Cell:
    if need is None:
        return Cell("", "")
    return Cell(need.state, "?" if need.state == "no-data" else str(need.working))


def _grid_sentence(frame: CoverageFrame, across: int = 0, down: int = 0) -> str:
    if not frame.needs:
        return "No requirements are recorded."
    counts: Counter[str] = Counter(need.state for need in frame.needs)
    met = [state for state in STATES if counts[state]]
    words = {**STATE_LABELS, "gap": "Gap" if counts["gap"] == 1 else "Gaps"}
    said = [f"{counts[state]:,} {words[state].casefold()}" for state in met]
    text = sentence(f"{counted(len(frame.needs), 'cell')}: {listed(said, most=len(STATES))}")
    if across:
        return (
            f"{text} The worst {across} of {len(frame.places):,} places and {down} of {len(frame.capabilities):,} "
            "capabilities are shown; the tables hold them all."
        )
    return f"{text} The worst come first."


def _findings_sentence(snapshot: Snapshot, found: int) -> str:
    told = " What is said of named bodies is left out." if snapshot.scores_left_out else ""
    if not found:
        return f"There are no findings.{told}"
    if found <= TOP:
        return f"{counted(found, 'finding').capitalize()}, the gravest first.{told}"
    return f"The five gravest of {found:,} findings; among equals, what puts most weight at stake comes first.{told}"


def _advice(snapshot: Snapshot) -> dict[str, Any]:
    advice = snapshot.advice
    if advice is None:
        why = snapshot.no_advice or "No advice was asked for."
        return _said(f"Nobody can be recommended. {why}" if snapshot.no_advice else why, (), "", (), "", ())
    named = not snapshot.scores_left_out
    hidden = "" if named else " Who they are is left out of this copy."
    return _said(
        f"{advice_headline(advice)}. {advice_sentence(advice)}" + (hidden if advice.chosen else ""),
        tuple(_partner(advice, one) for one in advice.chosen) if named else (),
        introductions_sentence(advice) + (hidden if advice.introductions else ""),
        tuple(_introduction(advice, one) for one in advice.introductions) if named else (),
        _look_for_sentence(advice),
        tuple(
            one.look_for for one in advice.no_known_candidate if named or not names_a_body(advice.graph, one.look_for)
        ),
    )


def _said(
    partners_sentence: str,
    partners: Sequence[Point],
    introductions_sentence: str,
    introductions: Sequence[Point],
    look_for_sentence: str,
    look_for: Sequence[str],
) -> dict[str, Any]:
    return {
        "partners_sentence": partners_sentence,
        "partners": tuple(partners),
        "introductions_sentence": introductions_sentence,
        "introductions": tuple(introductions),
        "look_for_sentence": look_for_sentence,
        "look_for": tuple(look_for),
    }


def _partner(advice: Advice, one: Partner) -> Point:
    """Who it is, what it would close and strengthen, and whom to ask."""
    graph = advice.graph
    does = [f"{verb} {requirements_summed_up(graph, needs)}" for verb, needs in _does(one) if needs]
    if one.steps == 1:
        way = "It has a tie with you already."
    elif one.introducers:
        way = f"Ask {graph.name_of(one.introducers[0])} for an introduction."
    else:
        way = "No way to it is on record: approach it directly."
    return Point(graph.name_of(one.organisation_id), sentence("; ".join(does)), way)


def _does(one: Partner) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("closes", one.closes), ("strengthens", one.strengthens)


def _introduction(advice: Advice, one: Introduction) -> Point:
    name_of = advice.graph.name_of
    secured = listed([name_of(body) for body in one.secures])
    who = f"{listed([name_of(body) for body in one.in_common])} can introduce them." if one.in_common else ""
    pair = f"{name_of(one.source_id)} – {name_of(one.target_id)}"
    return Point(pair, f"So that {secured} stay in touch with the centre if one body leaves.", who)


def _look_for_sentence(advice: Advice) -> str:
    needs = [one.requirement_id for one in advice.no_known_candidate]
    if not needs:
        return "For every requirement somebody is known."
    which = requirements_summed_up(advice.graph, needs)
    return f"For {counted(len(needs), 'requirement')} nobody is known: {which}."
