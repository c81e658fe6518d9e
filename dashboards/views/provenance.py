"""Where do the facts come from, how old are they, what was left out, what is inferred, and what is missing?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboards.selection import Selection
from orchestrator.model.mission_graph import active_on
from orchestrator.model.wording import counted, percent, sentence
from orchestrator.tables.cells import split_list
from orchestrator.tables.pack import Pack
from orchestrator.tables.report import Report
from orchestrator.tables.schema import read_schema
from orchestrator.tables.vocabulary import WORKING_STATUSES
from orchestrator.worlds.answers import held

__all__ = ["MissionLine", "ProvenanceView", "SourceLine", "TableLine", "YearBar", "provenance_view"]

#: The tables of sources and of places without an offer hold so many rows.
SHOWN: Final = 300
#: A document of so many calendar years ago or before is called old.
OLD: Final = 2


@dataclass(frozen=True)
class TableLine:
    """A table of the pack: what it holds, how many rows were read, kept and rejected, how many name a source.

    ``read`` and ``rejected`` are None where no report on the import is at hand.
    """

    name: str
    meaning: str
    kept: int
    read: int | None
    rejected: int | None
    sourced: int | None


@dataclass(frozen=True)
class SourceLine:
    """A document: title, address, publisher, when it was published, its licence, and how many rows rest on it."""

    title: str
    address: str
    publisher: str
    date: str
    licence: str
    rows: int


@dataclass(frozen=True)
class YearBar:
    """A year (blank: not stated), how many documents were published in it and how many rows rest on them."""

    year: str
    documents: int
    rows: int


@dataclass(frozen=True)
class MissionLine:
    """What is known of a mission: who was asked and answered, what is illustrative or inferred, what has no end."""

    mission_id: str
    title: str
    asked: int
    answered: int
    requirements: int
    illustrative: int
    ties: int
    inferred: int
    engagements: int
    ended: int

    @property
    def rate(self) -> float | None:
        """The share of those asked who answered; None where nobody was asked."""
        return self.answered / self.asked if self.asked else None


@dataclass(frozen=True)
class ProvenanceView:
    """The page on the facts themselves. Every list may be empty; its sentence then says so."""

    headline: str
    lede: str
    tables: tuple[TableLine, ...]
    tables_sentence: str
    notices: tuple[str, ...]
    problems: tuple[str, ...]
    years: tuple[YearBar, ...]
    sources: tuple[SourceLine, ...]
    sources_total: int
    sources_sentence: str
    licences: tuple[tuple[str, int], ...]
    missions: tuple[MissionLine, ...]
    answers_sentence: str
    inferred_sentence: str
    missing: tuple[tuple[str, str, float | None], ...]
    missing_sentence: str
    unserved: tuple[tuple[str, str], ...] = field(default=())
    unserved_total: int = 0


def provenance_view(pack: Pack, report: Report | None, selection: Selection) -> ProvenanceView:
    """What do the facts of this pack rest on? ``report`` is what became of it on its way in, if that is at hand."""
    tables = _tables(pack, report)
    uses = _uses(pack)
    sources = _sources(pack, uses)
    missions = tuple(_mission(pack, row, selection.day) for row in pack["missions"].to_dict("records"))
    unserved = _unserved(pack)
    missing = _missing(pack, selection.day, len(unserved))
    return ProvenanceView(
        headline=_headline(tables, sources, selection.day),
        lede=(
            f"What the pages say rests on the pack {pack.name}. Here is what was read into it and left out, which "
            f"documents its rows rest on and how old they were on {selection.day:%-d %B %Y}, what is inferred, and "
            "what is missing."
        ),
        tables=tables,
        tables_sentence=_tables_sentence(tables),
        notices=tuple(str(each) for each in report.notices) if report else (),
        problems=tuple(str(each) for each in report.problems) if report else (),
        years=_years(sources),
        sources=sources[:SHOWN],
        sources_total=len(sources),
        sources_sentence=_sources_sentence(sources),
        licences=tuple(Counter(one.licence or "not stated" for one in sources).most_common()),
        missions=missions,
        answers_sentence=_answers_sentence(missions),
        inferred_sentence=_inferred_sentence(missions),
        missing=missing,
        missing_sentence=_missing_sentence(missing),
        unserved=unserved[:SHOWN],
        unserved_total=len(unserved),
    )


def _tables(pack: Pack, report: Report | None) -> tuple[TableLine, ...]:
    counts = {one.table: one for one in report.counts} if report else {}
    found = []
    for table in read_schema().tables:
        frame, count = pack[table.name], counts.get(table.name)
        sourced = int((frame["source"] != "").sum()) if "source" in frame else None
        absent = (0, 0) if report else (None, None)
        read, rejected = (count.read, count.rejected) if count else absent
        found.append(TableLine(table.name, table.meaning, len(frame), read, rejected, sourced))
    return tuple(found)


def _uses(pack: Pack) -> Counter[str]:
    """How many rows name each source?"""
    uses: Counter[str] = Counter()
    for name in pack:
        frame = pack[name]
        if "source" in frame:
            for cell, times in frame["source"].value_counts().items():
                uses.update({one: int(times) for one in split_list(str(cell))})
    return uses


def _sources(pack: Pack, uses: Counter[str]) -> tuple[SourceLine, ...]:
    """The documents, those that most rows rest on first; sources that stand in the cells themselves behind them."""
    listed_ = pack["sources"]
    lines = [
        SourceLine(
            row["title"], row["address"], row["publisher"], row["date"], row["licence"], uses.pop(row["source_id"], 0)
        )
        for row in listed_.to_dict("records")
    ]
    lines += [SourceLine(name, name, "", "", "", rows) for name, rows in uses.items() if name]
    return tuple(sorted(lines, key=lambda one: (-one.rows, one.title)))


def _year(line: SourceLine) -> str:
    return line.date[:4] if line.date[:4].isdecimal() and len(line.date[:4]) == 4 else ""


def _years(sources: Sequence[SourceLine]) -> tuple[YearBar, ...]:
    """Years in order, the newest first; not stated last."""
    documents, rows = Counter(map(_year, sources)), Counter[str]()
    for one in sources:
        rows[_year(one)] += one.rows
    stated = sorted((year for year in documents if year), reverse=True)
    return tuple(YearBar(year, documents[year], rows[year]) for year in (*stated, *([""] if "" in documents else [])))


def _mission(pack: Pack, mission: Mapping[Any, Any], day: date) -> MissionLine:
    name = mission["mission_id"]
    needs, ties, parts, asked = (_of(pack[one], name) for one in ("requirements", "ties", "engagements", "responses"))
    asked = asked[held(asked["asked"], day)]
    return MissionLine(
        name,
        mission["title"],
        asked["organisation_id"].nunique(),
        asked.loc[held(asked["responded"], day), "organisation_id"].nunique(),
        len(needs),
        int((needs["basis"] == "illustrative").sum()),
        len(ties),
        _count(ties, "basis", "inferred"),
        len(parts),
        int(parts["ends"].notna().sum()),
    )


def _of(frame: pd.DataFrame, mission_id: str) -> pd.DataFrame:
    return frame[frame["mission_id"] == mission_id]


def _count(frame: pd.DataFrame, column: str, value: str) -> int:
    """How many rows say so in a column that a pack may have beyond the schema?"""
    return int((frame[column] == value).sum()) if column in frame else 0


def _unserved(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Places that something is asked for and at or inside which nobody offers anything: name and level."""
    places = pack["places"]
    parents = {
        row["place_id"]: split_list(row["parent_id"]) for row in places[["place_id", "parent_id"]].to_dict("records")
    }
    offered: set[str] = set()
    todo = list(set(pack["offers"]["place_id"]))
    while todo:
        place = todo.pop()
        if place and place not in offered:
            offered.add(place)
            todo += parents.get(place, ())
    asked = set(pack["requirements"]["place_id"]) - offered
    rows = places[places["place_id"].isin(asked)].sort_values(["level", "name"])
    return tuple(zip(rows["name"], rows["level"], strict=True))


