"""UCINET DL: a matrix, a list of ties or a list of neighbours, with labels at the top or in the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from orchestrator.errors import BadData, quoted
from orchestrator.intake.decoding import marks, text_problem
from orchestrator.intake.evidence.graphs.gathering import Gathered, finite, no_tie
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.statement import Statement
from orchestrator.tables.cells import UnreadableError

__all__ = ["read_ucinet"]

#: Bounded everywhere, so that a long word costs no more than its length.
_HEAD: Final = re.compile(
    r"\b(\w{1,30})\s{0,10}=\s{0,10}([^\s,:]{1,60})|\b(labels\s{1,10}embedded)|\b(labels\s{0,10}:)|\b(data\s{0,10}:)",
    re.IGNORECASE,
)
_AFTER_LABELS: Final = re.compile(
    r"\n[ \t]{0,50}(?:data\s{0,10}:|labels\s{1,10}embedded|format\s{0,10}=)", re.IGNORECASE
)
_WORD: Final = re.compile(r'"([^"]*)"|([^\s,]+)')
_FORMATS: Final = ("fullmatrix", "edgelist1", "nodelist1")
_MOST: Final = 1_000_000
_MOST_IN_MATRIX: Final = 5_000


def read_ucinet(opened: Opened) -> Iterator[Statement]:
    """The ties of this file. Raises BadData with the line of what is wrong; several matrices in a file are refused."""
    problem = text_problem(opened.source.name, opened.source.content)
    if problem is not None:
        raise BadData([problem])
    content = opened.source.content
    text = content[3 * marks(content) :].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _Dl(opened, text).read()


class _Dl:
    """Reads the head, the labels and the lines of ties."""

    def __init__(self, opened: Opened, text: str) -> None:
        self.gathered = Gathered(opened)
        self.text = text
        self.said: dict[str, str] = {}
        self.labels: list[str] = []
        self.embedded = False
        self.number = 0

    def read(self) -> Iterator[Statement]:
        """Read it all."""
        data = self._head()
        lines = [(at, _words(line)) for at, line in enumerate(self.text[data:].split("\n"), start=self._line(data))]
        self._bodies()
        rows = [(at, words) for at, words in lines if words]
        form = self.said.get("format", "fullmatrix").casefold()
        if form not in _FORMATS:
            raise self._problem(f"the format {quoted(form)} is not read.", f"Read are {', '.join(_FORMATS)}.", 1)
        {"fullmatrix": self._matrix, "edgelist1": self._edges, "nodelist1": self._neighbours}[form](rows)
        self.gathered.once_for_both_ways()
        return self.gathered.statements()

    def _head(self) -> int:
        """Read up to ``data:``; where the lines of ties begin."""
        at = len(self.text) - len(self.text.lstrip()) + 2
        while True:
            found = _HEAD.search(self.text, at)
            if found is None:
                raise self._problem("there is no 'data:'.", "After it come the ties.", self._line(at))
            at = found.end()
            if found[5]:
                return at
            if found[1]:
                self.said[found[1].casefold().strip()] = found[2]
            elif found[3]:
                self.embedded = True
            else:
                at = self._labels(at)

    def _labels(self, at: int) -> int:
        end = _AFTER_LABELS.search(self.text, at)
        upto = end.start() if end else len(self.text)
        self.labels = [word for line in self.text[at:upto].split("\n") for word in _words(line)]
        return upto

    def _bodies(self) -> None:
        number = self.said.get("n", "")
        if not number.isascii() or not number.isdecimal() or not 0 < int(number[:9]) <= _MOST:
            raise self._problem(f"n is {quoted(number)}.", f"n is a whole number up to {_MOST:,}.", 1)
        if self.said.get("nm", "1") != "1":
            raise self._problem("there are several matrices.", "One matrix a file.", 1)
        self.number = int(number)
        if self.labels and len(self.labels) != self.number:
            what = f"there are {len(self.labels):,} labels for {self.number:,} bodies."
            raise self._problem(what, "As many labels as n says.", 1)
        for label in self.labels:
            self.gathered.body(label, {})
        if not self.labels and not self.embedded:
            for each in range(1, self.number + 1):
                self.gathered.body(str(each), {})

    def _body(self, word: str, line: int) -> str:
        """Whom a word of a line means: by label where labels are in the lines, by number otherwise."""
        if self.embedded:
            if word not in self.gathered.bodies:
                if self.labels or len(self.gathered.bodies) >= self.number:
                    raise self._problem(f"{quoted(word)} is one body too many.", f"There are {self.number:,}.", line)
                self.gathered.body(word, {}, line)
            return word
        if not word.isascii() or not word.isdecimal() or len(word) > 9 or not 1 <= int(word) <= self.number:
            raise self._problem(f"{quoted(word)} is no body.", f"Bodies are numbered from 1 to {self.number:,}.", line)
        return self.labels[int(word) - 1] if self.labels else str(int(word))

    def _edges(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        for line, words in rows:
            if len(words) not in (2, 3):
                raise self._problem(f"the line has {len(words)} words.", "Two bodies and a weight, if any.", line)
            source, target = (self._body(word, line) for word in words[:2])
            self.gathered.tie(f"line {line}", source, target, {"weight": words[2]} if len(words) > 2 else {}, line)

    def _neighbours(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        for line, words in rows:
            source = self._body(words[0], line)
            for word in words[1:]:
                self.gathered.tie(f"line {line}", source, self._body(word, line), {}, line)

    def _matrix(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        if self.number > _MOST_IN_MATRIX:
            raise self._problem(f"the matrix has {self.number:,} rows.", f"At most {_MOST_IN_MATRIX:,}.", 1)
        if self.embedded:
            line, names = rows[0] if rows else (1, [])
            columns = [self._body(word, line) for word in names]
            matrix = [(at, self._body(words[0], at), words[1:]) for at, words in rows[1:]]
        else:
            columns = self.labels or [str(each) for each in range(1, self.number + 1)]
            matrix = [(at, columns[row], words) for row, (at, words) in enumerate(rows[: self.number])]
        if len(rows) - self.embedded != self.number or len(columns) != self.number:
            what = f"the matrix has {len(rows) - self.embedded:,} rows and {len(columns):,} columns."
            raise self._problem(what, f"n says {self.number:,}.", rows[0][0] if rows else 1)
        for line, source, cells in matrix:
            if len(cells) != self.number:
                raise self._problem(f"the row has {len(cells):,} cells.", f"Each has {self.number:,}.", line)
            self._row(line, source, columns, cells)

    def _row(self, line: int, source: str, columns: Sequence[str], cells: Sequence[str]) -> None:
        for target, cell in zip(columns, cells, strict=True):
            if no_tie(cell):
                continue
            try:
                weight = finite(cell)
            except UnreadableError as unreadable:
                raise self._problem(unreadable.what, unreadable.allowed, line) from None
            if weight:
                self.gathered.tie(f"line {line}", source, target, {"weight": cell}, line)

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def _problem(self, what: str, allowed: str, line: int) -> BadData:
        return self.gathered.problem(what, allowed, line)


def _words(line: str) -> list[str]:
    return [found[1] if found[1] is not None else found[2] for found in _WORD.finditer(line)]
