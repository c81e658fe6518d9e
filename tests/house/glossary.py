"""GLOSSARY.md as rows, and the table that the package reads: ``python -m tests.house.glossary`` writes it anew."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from tests.conftest import CHECKOUT

TABLE = CHECKOUT / "data" / "glossary.csv"
_ROW = re.compile(r"^\| (\*\*.+?) \| (.+) \|$", re.MULTILINE)


def rows(markdown: str) -> Iterator[tuple[str, str]]:
    """Word and meaning of each row, without the stars."""
    return ((word.replace("*", ""), meaning.replace("*", "")) for word, meaning in _ROW.findall(markdown))


def table(markdown: str) -> str:
    """The rows as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("word", "meaning"))
    writer.writerows(rows(markdown))
    return text.getvalue()


if __name__ == "__main__":
    TABLE.write_text(table((CHECKOUT / "GLOSSARY.md").read_text(encoding="utf-8")), encoding="utf-8")
