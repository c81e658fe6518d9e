"""``orchestrator match``: whom the names in published evidence mean, and the questions that are left to people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from orchestrator.cli.output import put, say
from orchestrator.errors import WrongUsage
from orchestrator.matching import Asked, Matcher, Verdict, candidates, decide, progress_of, questions, read_decisions
from orchestrator.matching.queue_text import queue_csv, queue_json, queue_table
from orchestrator.matching.register import Register
from orchestrator.model import MissionGraph
from orchestrator.study import open_pack
from orchestrator.tables.nearest import nearest
from orchestrator.tables.pack import Pack

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Match the names of a store, or add one decision to the table; say what is left to decide."""
    pack = open_pack(options.pack, keep_valid=options.keep_valid)
    if options.decide is not None:
        return _decide(options, pack)
    if options.evidence is None:
        raise WrongUsage(
            "Say where the evidence is: --evidence STORE; or decide about a name: --decide accept --name NAME."
        )
    matcher = Matcher(options.evidence, pack)
    tell = say if sys.stderr.isatty() else None
    matching = matcher.match(read_decisions(options.decisions), tell)
    matching.save(options.evidence)
    members = MissionGraph.from_pack(pack, options.mission).members if options.mission else None
    every = questions(matcher, matching, members, persons=True)
    shown = tuple(each for each in every if options.persons or not each.person)
    first = shown[: options.top] if options.format == "table" else shown
    keys = [key for each in first for key in each.name_keys]
    found = candidates(matching, keys, progress=_told_at_tenths() if tell else None)
    asked = Asked(shown, found, matcher.records(keys), progress_of(matching), len(every) - len(shown), options.persons)
    forms: dict[str, Callable[[], str]] = {
        "table": lambda: queue_table(asked, options.top),
        "csv": lambda: queue_csv(asked),
        "json": lambda: queue_json(asked),
    }
    put(forms[options.format](), options.out)
    return 0


def _decide(options: argparse.Namespace, pack: Pack) -> int:
    if options.decisions is None:
        raise WrongUsage("Say in which table decisions are kept: --decisions FILE.")
    if options.decide == "undo":
        wanted = Verdict("undo", "", options.by or "", undoes=options.number or 0)
    else:
        if not options.name:
            raise WrongUsage("Say which name is decided about, as it is written in the evidence: --name NAME.")
        wanted = Verdict(
            options.decide,
            options.name,
            options.by or "",
            options.town or "",
            options.body or "",
            options.sector or "",
            options.reason or "",
        )
    called = Register.of(pack).called
    if options.decide in ("accept", "reject") and options.body not in called:
        near = nearest(options.body or "", list(called))
        if near and not any(each.organisation_id == options.body for each in read_decisions(options.decisions)):
            raise WrongUsage(f"{options.body!r} is no body of the register. Did you mean {' or '.join(near)}?")
    made = decide(options.decisions, wanted, called)
    put(f"Written to {options.decisions}: {_said(made, called.get(made.organisation_id, made.name))}", None)
    return 0


def _said(made: Verdict, called: str) -> str:
    words = {
        "accept": f"'{made.name}' is {called}",
        "reject": f"'{made.name}' is not {called}",
        "new": f"'{made.name}' is a body of its own, {made.organisation_id}",
        "none": f"'{made.name}' is no body ({made.reason})",
        "undo": f"number {made.undoes} about '{made.name}' is taken back",
    }
    return f"{words[made.verdict]} ({made.told})."


def _told_at_tenths() -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        if done == of or done * 10 // of > max(done - 512, 0) * 10 // of:
            say(f"{done:,} of {of:,} names compared")

    return tell
