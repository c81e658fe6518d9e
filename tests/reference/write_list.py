"""All reference cases in one list: which are run, which are not, and why. Writes docs/reference-cases.md.

python -m tests.reference.write_list
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tests.reference import test_published_values as published
from tests.reference import test_structure as structure

__all__ = ["LIST", "listed"]

LIST: Final = Path(__file__).resolve().parents[2] / "docs" / "reference-cases.md"
_HEAD: Final = """# Reference cases

Published or recomputed values that the tests hold our figures against. Written from `tests/reference` by
`python -m tests.reference.write_list`; a test says when it is out of date.
"""
_COLUMNS: Final = "| case | measure | source | run |\n|---|---|---|---|"


def listed() -> str:
    """The page."""
    cases = list(published.CASES.values())
    run = sum(case["id"] not in published.NOT_RUN for case in cases)
    parts = [
        _HEAD,
        f"## Routes, betweenness, bridges, cut bodies and mixing: {run} of {len(cases)} run\n",
        _COLUMNS,
        *_rows(cases, published.NOT_RUN),
        f"\n## Structure, brokerage and key sets: all {len(structure.CASES)} that there are for a graph of ours run\n",
        _COLUMNS,
        *_rows(structure.CASES, {}),
        "\nNot held, since the tool has no counterpart:\n",
        *(f"- `{name}`: {why}" for name, why in structure.NOT_RUN.items()),
    ]
    return "\n".join(parts) + "\n"


def _rows(cases: Any, not_run: Mapping[str, str]) -> Iterator[str]:
    for case in cases:
        why = not_run.get(case["id"])
        said = "yes" if why is None else f"no: {why}"
        yield f"| {case['id']} | {case['measure']} | {case['source'].replace('|', '/')} | {said} |"


if __name__ == "__main__":
    LIST.write_text(listed(), encoding="utf-8")
