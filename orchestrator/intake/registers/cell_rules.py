"""What a cell says after an import: the pack's own word, the source's, or both."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.tables.cells import LIST_SEPARATOR, split_list

__all__ = ["Outcome", "merge_cell", "merge_list"]


@dataclass(frozen=True)
class Outcome:
    """The cell as it stands now; ``conflict`` where pack and source say different things."""

    cell: str
    conflict: bool = False


def merge_cell(current: str, said: str, before: str, *, overwrite: bool) -> Outcome:
    """What stands in a cell with one value?

    ``current`` is in the pack, ``said`` is what the source says now, ``before`` what it said the last time. A blank in
    the pack is filled; what the source itself said before follows the source; anything else was made by hand and
    stays, unless ``overwrite`` asks otherwise. A source that says nothing changes nothing.

    >>> merge_cell("", "new", "", overwrite=False).cell, merge_cell("old", "new", "old", overwrite=False).cell
    ('new', 'new')
    >>> merge_cell("by hand", "new", "old", overwrite=False)
    Outcome(cell='by hand', conflict=True)
    """
    if not said or said == current:
        return Outcome(current)
    if not current or current == before:
        return Outcome(said)
    return Outcome(said if overwrite else current, conflict=True)


def merge_list(current: str, said: str, before: str) -> Outcome:
    """What stands in a cell with a list? What the pack has and what the source says, each once.

    What the source said the last time and does not say any more goes. Nothing made by hand is lost, so lists never
    conflict. Capitals do not tell two entries apart.

    >>> merge_list("DESNZ|by hand|old", "DESNZ|new", "DESNZ|old").cell
    'DESNZ|by hand|new'
    """
    now = split_list(said)
    folded = {each.casefold() for each in now}
    gone = {each.casefold() for each in split_list(before)} - folded
    kept = [each for each in split_list(current) if each.casefold() not in gone]
    have = {each.casefold() for each in kept}
    merged = [*kept, *(each for each in now if each.casefold() not in have)]
    return Outcome(current if tuple(merged) == split_list(current) else LIST_SEPARATOR.join(merged))
