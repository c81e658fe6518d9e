"""The public documents that the registers rest on, each as a row of the table of sources."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["cited"]

_OGL: Final = "Open Government Licence v3.0"
_LAW: Final = "https://www.legislation.gov.uk/ukpga"

#: source_id → title, publisher, date, address, licence.
_SOURCES: Final = MappingProxyType(
    {
        "govuk-organisations": (
            "Departments, agencies and public bodies (organisations list and its API)",
            "Government Digital Service",
            "",
            "https://www.gov.uk/government/organisations",
            _OGL,
        ),
        "council-register": (
            "UK local authority names and codes",
            "mySociety",
            "",
            "https://pages.mysociety.org/uk_local_authority_names_and_codes/",
            "CC BY 4.0",
        ),
        "ons-codes": (
            "Names and codes of countries, regions, combined authorities and local authorities",
            "Office for National Statistics",
            "",
            "https://geoportal.statistics.gov.uk/",
            _OGL,
        ),
        "ons-icb-names": (
            "Integrated Care Boards (December 2024) names and codes in England",
            "Office for National Statistics",
            "2024-12",
            "https://geoportal.statistics.gov.uk/search?q=NAC_ICB",
            _OGL,
        ),
        "ons-icb-lookup": (
            "Lower layer super output areas to integrated care boards to local authority districts (2022) look-up",
            "Office for National Statistics",
            "2022",
            "https://geoportal.statistics.gov.uk/search?q=LUP_LSOA_SICBL_ICB_LAD",
            _OGL,
        ),
        "ons-police-lookup": (
            "Local authority districts to community safety partnerships to police force areas (2024) look-up",
            "Office for National Statistics",
            "2024",
            "https://geoportal.statistics.gov.uk/search?q=LUP_LAD_CSP_PFA",
            _OGL,
        ),
        "ons-region-lookup": (
            "Local authority districts to regions and to combined authorities look-ups",
            "Office for National Statistics",
            "2024",
            "https://geoportal.statistics.gov.uk/search?q=LUP_LAD_RGN",
            _OGL,
        ),
        "nhs-ods": (
            "NHS trusts in the Organisation Data Service (etr)",
            "NHS England",
            "",
            "https://digital.nhs.uk/services/organisation-data-service",
            _OGL,
        ),
        "police-force-register": (
            "Police force register",
            "Government Digital Service (open registers)",
            "",
            "https://github.com/openregister/police-data",
            _OGL,
        ),
        "hex-maps": (
            "Hex maps of areas of the United Kingdom (hexjson)",
            "ODI Leeds",
            "",
            "https://github.com/odileeds/hexmaps",
            "MIT",
        ),
        "combined-authorities-act": (
            "Local Democracy, Economic Development and Construction Act 2009, part 6 (combined authorities)",
            "Parliament of the United Kingdom",
            "2009-11-12",
            f"{_LAW}/2009/20/part/6",
            _OGL,
        ),
        "combined-county-authorities-act": (
            "Levelling-up and Regeneration Act 2023, part 2 chapter 1 (combined county authorities)",
            "Parliament of the United Kingdom",
            "2023-10-26",
            f"{_LAW}/2023/55/part/2/chapter/1",
            _OGL,
        ),
        "greater-london-authority-act": (
            "Greater London Authority Act 1999",
            "Parliament of the United Kingdom",
            "1999-11-11",
            f"{_LAW}/1999/29",
            _OGL,
        ),
        "care-partnerships-act": (
            "Local Government and Public Involvement in Health Act 2007, section 116ZA (integrated care partnerships)",
            "Parliament of the United Kingdom",
            "2007-10-30",
            f"{_LAW}/2007/28/section/116ZA",
            _OGL,
        ),
        "nhs-act-2006": (
            "National Health Service Act 2006, part 2 chapter A3 (integrated care boards, joint forward plans)",
            "Parliament of the United Kingdom",
            "2006-11-08",
            f"{_LAW}/2006/41/part/2/chapter/A3",
            _OGL,
        ),
        "health-and-social-care-act-2012": (
            "Health and Social Care Act 2012, part 3 chapter 3 (licensing of providers)",
            "Parliament of the United Kingdom",
            "2012-03-27",
            f"{_LAW}/2012/7/part/3/chapter/3",
            _OGL,
        ),
        "crime-and-disorder-act-1998": (
            "Crime and Disorder Act 1998, sections 5 and 6 (authorities responsible for strategies)",
            "Parliament of the United Kingdom",
            "1998-07-31",
            f"{_LAW}/1998/37/section/5",
            _OGL,
        ),
        "police-act-1996": (
            "Police Act 1996, section 54 (inspection of police forces)",
            "Parliament of the United Kingdom",
            "1996-05-22",
            f"{_LAW}/1996/16/section/54",
            _OGL,
        ),
    }
)
_COLUMNS: Final = ("title", "publisher", "date", "address", "licence")


def cited(*source_ids: str) -> list[Mapping[str, str]]:
    """The rows of these sources. Raises KeyError for one that is not known here.

    >>> cited("hex-maps")[0]["publisher"]
    'ODI Leeds'
    """
    rows = ({"source_id": name, **dict(zip(_COLUMNS, _SOURCES[name], strict=True))} for name in source_ids)
    return [{column: cell for column, cell in row.items() if cell} for row in rows]
