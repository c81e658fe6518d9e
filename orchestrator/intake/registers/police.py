"""Police forces, the areas they police, and the partnerships that they form with councils by law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from orchestrator.intake.registers.areas import Areas, lookup_files
from orchestrator.intake.registers.citations import cited
from orchestrator.intake.registers.contribution import Contribution, Draft, SourceFile
from orchestrator.intake.registers.council_register import REGIONS
from orchestrator.intake.registers.naming import clean, slug
from orchestrator.intake.registers.records import Layout, Record, read_table, tell_layout

__all__ = ["read_police_areas", "read_police_forces"]

FORCES: Final = "police-force-register"
LOOKUP: Final = "ons-police-lookup"
ACT: Final = "crime-and-disorder-act-1998"
INSPECTORATE: Final = "GB-GOR-OT1241"
_REGISTERS: Final = (
    Layout("the police force register", ("police-force", "name")),
    Layout("the list of police forces", ("force_id", "force_name", "force_url")),
)
_LOOKUPS: Final = tuple(
    Layout(
        "the look-up from districts to community safety partnerships and police areas",
        (
            f"ltla{year}_code",
            f"ltla{year}_name",
            f"csp{year}_code",
            f"csp{year}_name",
            f"pfa{year}_code",
            f"pfa{year}_name",
        ),
    )
    for year in range(22, 30)
)
#: What the register of forces calls areas that statistics call otherwise.
_CALLED: Final = MappingProxyType({"metropolitan-police": "metropolitan", "london-city-of": "city-of-london"})
_OUTSIDE: Final = "northern-ireland"
_OF: Final = re.compile(r"^(.*), (City|County) of$")


def _forces(file: SourceFile) -> dict[str, tuple[Record, str]]:
    layout = tell_layout(file, _REGISTERS)
    key, name = layout.headings[:2]
    return {record[key]: (record, clean(record[name])) for record in read_table(file, layout)}


def read_police_forces(files: Sequence[SourceFile]) -> Contribution:
    """Which territorial police forces are there? Takes the police force register (a name and a short id each).

    Each force becomes an organisation. Forces of England and Wales are inspected by His Majesty's Inspectorate of
    Constabulary (``regulates``, level 2). Raises BadData for headings that are not known.
    """
    draft = Draft("police-forces")
    for file in files:
        forces = _forces(file)
        draft.count(file.name, len(forces))
        for code, (record, name) in forces.items():
            draft.add(
                "organisations",
                file.name,
                record.row,
                organisation_id=slug(name),
                name=name,
                sector="regional",
                kind="police force",
                tier="nation" if code == _OUTSIDE else "region",
                source=FORCES,
            )
            if code != _OUTSIDE:
                tie = {"source_id": INSPECTORATE, "target_id": slug(name), "kind": "regulates", "level": "2"}
                draft.put("ties", file.name, record.row, {**tie, "source": f"{FORCES}|police-act-1996"})
    return draft.finish(cited(FORCES, "police-act-1996"))


def read_police_areas(files: Sequence[SourceFile]) -> Contribution:
    """Which councils and community safety partnerships lie in which police area?

    Takes a look-up from districts to partnerships and police areas, the police force register and the council register.
    Each police area becomes a place in which its councils' areas lie; each partnership an organisation. By law the
    councils of an area, district and county, and its police force make the partnership's strategy together: each is
    tied to the partnership, and the force to each council (``delivers-with``, level 3).

    Partnerships of a part of one district date from councils that are gone: none is made for them. Police areas
    without a force of that name and districts that the register does not hold are set aside. Raises BadData where a
    file is missing or its headings are not known.
    """
    draft = Draft("police-areas")
    registers = [
        file for file in files if file.content.lstrip(b"\xef\xbb\xbf").startswith((b"police-force\t", b"force_id"))
    ]
    forces = {code: name for file in registers for code, (_, name) in _forces(file).items()}
    found, councils = lookup_files(draft, [file for file in files if file not in registers], _LOOKUPS)
    areas, partnerships = Areas(councils), Areas(councils)
    force_of: dict[str, str] = {}
    names: dict[str, str] = {}
    districts: dict[str, set[str]] = {}
    for file, layout, records in found:
        district, district_name, partnership, partnership_name, area, area_name = layout.headings
        for record in records:
            called = slug(record[area_name])
            force = forces.get(_CALLED.get(called, called))
            if force is None:
                draft.aside(
                    file.name, record.row, record[area_name], "no force of this name is in the register of forces"
                )
            elif not areas.put(record[district], record[area]):
                draft.aside(file.name, record.row, record[district_name], "the register does not hold the district")
            else:
                partnerships.put(record[district], record[partnership])
                districts.setdefault(record[district], set()).add(record[partnership])
                force_of[record[area]] = force_of[record[partnership]] = slug(force)
                names[record[area]] = _OF.sub(r"\2 of \1", clean(record[area_name]))
                names[record[partnership]] = _OF.sub(r"\1", clean(record[partnership_name]))
    file_name = found[0][0].name
    _offer_areas(draft, file_name, areas, force_of, names)
    partial = {code for several in districts.values() if len(several) > 1 for code in several}
    _offer_partnerships(draft, file_name, partnerships, force_of, {k: v for k, v in names.items() if k not in partial})
    return draft.finish(cited(LOOKUP, FORCES, ACT))


def _offer_areas(draft: Draft, file: str, areas: Areas, force_of: dict[str, str], names: dict[str, str]) -> None:
    for code in areas.members:
        nation = "W92000004" if code.startswith("W") else "E92000001"
        cells = {"place_id": code, "name": names[code], "level": "police-area", "source": LOOKUP}
        draft.put("places", file, None, {**cells, "parent_id": areas.container(code, REGIONS, nation)})
    for council, code in areas.whole():
        draft.add("places", file, partial=True, place_id=council.place_id, parent_id=code, source=LOOKUP)
    for council, code in areas.parts():
        _tie(draft, file, force_of[code], council.reference)


def _offer_partnerships(
    draft: Draft, file: str, partnerships: Areas, force_of: dict[str, str], names: dict[str, str]
) -> None:
    for code in (each for each in partnerships.members if each in names):
        name = f"{names[code]} Community Safety Partnership"
        cells = {"organisation_id": slug(name), "name": name, "sector": "local", "tier": "local", "source": LOOKUP}
        draft.put("organisations", file, None, {**cells, "kind": "community safety partnership"})
        _tie(draft, file, force_of[code], slug(name))
    for council, code in partnerships.parts():
        if code in names:
            _tie(draft, file, council.reference, slug(f"{names[code]} Community Safety Partnership"))


def _tie(draft: Draft, file: str, source: str, target: str) -> None:
    tie = {"source_id": source, "target_id": target, "kind": "delivers-with", "level": "3"}
    draft.put("ties", file, None, {**tie, "source": f"{LOOKUP}|{ACT}"})
