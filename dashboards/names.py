"""The names in a store of evidence while people decide about them: matched once, and again after each decision."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from orchestrator.errors import WrongUsage
from orchestrator.holdings import Holdings, holdings
from orchestrator.matching import (
    Asked,
    Candidate,
    Matcher,
    Matching,
    Question,
    Verdict,
    candidates,
    decide,
    progress_of,
    questions,
    read_decisions,
)
from orchestrator.matching.register import Register
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.tables.pack import Pack

__all__ = ["Names"]


class Names:
    """A store, the pack it is matched with, and the table of decisions (None: nothing can be decided).

    Threads share it: one matches at a time, and what it found is kept until the table changes. Raises BadData where the
    folder holds no evidence or the table is none.
    """

    def __init__(self, store: Path, pack: Pack, decisions: Path | None = None) -> None:
        self.store, self.pack, self.decisions = store, pack, decisions
        self._matcher = Matcher(store, pack)
        self._lock = threading.Lock()
        self._found: tuple[tuple[Verdict, ...], Matching] | None = None
        self._questions: dict[str, tuple[Question, ...]] = {}
        self._held: tuple[Matching, Holdings] | None = None
        read_decisions(decisions)

    def matching(self) -> Matching:
        """What the rules and today's decisions make of the names."""
        with self._lock:
            return self._matching()

    def history(self) -> tuple[Verdict, ...]:
        """Every row of the table of decisions, in order."""
        return read_decisions(self.decisions)

    def questions(self, mission_id: str = "") -> tuple[Question, ...]:
        """Every open name, persons' too, those beside members of the mission first. Raises UnknownName."""
        members = MissionGraph.from_pack(self.pack, mission_id).members if mission_id else None
        with self._lock:
            matching = self._matching()
            if mission_id not in self._questions:
                self._questions[mission_id] = questions(self._matcher, matching, members, persons=True)
            return self._questions[mission_id]

    def asked(self, shown: tuple[Question, ...], held_back: int, *, persons: bool = False) -> Asked:
        """These questions with their candidates and records, and how far people have come."""
        keys = [key for question in shown for key in question.name_keys]
        with self._lock:
            matching = self._matching()
            found: Mapping[str, tuple[Candidate, ...]] = candidates(matching, keys)
            records: pd.DataFrame = self._matcher.records(keys)
        return Asked(shown, found, records, progress_of(matching), held_back, persons)

    def decide(self, wanted: Verdict) -> Verdict:
        """Add a decision to the table. Raises WrongUsage, BadData and CannotWrite as ``matching.decide`` does."""
        if self.decisions is None:
            raise WrongUsage("There is no table of decisions. Start with: orchestrator serve --decisions FILE.")
        return decide(self.decisions, wanted, Register.of(self.pack).called)

    def holdings(self) -> Holdings:
        """What lies in the store, with the names matched by today's decisions; found once for each state of them."""
        with self._lock:
            matching = self._matching()
            if self._held is None or self._held[0] is not matching:
                matching.save(self.store)
                self._held = matching, holdings(self.store)
            return self._held[1]

    def _matching(self) -> Matching:
        rows = read_decisions(self.decisions)
        if self._found is None or self._found[0] != rows:
            self._found = rows, self._matcher.match(rows)
            self._questions.clear()
        return self._found[1]
