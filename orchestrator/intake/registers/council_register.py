"""The council register: councils and combined authorities of the United Kingdom, their areas, names and members."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.registers.citations import cited
from orchestrator.intake.registers.contribution import Contribution, Draft, SourceFile
from orchestrator.intake.registers.councils import Council, Councils, read_councils
from orchestrator.intake.registers.naming import distinct, slug

__all__ = ["NATIONS", "REGIONS", "read_council_register"]

SOURCE: Final = "council-register"
CODES: Final = "ons-codes"
_KINDS: Final = MappingProxyType(
    {
        "CC": "city corporation",
        "COMB": "combined authority",
        "CTY": "county council",
        "LBO": "London borough council",
        "MD": "metropolitan district council",
        "NID": "district council of Northern Ireland",
        "NMD": "district council",
        "SCO": "unitary council",
        "SRA": "strategic authority",
        "UA": "unitary council",
        "WPA": "unitary council",
    }
)
#: Statistical codes of the nations and regions, by the names that the register uses.
REGIONS: Final = MappingProxyType(
    {
        "North East": "E12000001",
        "North West": "E12000002",
        "Yorkshire and The Humber": "E12000003",
        "East Midlands": "E12000004",
        "West Midlands": "E12000005",
        "East of England": "E12000006",
        "London": "E12000007",
        "South East": "E12000008",
        "South West": "E12000009",
    }
)
NATIONS: Final = MappingProxyType(
    {"England": "E92000001", "Scotland": "S92000003", "Wales": "W92000004", "Northern Ireland": "N92000002"}
)
_OF_JOINT: Final = re.compile(r" (Mayoral )?(Combined( County)?|Strategic) Authority$")
_SHORTHAND: Final = re.compile(r" (CA|CC|CCA|MCA)$")


def read_council_register(files: Sequence[SourceFile]) -> Contribution:
    """Which councils and combined authorities are there, where, and what were they called?

    Takes the register (mySociety's "UK local authority names and codes", CSV) and, if given, its list of spellings and
    a list of corrections. Each current authority becomes an organisation and the place that it serves; places lie in
    their county, combined authority and region. A past council that one current council replaced gives that one a
    former name. Members of a combined authority are tied to it (``governs``, level 3); London's boroughs to the
    Greater London Authority (``delivers-with``, level 2). Every other past council is set aside.

    Raises BadData as ``read_councils`` does.
    """
    draft = Draft("council-register")
    councils = read_councils(files)
    for file, count in councils.counts.items():
        draft.count(file, count)
    _refuse_unknown(councils)
    _offer_regions(draft, files[0].name)
    former = _former_names(draft, councils)
    shared = _shared_names(councils)
    for council in councils.current:
        _offer_organisation(draft, council, councils, former.get(council.code, ()), shared)
        _offer_place(draft, council, councils)
        _offer_membership(draft, council, councils)
    acts = ("combined-authorities-act", "combined-county-authorities-act", "greater-london-authority-act")
    return draft.finish(cited(SOURCE, CODES, *acts))


def _refuse_unknown(councils: Councils) -> None:
    """Raise BadData for every current authority of a sort, in a region or in a nation that is not known."""
    regions = sorted({*REGIONS, *NATIONS})
    problems = [
        Problem("this is not known.", council.file, council.row, column, council[column], f"Known: {', '.join(known)}.")
        for council in councils.current
        for column, known in (("local-authority-type", _KINDS), ("region", regions), ("nation", NATIONS))
        if council[column] not in known
    ]
    if problems:
        raise BadData(problems)


def _offer_regions(draft: Draft, file: str) -> None:
    for name, code in NATIONS.items():
        draft.add("places", file, place_id=code, name=name, level="nation", source=CODES)
    for name, code in REGIONS.items():
        draft.add("places", file, place_id=code, name=name, level="region", parent_id="E92000001", source=CODES)


def _region(council: Council) -> str:
    return REGIONS.get(council["region"]) or NATIONS.get(council["nation"], "")


def _former_names(draft: Draft, councils: Councils) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for council in councils.by_code.values():
        if council.current:
            continue
        after = councils.successor(council)
        if after is None:
            split = "," in council["replaced-by"]
            reason = (
                "past: several councils replaced it" if split else "past: the register does not say what replaced it"
            )
            draft.aside(council.file, council.row, council.name, reason)
        else:
            found[after.code] = (*found.get(after.code, ()), council.name)
    return found


def _shared_names(councils: Councils) -> set[str]:
    """Spellings that two authorities have: no alias, since it would not say which is meant."""
    names = Counter(
        name
        for council in councils.current
        for name in {each.casefold() for each in (council.name, *councils.spellings.get(council.code, ()))}
    )
    return {name for name, count in names.items() if count > 1}


def _aliases(council: Council, councils: Councils, former: Sequence[str], shared: set[str]) -> str:
    spelt = [name for name in councils.spellings.get(council.code, ()) if name != name.lower()]
    if council.joint:
        spelt = [name for name in spelt if not _SHORTHAND.search(name) and "Authority" in name]
    return "|".join(distinct([*spelt, *sorted(former)], but=[council.name, *shared]))


def _offer_organisation(
    draft: Draft, council: Council, councils: Councils, former: Sequence[str], shared: set[str]
) -> None:
    members = [each for each in councils.current if each["combined-authority"] == council.code]
    regions = {_region(each) for each in members} or {_region(council)}
    draft.add(
        "organisations",
        council.file,
        council.row,
        organisation_id=slug(council.name),
        name=council.name,
        sector="regional" if council.joint else "local",
        kind=_kind(council),
        tier="region" if council.joint else "local",
        seat_place_id=regions.pop() if len(regions) == 1 else "",
        aliases=_aliases(council, councils, former, shared),
        identifiers=council.identifier,
        source=_sources(council),
    )


def _kind(council: Council) -> str:
    county = council.kind == "COMB" and "County" in council.name
    return "combined county authority" if county else _KINDS[council.kind]


def _sources(council: Council, *more: str) -> str:
    first = (SOURCE,) if council.in_register else ()
    return "|".join(dict.fromkeys([*first, *council.corrected_by, *more]))


def _offer_place(draft: Draft, council: Council, councils: Councils) -> None:
    if not council.place_id or council.place_id in REGIONS.values():
        return
    level = "combined-authority" if council.joint else "lower-tier" if council.kind == "NMD" else "upper-tier"
    name = _OF_JOINT.sub("", council.name) if council.joint else council["nice-name"] or council.name
    draft.add(
        "places",
        council.file,
        council.row,
        place_id=council.place_id,
        name=name,
        level=level,
        parent_id="|".join(_containers(council, councils)),
        source=_sources(council),
    )


def _containers(council: Council, councils: Councils) -> list[str]:
    """Its county, its combined authority and its region; for a combined authority the region of all its members."""
    if council.joint:
        members = [each for each in councils.current if each["combined-authority"] == council.code]
        regions = {_region(each) for each in members} or {_region(council)}
        return [regions.pop()] if len(regions) == 1 else [NATIONS[council["nation"]]]
    above = [councils.by_code.get(council[column]) for column in ("county-la", "combined-authority")]
    codes = [each.place_id for each in above if each is not None and each.current and each.place_id]
    return list(dict.fromkeys([*codes, _region(council)]))


def _offer_membership(draft: Draft, council: Council, councils: Councils) -> None:
    joint = councils.by_code.get(council["combined-authority"])
    if joint is None or not joint.current:
        return
    london = joint.kind == "SRA"
    act = "combined-county-authorities-act" if "County" in joint.name else "combined-authorities-act"
    draft.add(
        "ties",
        council.file,
        council.row,
        source_id=council.reference,
        target_id=joint.reference,
        kind="delivers-with" if london else "governs",
        level="2" if london else "3",
        source=_sources(council, *joint.corrected_by, "greater-london-authority-act" if london else act),
    )
