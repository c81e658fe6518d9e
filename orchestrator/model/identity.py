"""Which organisation of one register is which of another: through renames and mergers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from orchestrator.tables.cells import split_list

__all__ = ["same_bodies", "successors"]


def same_bodies(before: pd.DataFrame, after: pd.DataFrame) -> Mapping[str, str]:
    """Which body of ``after`` is each body of ``before``? By id; those whose id is gone, by what the later one says.

    A body whose id is gone is the one later body that has the same public identifier or, failing that, lists the old
    id, name or alias among its names, or is called the same. Where two later bodies claim it, it is nobody's: left
    out, as are bodies that are gone without a trace. Several may have become one.

    >>> was = pd.DataFrame({"organisation_id": ["a", "b"], "name": ["A", "B"], "aliases": "", "identifiers": ""})
    >>> now = pd.DataFrame({"organisation_id": ["c"], "name": ["C"], "aliases": ["A|b"], "identifiers": ""})
    >>> dict(same_bodies(was, now))
    {'a': 'c', 'b': 'c'}
    """
    there = set(after["organisation_id"])
    gone = before[~before["organisation_id"].isin(there)]
    same = {name: name for name in before["organisation_id"] if name in there}
    if len(gone):
        same |= _renamed(gone, after)
    return MappingProxyType(same)


def successors(before: pd.DataFrame, after: pd.DataFrame) -> Mapping[str, str]:
    """Of the bodies whose id is gone, which later ones are they?"""
    return {old: new for old, new in same_bodies(before, after).items() if old != new}


def _renamed(gone: pd.DataFrame, after: pd.DataFrame) -> dict[str, str]:
    by_identifier, by_name = _claims(_identifiers(after)), _claims(_names(after, with_id=True))
    found: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for body, name in _names(gone, with_id=True):
        names.setdefault(body, set()).add(name)
    marks: dict[str, set[str]] = {}
    for body, mark in _identifiers(gone):
        marks.setdefault(body, set()).add(mark)
    for body in gone["organisation_id"]:
        claimed = {each for mark in marks.get(body, ()) for each in by_identifier.get(mark, ())}
        claimed = claimed or {each for name in names[body] for each in by_name.get(name, ())}
        if len(claimed) == 1:
            found[body] = claimed.pop()
    return found


def _claims(pairs: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    claims: dict[str, set[str]] = {}
    for body, text in pairs:
        claims.setdefault(text, set()).add(body)
    return claims


def _identifiers(bodies: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for body, cell in zip(bodies["organisation_id"], bodies["identifiers"], strict=True):
        for mark in split_list(cell):
            yield body, mark.casefold()


def _names(bodies: pd.DataFrame, *, with_id: bool) -> Iterator[tuple[str, str]]:
    columns = (bodies["organisation_id"], bodies["name"], bodies["aliases"])
    for body, name, aliases in zip(*columns, strict=True):
        for each in (name, *split_list(aliases), *([body] if with_id else [])):
            yield body, " ".join(each.casefold().split())
