"""What the ring map shows at rest can be told from its ground: three to one at least (WCAG 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import dashboards

SCRIPT: Final = (Path(dashboards.__file__).parent / "assets" / "ringmap-draw.js").read_text(encoding="utf-8")
COLOURS: Final = dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', SCRIPT))
WEDGES: Final = re.findall(r'wedges: \["(#[0-9a-f]{6})", "(#[0-9a-f]{6})"\]', SCRIPT)[0]


def light(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", [*WEDGES, "#ffffff"])
@pytest.mark.parametrize("disc", ["grey", "blue", "lit", "plum", "ink"])
def test_a_disc_can_be_told_from_the_ground_that_it_stands_on(disc: str, ground: str) -> None:
    assert contrast(COLOURS[disc], ground) >= 3


def test_the_number_can_be_read_on_its_disc_and_the_old_grey_could_not_be_seen() -> None:
    assert contrast(COLOURS["ink"], COLOURS["orange"]) >= 4.5
    assert contrast(COLOURS["mute"], "#ffffff") >= 4.5
    assert contrast("#9aabbb", WEDGES[0]) < 3
