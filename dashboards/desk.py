"""What pages ask for: the pack that a selection is about, and what the analyses say of it, never in the way of others.

Each method gives the answer or raises StillWorking, which ``page_for`` turns into the page that fills in later. What
was asked once is kept for everybody, by the digest of the pack, mission, day, level, question and parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

from dashboards.exports import Exported, Wanted, exported
from dashboards.jobs import Jobs, StillWorking
from dashboards.jobs.board import GRACE
from dashboards.names import Names
from dashboards.questions import (
    across_of,
    advice_of,
    after_of,
    inspected,
    outlooks_of,
    results_of,
    standings_of,
    sure_advice_of,
    worlds_of,
)
from dashboards.selection import Selection
from dashboards.snapshots import Kept, compared, kept, taken, welcomed
from dashboards.views.across_facts import MissionFacts
from dashboards.views.cliff import Outlooks
from dashboards.views.missions import Standing
from dashboards.workspace import Workspace
from orchestrator.errors import BadData, CannotWrite, UnknownName
from orchestrator.freezing import read_decisions
from orchestrator.model.advice import Advice
from orchestrator.model.comparison import Comparison
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.results import Results
from orchestrator.model.snapshot import Row
from orchestrator.partners import Request
from orchestrator.scenario import Scenario
from orchestrator.study import (
    Library,
    Trial,
    trial,
)
from orchestrator.tables.pack import Pack
from orchestrator.tables.report import Report

__all__ = ["SMALL", "Desk"]

_T = TypeVar("_T")

#: Rows of work up to which a question is answered in the thread of the request: all analyses of a packaged mission
#: (some 3,500 rows) take 0.3 seconds, as long as a page waits before it says that it is being worked out. From there on
#: the answer comes from a worker: sending it back costs a tenth of that, and nobody else's page waits meanwhile.
SMALL: Final = 5_000
#: The same for the page of all missions, in missions times rows of the pack: that of the packaged pack takes a second.
_SMALL_PACK: Final = 500_000
#: A world costs about a hundredth of all analyses of the same mission.
_WORLDS_A_QUESTION: Final = 100
#: Writing costs as much as analysing, and always goes to a worker: it writes files.
_EXPORT: Final = 1e6
#: How often an export that has gone is written again.
_ATTEMPTS: Final = 20
#: Seconds after which a pack that was brought is not read any further.
_LONGEST_READ: Final = 180.0

#: What would be after a change is asked for again and again while somebody tries things, so it stays in the thread of
#: the request up to twice the size: a page that flashes "working" at each step is worse than half a second.
_AFTER: Final = 0.5


class Desk:
    """The packs that are there and the work on them.

    ``library`` is the pack that is served, ``names`` are those in a store of evidence, if one is open.
    """

    def __init__(
        self,
        library: Library,
        jobs: Jobs | None = None,
        workspace: Workspace | None = None,
        names: Names | None = None,
    ) -> None:
        self.served = library
        self.jobs = jobs or Jobs()
        self.workspace = workspace or Workspace()
        self.names = names

    def library(self, selection: Selection) -> Library:
        """The library of the pack that a selection is about.

        Raises UnknownName for a pack that is not there, or of which nothing was taken; StillWorking while it is read.
        """
        if not selection.pack:
            return self.served
        found = self.workspace.library(selection.pack)
        if found is None:
            self.arrival(selection.pack)
            found = self.workspace.library(selection.pack)
        if found is None:
            raise UnknownName("pack", selection.pack)
        return found

    def arrival(self, key: str, grace: float = GRACE) -> Report:
        """What became of a pack that was brought? It is open from then on if nothing is wrong with it.

        Raises UnknownName for a key that there is not, StillWorking while it is read, Stopped where that took too long.
        """
        path = self.workspace.file_of(key)
        pack, report = self.jobs.ask_with(inspected, (str(path),), grace=grace, longest=_LONGEST_READ)
        if pack is not None:
            self.workspace.take(key, Library(pack, report=report))
        return report

    def pack(self, selection: Selection) -> Pack:
        """The tables of the pack that a selection is about. Raises UnknownName."""
        return self.library(selection).pack

    def graph(self, selection: Selection) -> MissionGraph:
        """The mission graph of a selection: cheap. Raises UnknownName for no such pack or mission."""
        return self.library(selection).graph(selection.mission_id, selection.on, selection.level)

    def results(self, selection: Selection, grace: float = GRACE) -> Results:
        """What all analyses say. Raises UnknownName; StillWorking where it is not there after ``grace`` seconds."""
        return self.ask(results_of, selection, grace=grace)

    def advice(self, selection: Selection, request: Request | None = None, grace: float = GRACE) -> Advice:
        """Whom to bring in within these limits. Raises BadData and WrongUsage as ``study.advise``, StillWorking."""
        return self.ask(advice_of, selection, request, grace=grace)

    def advice_at_hand(self, selection: Selection) -> Advice | None:
        """The advice without limits where it is kept or there in a blink; None where somebody has to ask for it first,
        and for a mission for which nothing can be advised. Raises UnknownName."""
        pack = self.pack(selection)
        work = (pack, selection.mission_id, selection.day, selection.level, None)
        if _rows(pack, selection.mission_id) > SMALL and not self.jobs.knows(advice_of, work):
            return None
        try:
            return self.advice(selection)
        except (BadData, StillWorking):
            return None

    def worlds(self, selection: Selection, count: int, seed: int = 1, grace: float = GRACE) -> Results:
        """The results with how sure they are in ``count`` worlds. Raises WrongUsage, StillWorking."""
        return self.ask(worlds_of, selection, count, seed, cost=1 + count / _WORLDS_A_QUESTION, grace=grace)

    def advice_in_worlds(
        self, selection: Selection, request: Request | None, count: int, seed: int = 1, grace: float = GRACE
    ) -> Advice:
        """The advice with how often each body is chosen in ``count`` worlds. Raises as ``advice`` does."""
        return self.ask(sure_advice_of, selection, request, count, seed, cost=float(count), grace=grace)

    def trial(self, selection: Selection, scenario: Scenario, grace: float = GRACE) -> Trial:
        """What those of these changes would do that can be applied, before and after. Raises StillWorking.

        What is before is what ``results`` gives, so only what is after has to be worked out.
        """
        before = self.results(selection, grace=grace)
        if not scenario.changes:
            return trial(before, before, ())
        return trial(before, *self.ask(after_of, selection, scenario, cost=_AFTER, grace=grace))

    def decisions(self, selection: Selection) -> tuple[Row, ...]:
        """What was decided on advice about this pack, a row each. Raises BadData where that table was damaged."""
        path = self.workspace.decisions_file(selection.pack)
        return read_decisions(path) if path.exists() else ()

    def snapshots(self, selection: Selection) -> tuple[Kept, ...]:
        """The snapshots in the workspace that belong to this pack, the latest day first."""
        return kept(self.workspace.snapshots(selection.pack))

    def take_snapshot(self, selection: Selection, grace: float = GRACE) -> str:
        """Freeze a mission as it stands on the day of the selection; the name of the snapshot. Raises StillWorking."""
        folder = str(self.workspace.snapshot_folder(selection.pack))
        return self.ask(taken, selection, self.decisions(selection), folder, grace=grace)

    def bring_snapshot(self, selection: Selection, path: Path, grace: float = GRACE) -> str:
        """Keep a snapshot file that was brought; its name. Raises BadData for what is none, StillWorking, Stopped."""
        folder = str(self.workspace.snapshot_folder(selection.pack))
        return self.jobs.ask_with(welcomed, (str(path), folder), grace=grace, longest=_LONGEST_READ)

    def comparison(self, selection: Selection, before: str, after: str, grace: float = GRACE) -> Comparison:
        """What changed from one snapshot to another, by name; blank is the day of the selection.

        Raises UnknownName for a snapshot that is not there, BadData for one that was changed, StillWorking.
        """
        files = (self._snapshot(selection, before), self._snapshot(selection, after))
        return self.ask(compared, selection, self.decisions(selection), *files, grace=grace)

    def export(self, selection: Selection, wanted: Wanted, grace: float = GRACE) -> Exported:
        """Write a mission in the formats that are wanted; the file that can be downloaded then.

        Raises UnknownName for a format that there is not, WrongUsage for a lower marking, CannotWrite, StillWorking.
        """
        folder = str(self.workspace.export_folder())
        for attempt in range(_ATTEMPTS):
            asked = replace(wanted, attempt=attempt)
            found = self.ask(exported, selection, self.decisions(selection), asked, folder, cost=_EXPORT, grace=grace)
            if (self.workspace.folder / "exports" / found.key / found.name).is_file():
                return found
        raise CannotWrite("This export was made and let go of several times over. Take fewer at once.")

    def _snapshot(self, selection: Selection, name: str) -> tuple[str, int]:
        if not name:
            return "", 0
        path = self.workspace.snapshot_file(selection.pack, name)
        return str(path), path.stat().st_mtime_ns

    def ask(
        self,
        function: Callable[..., _T],
        selection: Selection,
        *arguments: Any,
        cost: float = 1.0,
        grace: float = GRACE,
    ) -> _T:
        """A question of a page's own: ``function(tell, pack, mission_id, day, level, *arguments)``.

        The function stands at the top of a module; ``arguments`` and what it gives can be pickled. ``tell(words, done,
        of)`` is what the one who waits reads. ``cost`` compares it with all analyses of the mission. Raises UnknownName
        for no such pack or mission, StillWorking, and whatever OrchestratorError the function raises.
        """
        pack = self.pack(selection)
        pack.mission(selection.mission_id)
        here = cost * _rows(pack, selection.mission_id) <= SMALL
        work = (pack, selection.mission_id, selection.day, selection.level, *arguments)
        return self.jobs.ask_with(function, work, here=here, grace=grace)

    def standings(self, selection: Selection, grace: float = GRACE) -> tuple[Standing, ...]:
        """How every mission of the pack stands. Raises UnknownName for no such pack, StillWorking."""
        pack = self.pack(selection)
        here = len(pack["missions"]) * sum(len(pack[name]) for name in pack) <= _SMALL_PACK
        return self.jobs.ask_with(standings_of, (pack, selection.day, selection.level), here=here, grace=grace)

    def outlooks(self, selection: Selection, grace: float = GRACE) -> Outlooks:
        """How the mission would stand in the months to come. Raises UnknownName, StillWorking."""
        return self.ask(outlooks_of, selection, grace=grace)

    def across(self, selection: Selection, grace: float = GRACE) -> tuple[MissionFacts, ...]:
        """What each mission of the pack adds to the page across missions. Raises as ``standings`` does."""
        pack = self.pack(selection)
        here = len(pack["missions"]) * sum(len(pack[name]) for name in pack) <= _SMALL_PACK
        return self.jobs.ask_with(across_of, (pack, selection.day, selection.level), here=here, grace=grace)

    def warm(self) -> None:
        """Have what is asked for today made before anybody does: the page of missions, results of each mission."""
        pack, today = self.served.pack, Selection()
        self.jobs.ahead(standings_of, pack, today.day, today.level)
        self.jobs.ahead(across_of, pack, today.day, today.level)
        for mission_id in pack["missions"]["mission_id"]:
            self.jobs.ahead(results_of, pack, mission_id, today.day, today.level)
        if self.names is not None:
            self.names.matching()

    def close(self) -> None:
        """End the processes that work for this desk, and let go of a workspace that was made for this run."""
        self.jobs.close()
        self.workspace.close()


def _rows(pack: Pack, mission_id: str) -> float:
    """How much there is to look at: the rows of the mission, and a little for each body of the register."""
    of_mission = sum(int((pack[name]["mission_id"] == mission_id).sum()) for name in ("requirements", "engagements"))
    ties = pack["ties"]["mission_id"]
    return of_mission + int(ties.isin([mission_id, ""]).sum()) + len(pack["organisations"]) / 10