def _missing(pack: Pack, day: date, unserved: int) -> tuple[tuple[str, str, float | None], ...]:
    """What is not recorded: what, how much of how much in words, and the share (None: there is nothing to record)."""
    bodies, ties = pack["organisations"], pack["ties"]
    ties = ties[active_on(ties, day)]
    parts = pack["engagements"]
    parts = parts[active_on(parts, day) & parts["status"].isin(WORKING_STATUSES)]
    at_work = bodies["organisation_id"].isin(set(parts["organisation_id"]))
    tied = bodies["organisation_id"].isin({*ties["source_id"], *ties["target_id"]})
    offering = set(pack["offers"]["organisation_id"])
    return (
        _share("Bodies at work whose capacity is not recorded", bodies[at_work]["capacity"].isna()),
        _share("Bodies of the register without a single tie", ~tied),
        _share("Bodies of the register that offer nothing", ~bodies["organisation_id"].isin(offering)),
        _share("Ties without an end, taken to last", ties["ends"].isna()),
        _share("Ties that no second party confirmed", ties["confirmed_by"] == ""),
        _share("Ties without a day on which they were last seen", ties["last_seen"].isna()),
        _share("Engagements without an end, taken to last", parts["ends"].isna()),
        _line(
            "Places asked for, of which no offer is known",
            unserved,
            pack["requirements"]["place_id"].nunique(),
        ),
    )


