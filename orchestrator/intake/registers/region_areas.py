"""District → region and district → combined authority, as the Office for National Statistics publishes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from orchestrator.intake.registers.areas import lookup_files
from orchestrator.intake.registers.citations import cited
from orchestrator.intake.registers.contribution import Contribution, Draft, SourceFile
from orchestrator.intake.registers.records import Layout

__all__ = ["read_region_areas"]

SOURCE: Final = "ons-region-lookup"
_LAYOUTS: Final = tuple(
    Layout(
        "a look-up from districts to regions or combined authorities",
        (f"ltla{year}_name", f"ltla{year}_code", f"{area}{year}_name", f"{area}{year}_code"),
    )
    for year in range(21, 30)
    for area in ("region", "cauth")
)


def read_region_areas(files: Sequence[SourceFile]) -> Contribution:
    """Which region or combined authority does each district lie in?

    Takes look-ups of both sorts and the council register, which says what became of codes that are no longer in use.
    Districts are put inside; places that the pack does not have are not made. Districts that the register does not
    hold are set aside. Raises BadData where a file is missing or its headings are not known.
    """
    draft = Draft("region-areas")
    found, councils = lookup_files(draft, files, _LAYOUTS)
    by_place = councils.by_place()
    for file, layout, records in found:
        _, code, _, area = layout.headings
        for record in records:
            council = by_place.get(record[code])
            if council is None:
                draft.aside(file.name, record.row, record[code], "the register does not hold the district")
                continue
            cells = {"place_id": council.place_id, "parent_id": record[area], "source": SOURCE}
            draft.put("places", file.name, record.row, cells, partial=True)
    return draft.finish(cited(SOURCE))
