"""The words of the project with their meanings, read from ``glossary.csv``, which says what GLOSSARY.md says."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from orchestrator.tables.schema import packaged_folder

__all__ = ["Term", "read_glossary"]

_NOTE: Final = re.compile(r"\s*\([^)]*\)")
_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Term:
    """A word of the glossary as it heads its row, and what it means."""

    word: str
    meaning: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The words as they stand in a sentence.

        >>> Term("load, capacity", "").forms, Term("organisation (body)", "").forms
        (('load', 'capacity'), ('organisation',))
        """
        return tuple(_NOTE.sub("", self.word).split(", "))

    @property
    def key(self) -> str:
        """What it is called in an address.

        >>> Term("robust, likely, cannot tell", "").key
        'robust-likely-cannot-tell'
        """
        return _NOT_IN_NAMES.sub("-", self.word.casefold()).strip("-")


@lru_cache(maxsize=1)
def read_glossary() -> tuple[Term, ...]:
    """What do the words mean? In the order of the glossary, read once.

    >>> next(term.meaning for term in read_glossary() if term.word == "tie").partition(":")[0]
    'Two organisations that work with each other'
    """
    with (packaged_folder() / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Term(row["word"], row["meaning"]) for row in csv.DictReader(file, strict=True))
