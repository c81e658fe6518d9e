"""Small published files of our own making, in the shape of the real ones."""

from __future__ import annotations

import json
from typing import Any, Final

from orchestrator.intake.registers import Contribution, SourceFile
from orchestrator.intake.registers.councils import REGISTER

PAGE: Final = "https://www.gov.uk/government/organisations/"


def body(slug: str, identifier: str, title: str, kind: str = "Other", **more: Any) -> dict[str, Any]:
    """One entry of the GOV.UK list."""
    details = {
        "abbreviation": more.get("abbreviation"),
        "closed_at": None,
        "content_id": "c",
        "govuk_closed_status": more.get("closed_status"),
        "govuk_status": more.get("status", "live"),
        "logo_formatted_name": title,
        "organisation_brand_colour_class_name": None,
        "organisation_logo_type_class_name": None,
        "slug": slug,
    }
    return {
        "analytics_identifier": identifier,
        "child_organisations": [],
        "details": details,
        "format": kind,
        "id": f"https://www.gov.uk/api/organisations/{slug}",
        "parent_organisations": [_link(each) for each in more.get("parents", ())],
        "superseded_organisations": [],
        "superseding_organisations": [_link(each) for each in more.get("successors", ())],
        "title": title,
        "updated_at": "2026-01-01T00:00:00Z",
        "web_url": PAGE + slug,
    }


def _link(slug: str) -> dict[str, str]:
    return {"id": f"https://www.gov.uk/api/organisations/{slug}", "web_url": PAGE + slug}


def govuk(*bodies: dict[str, Any], name: str = "organisations.json") -> SourceFile:
    """The GOV.UK list with these entries."""
    return SourceFile(name, json.dumps({"results": list(bodies)}).encode())


SEA: Final = (
    body("sea", "D1", "Department for the Sea", "Ministerial department", abbreviation="DS"),
    body("tides", "EA2", "Tides &#39;r&#39; Us", "Executive agency", parents=["sea"]),
    body("wales-board", "PB3", "Harbours Board for Wales", "Executive non-departmental public body", parents=["sea"]),
    body("old-tides", "EA4", "Tide Office", status="closed", closed_status="changed_name", successors=["tides"]),
    body("older", "EA5", "Ebb Office", status="closed", closed_status="replaced", successors=["old-tides"]),
    body("gone", "OT6", "Foam Board", status="closed", closed_status="no_longer_exists"),
    body("torn", "OT7", "Wave Board", status="closed", closed_status="split", successors=["sea", "tides"]),
)


def table(name: str, headings: tuple[str, ...], *rows: tuple[str, ...], separator: str = ",") -> SourceFile:
    """A table with these headings and rows."""
    quoted = [separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in (headings, *rows)]
    return SourceFile(name, ("\n".join(quoted) + "\n").encode())


def council(code: str, name: str, kind: str, gss: str, **more: str) -> tuple[str, ...]:
    """One row of the council register."""
    cells = {
        "local-authority-code": code,
        "official-name": name,
        "nice-name": more.get("nice", name),
        "gss-code": gss,
        "replaced-by": more.get("replaced_by", ""),
        "former-gss-codes": more.get("former", ""),
        "nation": more.get("nation", "England"),
        "region": more.get("region", "North East"),
        "local-authority-type": kind,
        "local-authority-type-name": kind,
        "county-la": more.get("county", ""),
        "combined-authority": more.get("combined", ""),
        "current-authority": more.get("current", "True"),
    }
    return tuple(cells.get(heading, "") for heading in REGISTER.headings)


#: A county with two districts, a city beside it, their combined authority, and a district that one of the two replaced.
COUNCILS: Final = (
    council("CTA", "Coastshire County Council", "CTY", "E10000001", combined="CCA", nice="Coastshire"),
    council("DNO", "North Dunes Council", "NMD", "E07000001", county="CTA", nice="North Dunes"),
    council("DSO", "South Dunes Council", "NMD", "E07000002", county="CTA", nice="South Dunes", former="E07000098"),
    council("PRT", "Port City Council", "UA", "E06000001", combined="CCA", nice="Port"),
    council("OLD", "Cliff Council", "NMD", "E07000099", current="False", replaced_by="DNO"),
    council("CUT", "Rock Council", "NMD", "E07000097", current="False", replaced_by="DNO,DSO"),
    council("CCA", "Coast and Port Combined County Authority", "COMB", "E47000001"),
    council("GLN", "Glen Council", "SCO", "S12000001", nation="Scotland", region="Scotland", nice="Glen"),
)


