"""The one path from a pack to findings: load, build the mission graph, analyse."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from orchestrator.analysis.catalogue import ANALYSES, Analysis
from orchestrator.errors import UnknownName
from orchestrator.intake import read_pack
from orchestrator.model.advice import Advice
from orchestrator.model.difference import Difference, difference
from orchestrator.model.mission_graph import DEFAULT_LEVEL, MissionGraph
from orchestrator.model.results import Results
from orchestrator.partners import Request, advice, chosen_in_worlds
from orchestrator.scenario import Refusal, Scenario, apply_scenario, apply_what_can_be
from orchestrator.tables.check import check_pack
from orchestrator.tables.nearest import nearest
from orchestrator.tables.pack import Pack
from orchestrator.tables.report import Report
from orchestrator.tables.schema import packaged_folder
from orchestrator.worlds import ASKED_AGAIN, judged, worlds
from orchestrator.worlds.answers import answers
from orchestrator.worlds.recompute import drawing_of

__all__ = [
    "PACKAGED",
    "Library",
    "Trial",
    "advise",
    "advise_in_worlds",
    "analyse",
    "chosen_analyses",
    "inspect_pack",
    "open_library",
    "open_pack",
    "simulate",
    "trial",
    "try_out",
    "with_worlds",
]

#: The pack that comes with the program.
PACKAGED = "uk"

_Asked = tuple[str, date, int]
_T = TypeVar("_T")


def inspect_pack(path: Path | None = None, *, keep_valid: bool = False) -> tuple[Pack | None, Report]:
    """What is in this pack, and what is wrong with it? The checked pack (None if it has problems) and the report.

    ``path`` is a folder, a zip of one or a workbook; None is the packaged UK pack. Raises BadData if there is
    nothing to read at the path. ``keep_valid`` keeps the rows that stand although others fell.
    """
    return check_pack(read_pack(path or packaged_folder() / PACKAGED), keep_valid=keep_valid)


def open_pack(path: Path | None = None, *, keep_valid: bool = False) -> Pack:
    """The checked pack at a path (None: the packaged one). Raises BadData with every problem.

    >>> "clean-energy" in set(open_pack()["missions"]["mission_id"])
    True
    """
    return open_library(path, keep_valid=keep_valid).pack


def chosen_analyses(only: Sequence[str] = ()) -> tuple[Analysis, ...]:
    """The analyses of these names in the order of the catalogue; all of them if none is named.

    Raises UnknownName for a name that the catalogue does not hold.

    >>> [analysis.name for analysis in chosen_analyses(["reach"])]
    ['reach']
    """
    names = [analysis.name for analysis in ANALYSES]
    for name in only:
        if name not in names:
            raise UnknownName("analysis", name, nearest(name, names) or names)
    return tuple(analysis for analysis in ANALYSES if not only or analysis.name in only)


def analyse(graph: MissionGraph, only: Sequence[str] = (), progress: Callable[[str], None] | None = None) -> Results:
    """What do the analyses say of this mission graph? ``progress`` is told the question of each before it starts."""
    found = {}
    for analysis in chosen_analyses(only):
        if progress is not None:
            progress(analysis.question)
        found[analysis.name] = analysis.function(graph)
    return Results(graph, MappingProxyType(found))


def with_worlds(
    results: Results, count: int, seed: int = 1, progress: Callable[[int, int], None] | None = None
) -> Results:
    """How sure are these results? The same ones, with what held in ``count`` worlds that the evidence allows.

    ``progress`` is told how many of how many are done; to cancel, let it raise. Raises WrongUsage for a count or a seed
    that there is not.
    """
    questions = {analysis.name: analysis.function for analysis in ANALYSES if analysis.name in ASKED_AGAIN}
    return judged(results, worlds(results.graph, count, seed, progress), questions)


def advise(
    graph: MissionGraph, request: Request | None = None, progress: Callable[[str], None] | None = None
) -> Advice:
    """Whom to bring into this mission, whom to introduce to each other, and for what is nobody known?

    ``request`` holds the limits (None: none). ``progress`` is told each step before it starts; to cancel, let it raise.
    Raises BadData for a mission without requirements or without candidates, WrongUsage for limits that contradict.
    """
    return advice(graph, request, progress)


def advise_in_worlds(
    found: Advice,
    request: Request,
    count: int,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Advice:
    """How sure is this advice? The same, with how often each body is chosen in worlds that the evidence allows.

    ``progress`` is told how many of how many are done; to cancel, let it raise.
    """
    graph = found.graph
    drawing = drawing_of(graph, answers(graph), seed)
    drawn = (drawing.world(number) for number in range(count))
    return chosen_in_worlds(found, request, drawn, (lambda done: progress(done, count)) if progress else None)


def simulate(graph: MissionGraph, scenario: Scenario) -> tuple[Results, Results, Difference]:
    """What would these changes do? The results before, the results after, and what is different between them.

    Raises BadData that names the change that cannot be applied; then none of them is.
    """
    after = apply_scenario(graph, scenario)
    results = analyse(graph), analyse(after)
    return *results, difference(*results)


@dataclass(frozen=True)
class Trial:
    """What a list of changes does: the results before and after, what is different, and what could not be applied."""

    before: Results
    after: Results
    difference: Difference
    refused: tuple[Refusal, ...] = ()


def trial(before: Results, after: Results, refused: tuple[Refusal, ...]) -> Trial:
    """What is different between a mission and what would be of it? ``refused``: changes that could not be applied."""
    return Trial(before, after, difference(before, after), refused)


def try_out(before: Results, scenario: Scenario) -> Trial:
    """What would those of these changes do that can be applied? As ``simulate``, for a list in the making."""
    graph, refused = apply_what_can_be(before.graph, scenario)
    return trial(before, before if graph == before.graph else analyse(graph), refused)


class Library:
    """A pack with the results that were asked of it, so that the second person waits for nothing.

    Graphs and results are kept by mission, day and level of ties, the last ``keep`` of each. Threads may share a
    library: two that ask the same at once may both compute it, and get equal results. ``report`` is what became of the
    pack on its way in, where that is known.
    """

    def __init__(self, pack: Pack, keep: int = 64, report: Report | None = None) -> None:
        self.pack = pack
        self.report = report
        self._keep = keep
        self._graphs: OrderedDict[_Asked, MissionGraph] = OrderedDict()
        self._results: OrderedDict[_Asked, Results] = OrderedDict()
        self._advice: OrderedDict[_Asked, Advice] = OrderedDict()
        self._lock = threading.Lock()

    def graph(self, mission_id: str, as_of: date | None = None, min_level: int = DEFAULT_LEVEL) -> MissionGraph:
        """The mission graph of a day (default: today). Raises UnknownName for no such mission."""
        key = (mission_id, as_of or date.today(), min_level)
        return self._kept(self._graphs, key, lambda: MissionGraph.from_pack(self.pack, *key))

    def results(self, mission_id: str, as_of: date | None = None, min_level: int = DEFAULT_LEVEL) -> Results:
        """What all analyses say of a mission on a day (default: today). Raises UnknownName for no such mission."""
        key = (mission_id, as_of or date.today(), min_level)
        return self._kept(self._results, key, lambda: analyse(self.graph(*key)))

    def advice(self, mission_id: str, as_of: date | None = None, min_level: int = DEFAULT_LEVEL) -> Advice:
        """Whom to bring in, without limits. Raises UnknownName, and BadData where nothing can be advised."""
        key = (mission_id, as_of or date.today(), min_level)
        return self._kept(self._advice, key, lambda: advise(self.graph(*key)))

    def _kept(self, kept: OrderedDict[_Asked, _T], key: _Asked, make: Callable[[], _T]) -> _T:
        with self._lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        made = make()
        with self._lock:
            kept[key] = made
            while len(kept) > self._keep:
                kept.popitem(last=False)
        return made


def open_library(path: Path | None = None, *, keep_valid: bool = False) -> Library:
    """A library over the pack at a path (None: the packaged one), with its report. Raises BadData as ``open_pack``."""
    pack, report = inspect_pack(path, keep_valid=keep_valid)
    if pack is None:
        report.raise_for_problems()
        raise AssertionError("a report without problems must come with a pack")
    return Library(pack, report=report)
