"""Pajek ``.net``: vertices are bodies; arcs, edges and their lists are ties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from orchestrator.errors import BadData, quoted
from orchestrator.intake.decoding import open_text, text_problem
from orchestrator.intake.evidence.graphs.gathering import Gathered
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.statement import Statement

__all__ = ["read_pajek"]

_WORD: Final = re.compile(r'"([^"]*)"|(\S+)')
_LONGEST_LINE: Final = 1 << 20
_MOST: Final = 5_000_000
_LISTS: Final = ("*arcslist", "*edgeslist")
_PAIRS: Final = ("*arcs", "*edges")


def read_pajek(opened: Opened) -> Iterator[Statement]:
    """The arcs and edges of this file. Raises BadData with the line of what is wrong; matrices are refused."""
    problem = text_problem(opened.source.name, opened.source.content)
    if problem is not None:
        raise BadData([problem])
    reader = _Pajek(opened)
    for number, line in enumerate(open_text(opened.source.content), start=1):
        words = [found[1] if found[1] is not None else found[2] for found in _WORD.finditer(line[:_LONGEST_LINE])]
        if words and not words[0].startswith("%"):
            reader.take(number, words)
    return reader.end()


class _Pajek:
    """Follows the file line by line."""

    def __init__(self, opened: Opened) -> None:
        self.gathered = Gathered(opened)
        self.section, self.relation = "", ""
        self.count = -1

    def take(self, number: int, words: list[str]) -> None:
        """A line that is neither blank nor a comment."""
        if words[0].startswith("*"):
            self._section(number, words)
        elif self.section == "*vertices":
            name = self._vertex(words[0], number)
            self.gathered.body(name, {"label": words[1]} if len(words) > 1 else {}, number)
        elif self.section in _PAIRS:
            self._pair(number, words)
        elif self.section in _LISTS:
            source = self._vertex(words[0], number)
            for target in words[1:]:
                self.gathered.tie(f"line {number}", source, self._vertex(target, number), self._said(), number)
        else:
            raise self.gathered.problem(f"{quoted(words[0])} stands in no section.", "*Vertices comes first.", number)

    def _section(self, number: int, words: list[str]) -> None:
        self.section = words[0].casefold()
        self.relation = ""
        if self.section == "*network":
            return
        if self.section == "*vertices":
            if self.count >= 0 or len(words) < 2 or not words[1].isascii() or not words[1].isdecimal():
                raise self.gathered.problem("*Vertices has no number or stands twice.", "*Vertices 12, once.", number)
            self.count = int(words[1][:12])
            if self.count > _MOST:
                raise self.gathered.problem(f"there are {self.count:,} vertices.", f"At most {_MOST:,}.", number)
        elif self.section in (*_PAIRS, *_LISTS):
            self.relation = words[2] if len(words) > 2 and words[1].startswith(":") else ""
        else:
            allowed = "Read are *Vertices, *Arcs, *Edges, *Arcslist and *Edgeslist."
            raise self.gathered.problem(f"the section {quoted(words[0])} is not read.", allowed, number)

    def _vertex(self, word: str, number: int) -> str:
        if not word.isascii() or not word.isdecimal() or len(word) > 9 or not 1 <= int(word) <= self.count:
            allowed = f"Vertices are numbered from 1 to {max(self.count, 0):,}."
            raise self.gathered.problem(f"{quoted(word)} is no vertex.", allowed, number)
        return str(int(word))

    def _pair(self, number: int, words: list[str]) -> None:
        if len(words) < 2:
            raise self.gathered.problem("the line has one vertex.", "A tie has two.", number)
        said = self._said()
        if len(words) > 2:
            said["weight"] = words[2]
        if "l" in words[3:-1]:
            said["label"] = words[words.index("l", 3) + 1]
        source, target = (self._vertex(word, number) for word in words[:2])
        self.gathered.tie(f"line {number}", source, target, said, number)

    def _said(self) -> dict[str, str]:
        return {"kind": self.relation} if self.relation else {}

    def end(self) -> Iterator[Statement]:
        """The file is at its end; vertices without a line of their own are called by their number."""
        if self.count < 0:
            raise self.gathered.problem("there is no *Vertices.", "*Vertices comes first.")
        listed = {end for tie in self.gathered.ties for end in (tie.source, tie.target)}
        for name in sorted(listed - self.gathered.bodies.keys(), key=int):
            self.gathered.body(name, {})
        if len(self.gathered.bodies) > self.count:
            raise self.gathered.problem(f"there are more vertices than {self.count:,}.", "As many as *Vertices says.")
        return self.gathered.statements()