def register(*rows: tuple[str, ...], name: str = "register.csv") -> SourceFile:
    """The council register with these rows, or with ``COUNCILS``."""
    return table(name, REGISTER.headings, *(rows or COUNCILS))


BOARDS: Final = table(
    "boards.csv",
    ("ICB24CD", "ICB24CDH", "ICB24NM", "ObjectId"),
    ("E54000001", "QAA", "NHS Coast Integrated Care Board", "1"),
    ("E54000002", "QBB", "NHS Inland Integrated Care Board", "2"),
)
FORCES: Final = table(
    "forces.tsv", ("police-force", "name"), ("coast", "Coast Constabulary"), ("port", "Port Police"), separator="\t"
)


def trust(code: str, name: str, board: str, closed: str = "") -> tuple[str, ...]:
    """One row of etr.csv."""
    return (code, name, "Y63", board, *[""] * 6, "20200101", closed, *[""] * 15)


def trusts(*rows: tuple[str, ...], name: str = "etr.csv") -> SourceFile:
    """The list of trusts: no headings."""
    return SourceFile(name, "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows).encode())


CARE: Final = table(
    "care.csv",
    ("icb22_name", "icb22_code", "icb22_code_h", "ltla22_name", "ltla22_code", "n_lsoa"),
    ("Coast", "E54000009", "QAA", "Cliff", "E07000099", "10"),
    ("Coast", "E54000009", "QAA", "South Dunes", "E07000002", "9"),
    ("Inland", "E54000002", "QBB", "South Dunes", "E07000002", "1"),
    ("Coast", "E54000009", "QAA", "Port", "E06000001", "20"),
    ("Nowhere", "E54000003", "QZZ", "Port", "E06000001", "1"),
    ("Coast", "E54000009", "QAA", "Atlantis", "E06000999", "1"),
)
POLICE: Final = table(
    "police.csv",
    ("ltla24_code", "ltla24_name", "csp24_code", "csp24_name", "pfa24_code", "pfa24_name"),
    ("E07000001", "North Dunes", "E22000001", "Dunes", "E23000001", "Coast"),
    ("E07000002", "South Dunes", "E22000001", "Dunes", "E23000001", "Coast"),
    ("E06000001", "Port", "E22000002", "Port, City of", "E23000002", "Port"),
    ("E06000001", "Port", "E22000009", "Moon", "E23000009", "Moon"),
)
TILES: Final = SourceFile(
    "map.hexjson",
    json.dumps(
        {
            "layout": "odd-r",
            "hexes": {"E10000001": {"n": "C", "q": -1, "r": 4}, "E06000001 ": {"n": "P", "q": 2, "r": 7}},
        }
    ).encode(),
)

TRUSTS: Final = trusts(trust("RAA", "SEA NHS TRUST", "QAA"), trust("RBB", "ROCK NHS TRUST", "QBB"))
REGIONS: Final = table(
    "regions.csv",
    ("ltla24_name", "ltla24_code", "region24_name", "region24_code"),
    ("Port", "E06000001", "North East", "E12000001"),
)
GOOD: Final = {
    "govuk-organisations": (govuk(*SEA),),
    "council-register": (register(),),
    "region-areas": (REGIONS, register()),
    "integrated-care-boards": (BOARDS,),
    "nhs-trusts": (TRUSTS, BOARDS),
    "care-areas": (CARE, BOARDS, register()),
    "police-forces": (FORCES,),
    "police-areas": (POLICE, FORCES, register()),
    "tile-map": (TILES, register()),
}


def cells(contribution: Contribution, name: str) -> list[dict[str, str]]:
    """The cells of the rows for one table."""
    return [dict(row.cells) for row in contribution.table(name)]


def ties(contribution: Contribution) -> set[tuple[str, str, str, str]]:
    """The ties: source, target, kind, level."""
    return {(row["source_id"], row["target_id"], row["kind"], row["level"]) for row in cells(contribution, "ties")}
