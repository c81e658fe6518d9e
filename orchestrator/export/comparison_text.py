"""What changed between two snapshots: as sentences and lists for people, as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

from orchestrator.model.comparison import Comparison, Pair
from orchestrator.model.need_changes import NeedChange
from orchestrator.model.snapshot import Row, Snapshot
from orchestrator.model.wording import counted, listed, percent, sentence
from orchestrator.tables.vocabulary import STATE_LABELS

__all__ = ["comparison_json", "comparison_sentences", "comparison_table"]

_WIDTH: Final = 100
_SHOWN: Final = 20


def comparison_json(found: Comparison) -> str:
    """Everything that changed, with the sentences; ids of the later snapshot where they are in it."""
    document = {
        "marking": found.marking,
        "before": _which(found.before),
        "after": _which(found.after),
        "lineage": found.lineage,
        "sentences": list(comparison_sentences(found)),
        "renamed": [{"before": old, "after": new} for old, new in sorted(found.renamed.items())],
        "members": {"joined": list(found.joined), "left": list(found.left), "stayed": len(found.stayed)},
        "ties": {
            "kept": _pairs(found.kept),
            "formed": _pairs(found.formed),
            "dissolved": _pairs(found.dissolved),
            "jaccard": found.jaccard,
        },
        "requirements": [
            {
                "requirement_id": need.requirement_id,
                "label": need.label,
                "before": need.before or None,
                "after": need.after or None,
                "why": list(need.reasons),
            }
            for need in found.needs
        ],
        "findings": {
            "compared": found.findings_compared,
            "scores_about_bodies_compared": found.scores_compared,
            "new": list(found.findings_new),
            "gone": list(found.findings_gone),
            "persistent": [row["finding_id"] for row in found.findings_persistent],
        },
        "advice": [dict(row) for row in found.advice],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def _which(snapshot: Snapshot) -> dict[str, Any]:
    return {
        **{name: snapshot.header[name] for name in ("mission_id", "title", "as_of", "digest", "marking", "version")},
        "members": len(snapshot.graph.members),
        "ties": len(snapshot.graph.ends),
    }


def _pairs(pairs: Sequence[Pair]) -> list[dict[str, str]]:
    return [{"source_id": source, "target_id": target} for source, target in pairs]


def comparison_sentences(found: Comparison) -> tuple[str, ...]:
    """What changed, in sentences; one that says so if nothing did."""
    said = [*_of_lineage(found), *_of_bodies(found), *_of_ties(found), *_of_needs(found)]
    said += [*_of_findings(found), *_of_advice(found)]
    return tuple(said) or ("Nothing that is recorded changed.",)


def _of_lineage(found: Comparison) -> Iterator[str]:
    before, after = found.before.graph, found.after.graph
    if found.lineage == "continues":
        yield f"{after.title} continues {before.title}."
    elif found.lineage == "another":
        yield f"{before.title} and {after.title} are two missions, and neither is recorded to continue the other."
    if after.as_of < before.as_of:
        yield f"The second snapshot is of an earlier day ({after.as_of}) than the first ({before.as_of})."
    if after.min_level != before.min_level:
        yield f"The first counts ties from level {before.min_level} on, the second from level {after.min_level} on."


def _of_bodies(found: Comparison) -> Iterator[str]:
    merged: dict[str, list[str]] = {}
    for old, new in found.renamed.items():
        merged.setdefault(new, []).append(found.before.graph.name_of(old))
    for new, names in sorted(merged.items()):
        verb = "is" if len(names) == 1 else "are"
        yield f"{listed(sorted(names))} {verb} {found.name_of(new)} now."
    yield from _about(found, found.joined, "joined")
    yield from _about(found, found.left, "left")


def _about(found: Comparison, bodies: Sequence[str], verb: str) -> Iterator[str]:
    if bodies:
        names = listed([found.name_of(body) for body in bodies])
        yield sentence(f"{counted(len(bodies), 'organisation')} {verb}: {names}")


def _of_ties(found: Comparison) -> Iterator[str]:
    if not (found.formed or found.dissolved):
        return
    parts = [f"{counted(len(found.kept), 'tie')} stayed", f"{counted(len(found.formed), 'tie')} formed"]
    yield sentence(*parts, f"{counted(len(found.dissolved), 'tie')} dissolved")
    if found.jaccard is not None:
        yield (
            f"Among the {counted(len(found.stayed), 'organisation')} present on both days, "
            f"{percent(found.jaccard)} of all ties held on both."
        )


def _of_needs(found: Comparison) -> Iterator[str]:
    order = ("covered", "thin", "on-paper", "gap")
    judged = [need for need in found.needs if need.before in order and need.after in order]
    better = [need for need in judged if order.index(need.after) < order.index(need.before)]
    worse = [need for need in judged if order.index(need.after) > order.index(need.before)]
    rest = [need for need in found.needs if need not in judged]
    for words, needs in (("worse covered", worse), ("better covered", better)):
        if needs:
            is_or_are = "is" if len(needs) == 1 else "are"
            yield sentence(f"{counted(len(needs), 'requirement')} {is_or_are} {words}: {_needs(needs)}")
    if rest:
        yield sentence(f"{counted(len(rest), 'requirement')} came, went or became known: {_needs(rest)}")


def _needs(needs: Sequence[NeedChange]) -> str:
    return listed([f"{need.label} ({_word(need.before)} → {_word(need.after)})" for need in needs])


def _word(state: str) -> str:
    return STATE_LABELS[state].casefold() if state else "not asked for"


def _of_findings(found: Comparison) -> Iterator[str]:
    if not found.findings_compared:
        yield "Findings are not compared: one of the two holds none."
        return
    counts = [(found.findings_new, "new"), (found.findings_gone, "gone"), (found.findings_persistent, "persistent")]
    if found.findings_new or found.findings_gone:
        yield sentence("Findings: " + ", ".join(f"{len(rows):,} {word}" for rows, word in counts))
    if not found.scores_compared:
        yield "Findings about named bodies are not compared: one of the two leaves them out."


def _of_advice(found: Comparison) -> Iterator[str]:
    for words, wanted in (("was taken", True), ("was not taken", False)):
        rows = [row for row in found.advice if row["taken"] is wanted]
        if rows:
            names = [found.name_of(str(row.get("organisation_id", ""))) for row in rows]
            yield sentence(f"Advice that {words}: {listed(names)}")


def comparison_table(found: Comparison) -> str:
    """The changes as a page of text: the sentences, then each list in full up to twenty entries."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Comparison) -> Iterator[str]:
    if found.marking:
        yield found.marking
        yield ""
    yield f"{found.after.graph.title}, {found.before.graph.as_of} → {found.after.graph.as_of}"
    for snapshot in (found.before, found.after):
        graph = snapshot.graph
        size = f"{counted(len(graph.members), 'member')}, {counted(len(graph.ends), 'tie')}"
        yield f"  {graph.as_of}: {size}; digest {graph.digest[:16]}…"
    yield ""
    for text in comparison_sentences(found):
        yield from textwrap.wrap(text, _WIDTH)
    yield from _block("Joined", [found.name_of(body) for body in found.joined])
    yield from _block("Left", [found.name_of(body) for body in found.left])
    yield from _block("Requirements that changed, and why", [_need(need) for need in found.needs])
    yield from _block("New findings", [_finding(row) for row in found.findings_new])
    yield from _block("Findings that are gone", [_finding(row) for row in found.findings_gone])
    if found.marking:
        yield ""
        yield found.marking


def _need(need: NeedChange) -> str:
    why = "; ".join(need.reasons) or "no reason is recorded"
    return f"{need.label}: {_word(need.before)} → {_word(need.after)} ({why})"


def _finding(row: Row) -> str:
    return f"[{row.get('severity', '')}] {row.get('statement', '')}"


def _block(title: str, entries: Sequence[str]) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield f"{title} ({len(entries):,})"
    for entry in entries[:_SHOWN]:
        yield from textwrap.wrap(entry, _WIDTH, initial_indent="  ", subsequent_indent="    ")
    if len(entries) > _SHOWN:
        yield f"  … and {len(entries) - _SHOWN:,} more; --format json lists them all."
