"""What the tests of the registers share."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from orchestrator.intake.registers import SourceFile
from tests.unit.intake.registers import made


@pytest.fixture
def good() -> dict[str, Sequence[SourceFile]]:
    """A good set of files for each format."""
    return dict(made.GOOD)