def _share(what: str, lacking: pd.Series) -> tuple[str, str, float | None]:
    return _line(what, int(lacking.sum()), len(lacking))


def _line(what: str, lacking: int, of: int) -> tuple[str, str, float | None]:
    return what, f"{lacking:,} of {of:,}" if of else "there are none", lacking / of if of else None


def _headline(tables: Sequence[TableLine], sources: Sequence[SourceLine], day: date) -> str:
    rows = sum(one.kept for one in tables if one.name != "sources")
    if not rows:
        return "Nothing is recorded in this pack"
    documents = sum(one.rows > 0 for one in sources)
    named = sum(one.sourced or 0 for one in tables)
    if not documents:
        return f"{rows:,} rows, and none of them names a source"
    said = f"{named:,} of {rows:,} rows name their source, {counted(documents, 'document')} in all"
    if not any(_year(one) for one in sources):
        return said
    return f"{said}; {percent(_old(sources, day))} of what they cite was published in {day.year - OLD} or before"


def _old(sources: Iterable[SourceLine], day: date) -> float:
    """The share of citations of documents with a year that go to one published OLD calendar years ago or before."""
    dated = [one for one in sources if _year(one) and one.rows]
    all_rows = sum(one.rows for one in dated)
    return sum(one.rows for one in dated if int(_year(one)) <= day.year - OLD) / all_rows if all_rows else 0.0


def _tables_sentence(tables: Sequence[TableLine]) -> str:
    kept = sum(one.kept for one in tables)
    reports = [(one.read, one.rejected) for one in tables if one.read is not None and one.rejected is not None]
    if not reports:
        return f"{kept:,} rows are in use."
    read, rejected = sum(one for one, _ in reports), sum(one for _, one in reports)
    left = f"{rejected:,} rejected" if rejected else "none rejected"
    return f"{read:,} rows were read: {kept:,} kept, {left}."


def _sources_sentence(sources: Sequence[SourceLine]) -> str:
    if not sources:
        return "No row of this pack names a source, so nothing in it can be checked from here."
    used = [one for one in sources if one.rows]
    undated = sum(not _year(one) for one in used)
    without = f"; {undated:,} of them {'has' if undated == 1 else 'have'} no year" if undated else ""
    idle = len(sources) - len(used)
    them = "it" if idle == 1 else "them"
    more = f" {counted(idle, 'more is', 'more are').capitalize()} listed, and no row names {them}." if idle else ""
    return f"{counted(len(used), 'document is', 'documents are').capitalize()} named by rows{without}.{more}"


def _answers_sentence(missions: Sequence[MissionLine]) -> str:
    asked, answered = sum(one.asked for one in missions), sum(one.answered for one in missions)
    if not asked:
        return (
            "Nobody was asked about their ties: what is recorded comes from published documents, and ties that were "
            "never published are missing."
        )
    if answered == asked:
        return "The one question asked was answered." if asked == 1 else f"All {asked:,} questions asked were answered."
    silent = counted(asked - answered, "body that is silent", "bodies that are silent")
    return (
        f"{counted(asked, 'question was', 'questions were').capitalize()} asked and {answered:,} answered "
        f"({percent(answered / asked)}); the ties of {silent} are missing, not absent."
    )


def _inferred_sentence(missions: Sequence[MissionLine]) -> str:
    needs, shown = sum(one.requirements for one in missions), sum(one.illustrative for one in missions)
    ties, inferred = sum(one.ties for one in missions), sum(one.inferred for one in missions)
    if not needs and not ties:
        return "No requirement and no tie of a mission is recorded."
    of_ties = f"{inferred:,} of {ties:,} ties of missions {'is' if inferred == 1 else 'are'} inferred from records"
    return sentence(f"{_basis(needs, shown)}; {of_ties if inferred else 'no tie is inferred from records'}")


def _basis(needs: int, illustrative: int) -> str:
    if not needs:
        return "no requirement is recorded"
    if not illustrative:
        return "no requirement is marked as illustrative"
    words = "is illustrative: no published plan states it"
    if illustrative > 1:
        words = "are illustrative: no published plan states them"
    return f"{illustrative:,} of {counted(needs, 'requirement')} {words}"


def _missing_sentence(missing: Sequence[tuple[str, str, float | None]]) -> str:
    known = [(share, what, words) for what, words, share in missing if share is not None]
    if not known:
        return "There is nothing of which anything could be missing."
    share, what, words = max(known, key=lambda one: one[0])
    if share == 0:
        return "Nothing of what is looked for here is missing."
    return f"What is missing most: {what[0].lower()}{what[1:]}, {words}. What is not recorded is never read as zero."
