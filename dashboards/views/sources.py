"""The public documents that a row rests on, as (title, address)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from orchestrator.tables.cells import split_list

__all__ = ["Source", "Sources"]

Source = tuple[str, str]


@dataclass(frozen=True)
class Sources:
    """The table ``sources`` of a pack."""

    rows: pd.DataFrame

    def of(self, cell: str) -> tuple[Source, ...]:
        """What a cell ``source`` names: the title and the address of each; an address that stands in the cell is both.

        >>> Sources(pd.DataFrame({"source_id": ["a"], "title": ["A plan"], "address": [""]})).of("a|https://b.example")
        (('A plan', ''), ('https://b.example', 'https://b.example'))
        """
        return tuple(self._known.get(name, (name, name)) for name in split_list(cell))

    @cached_property
    def _known(self) -> dict[str, Source]:
        columns = (self.rows["source_id"], self.rows["title"], self.rows["address"])
        return {name: (title, address) for name, title, address in zip(*columns, strict=True)}
