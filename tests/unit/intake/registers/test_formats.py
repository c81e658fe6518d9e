"""The list of formats, and the one that the help of the command line shows without loading them."""

from __future__ import annotations

from orchestrator.cli.arguments import IMPORT_FORMATS
from orchestrator.intake.registers import FORMATS


def test_the_help_lists_the_formats_that_there_are() -> None:
    assert tuple(each.name for each in FORMATS) == IMPORT_FORMATS


def test_every_format_says_what_it_reads() -> None:
    for each in FORMATS:
        assert each.files
        assert "Raises BadData" in (each.read.__doc__ or "")
