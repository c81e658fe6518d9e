"""What the README says that one can type, held against what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

CODE: Final = re.compile(
    r"^(`{3,})[^\n]*\n(?P<block>.*?)^\1|(?<!`)`(?P<inline>[^`\n]+)`(?!`)", re.MULTILINE | re.DOTALL
)
TYPED: Final = re.compile(r"(?:^|[\s;&|/])(orchestrator|make)[ \t]+([a-z][a-z-]*)\b(?![=./])", re.MULTILINE)
LISTED: Final = re.compile(r"^ {4}([a-z][a-z-]*)(?= {2,}\S|$)", re.MULTILINE)


def typed(text: str) -> set[tuple[str, str]]:
    """Every ``orchestrator COMMAND`` and ``make TARGET`` in the code of a Markdown text."""
    code = "\n".join(found["block"] or found["inline"] for found in CODE.finditer(text))
    return {(found[1], found[2]) for found in TYPED.finditer(code)}


def listed(usage: str) -> set[str]:
    """The commands that ``orchestrator --help`` lists."""
    return set(LISTED.findall(usage.partition("\noptions:")[0]))


def untrue(text: str, commands: Set[str], targets: Set[str]) -> Iterator[str]:
    """What the text says that one can type, and that is not there; and commands that the text keeps to itself."""
    there = {("orchestrator", name) for name in commands} | {("make", name) for name in targets}
    for program, name in sorted(typed(text) - there):
        yield f"README.md says `{program} {name}`, and there is no such thing."
    for name in sorted(commands - {name for program, name in typed(text) if program == "orchestrator"}):
        yield f"README.md does not mention `orchestrator {name}`."
