"""The published formats that can be imported: an explicit list, no magic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator.errors import UnknownName
from orchestrator.intake.registers.care_areas import read_care_areas
from orchestrator.intake.registers.contribution import Contribution, SourceFile
from orchestrator.intake.registers.council_register import read_council_register
from orchestrator.intake.registers.govuk_organisations import read_govuk_organisations
from orchestrator.intake.registers.nhs import read_care_boards, read_nhs_trusts
from orchestrator.intake.registers.police import read_police_areas, read_police_forces
from orchestrator.intake.registers.region_areas import read_region_areas
from orchestrator.intake.registers.tile_maps import read_tile_map
from orchestrator.tables.nearest import nearest

__all__ = ["FORMATS", "Format", "format_of"]


@dataclass(frozen=True)
class Format:
    """A published format: its name at the command line, the files that it reads, and the function that reads them."""

    name: str
    files: str
    read: Callable[[Sequence[SourceFile]], Contribution]


FORMATS: Final = (
    Format(
        "govuk-organisations",
        "the GOV.UK list of organisations (JSON)",
        read_govuk_organisations,
    ),
    Format(
        "council-register",
        "mySociety's council register (CSV); its list of spellings and a list of corrections, if any",
        read_council_register,
    ),
    Format(
        "region-areas",
        "look-ups from districts to regions or combined authorities (CSV); the council register",
        read_region_areas,
    ),
    Format(
        "integrated-care-boards",
        "ONS names and codes of integrated care boards (CSV)",
        read_care_boards,
    ),
    Format(
        "nhs-trusts",
        "etr.csv of the NHS Organisation Data Service, oldest first; the list of integrated care boards, if any",
        read_nhs_trusts,
    ),
    Format(
        "care-areas",
        "a look-up from districts to integrated care boards (CSV); the list of boards; the council register",
        read_care_areas,
    ),
    Format(
        "police-forces",
        "the police force register (TSV)",
        read_police_forces,
    ),
    Format(
        "police-areas",
        "ONS look-up from districts to partnerships and police areas (CSV); the two registers, of forces and councils",
        read_police_areas,
    ),
    Format(
        "tile-map",
        "one hexjson tile map; the council register or the list of boards, if its codes need them",
        read_tile_map,
    ),
)


def format_of(name: str) -> Format:
    """The format of this name. Raises UnknownName with the nearest names.

    >>> format_of("tile-map").files.startswith("one hexjson")
    True
    """
    for each in FORMATS:
        if each.name == name:
            return each
    names = [each.name for each in FORMATS]
    raise UnknownName("format", name, nearest(name, names) or names)
