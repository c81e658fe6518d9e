"""Which districts make up an area, and which councils those are: what every look-up of areas is read with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from orchestrator.errors import BadData, Problem
from orchestrator.intake.registers.contribution import Draft, SourceFile
from orchestrator.intake.registers.councils import CORRECTIONS, REGISTER, SPELLINGS, Council, Councils, read_councils
from orchestrator.intake.registers.records import Layout, Record, read_table, tell_layout

__all__ = ["Areas", "lookup_files"]


@dataclass
class Areas:
    """Which areas each district and each county lies in, and what lies in each area."""

    councils: Councils
    by_place: Mapping[str, Council] = field(init=False)
    of_council: dict[str, set[str]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_place = self.councils.by_place()

    def put(self, district: str, area: str) -> bool:
        """Say that a district lies, wholly or in part, in an area. False for a code that the register does not hold."""
        council = self.by_place.get(district)
        if council is None:
            return False
        for each in (council, self.county(council)):
            if each is not None:
                self.of_council.setdefault(each.code, set()).add(area)
                self.members.setdefault(area, set()).add(each.code)
        return True

    def county(self, council: Council) -> Council | None:
        """The county council above a district council."""
        found = self.councils.by_code.get(council["county-la"])
        return found if found is not None and found.current else None

    def council(self, code: str) -> Council:
        """The council of a code of the register."""
        return self.councils.by_code[code]

    def whole(self) -> Iterable[tuple[Council, str]]:
        """Every council whose area lies in one area only, with that area."""
        for code, areas in self.of_council.items():
            if len(areas) == 1:
                yield self.council(code), next(iter(areas))

    def parts(self) -> Iterable[tuple[Council, str]]:
        """Every council with every area that it lies in, wholly or in part."""
        for code, areas in self.of_council.items():
            yield from ((self.council(code), area) for area in sorted(areas))

    def container(self, area: str, regions: Mapping[str, str], nation: str) -> str:
        """The region that an area lies in, if all its councils lie in that one; else the nation."""
        found = {regions.get(self.council(code)["region"], nation) for code in self.members.get(area, ())}
        return found.pop() if len(found) == 1 else nation


def lookup_files(
    draft: Draft, files: Sequence[SourceFile], layouts: Sequence[Layout]
) -> tuple[list[tuple[SourceFile, Layout, list[Record]]], Councils]:
    """The look-ups among these files with their records, and the council register that stands beside them.

    Raises BadData where there is no look-up or no register.
    """
    beside = (REGISTER, SPELLINGS, CORRECTIONS)
    told = [(file, tell_layout(file, (*layouts, *beside))) for file in files]
    found = [(file, layout, read_table(file, layout)) for file, layout in told if layout not in beside]
    if not found:
        names = ", ".join(file.name for file in files) or "no file"
        wanted = " or ".join(layout.called for layout in layouts)
        raise BadData([Problem("there is no look-up among these files.", names, allowed=f"Give {wanted}.")])
    councils = read_councils([file for file, layout in told if layout in beside])
    for file, _, records in found:
        draft.count(file.name, len(records))
    return found, councils
