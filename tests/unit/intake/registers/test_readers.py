"""Each published format: what is taken from it, what is set aside and why."""

from __future__ import annotations

from orchestrator.intake.registers import Contribution, SourceFile
from orchestrator.intake.registers.care_areas import read_care_areas
from orchestrator.intake.registers.council_register import read_council_register
from orchestrator.intake.registers.govuk_organisations import read_govuk_organisations
from orchestrator.intake.registers.nhs import read_care_boards, read_nhs_trusts
from orchestrator.intake.registers.police import read_police_areas, read_police_forces
from orchestrator.intake.registers.region_areas import read_region_areas
from orchestrator.intake.registers.tile_maps import read_tile_map
from tests.unit.intake.registers import made
from tests.unit.intake.registers.made import cells, ties


def aside(contribution: Contribution) -> dict[str, str]:
    """What was set aside: the record and the reason."""
    return {each.record: each.reason for each in contribution.set_aside}


def by(contribution: Contribution, table: str, key: str) -> dict[str, dict[str, str]]:
    return {row[key]: row for row in cells(contribution, table)}


def test_govuk_live_bodies_are_organisations_under_the_id_of_their_name() -> None:
    found = by(read_govuk_organisations([made.govuk(*made.SEA)]), "organisations", "organisation_id")
    assert set(found) == {"department-for-the-sea", "tides-r-us", "harbours-board-for-wales"}
    assert found["tides-r-us"] == {
        "organisation_id": "tides-r-us",
        "name": "Tides 'r' Us",
        "sector": "central",
        "kind": "executive agency",
        "tier": "uk",
        "parent_id": "GB-GOR-D1",
        "aliases": "Tide Office",
        "identifiers": "GB-GOR-EA2",
        "website": made.PAGE + "tides",
        "source": "govuk-organisations",
    }
    assert found["department-for-the-sea"]["aliases"] == "DS"
    assert found["harbours-board-for-wales"]["tier"] == "nation"


def test_govuk_parents_govern_at_level_4_what_is_a_part_of_them() -> None:
    found = ties(read_govuk_organisations([made.govuk(*made.SEA)]))
    assert found == {("GB-GOR-D1", "GB-GOR-EA2", "governs", "4"), ("GB-GOR-D1", "GB-GOR-PB3", "governs", "3")}


def test_govuk_closed_bodies_give_a_former_name_or_are_set_aside_with_the_reason() -> None:
    contribution = read_govuk_organisations([made.govuk(*made.SEA)])
    assert aside(contribution) == {
        "Ebb Office": "closed: replaced",
        "Foam Board": "closed: no longer exists",
        "Wave Board": "closed: split",
    }
    assert contribution.read == {"organisations.json": 7}


def test_govuk_of_several_parents_the_one_department_is_the_parent_and_all_are_tied() -> None:
    extra = made.body("both", "OT8", "Joint Office", parents=["tides", "sea"])
    contribution = read_govuk_organisations([made.govuk(*made.SEA, extra)])
    assert by(contribution, "organisations", "organisation_id")["joint-office"]["parent_id"] == "GB-GOR-D1"
    assert len([tie for tie in ties(contribution) if tie[1] == "GB-GOR-OT8"]) == 2


def test_no_bodies_no_rows_but_the_source() -> None:
    contribution = read_govuk_organisations([made.govuk()])
    assert [row.table for row in contribution.rows] == ["sources"]


def test_councils_lie_in_county_combined_authority_and_region() -> None:
    places = by(read_council_register([made.register()]), "places", "place_id")
    assert places["E07000001"]["parent_id"] == "E10000001|E12000001"
    assert places["E07000001"]["level"] == "lower-tier"
    assert places["E10000001"]["parent_id"] == "E47000001|E12000001"
    assert places["E47000001"] == {
        "place_id": "E47000001",
        "name": "Coast and Port",
        "level": "combined-authority",
        "parent_id": "E12000001",
        "source": "council-register",
    }
    assert places["S12000001"]["parent_id"] == "S92000003"


def test_councils_have_the_identifier_of_their_nation_and_former_names() -> None:
    contribution = read_council_register([made.register()])
    found = by(contribution, "organisations", "organisation_id")
    assert found["north-dunes-council"]["identifiers"] == "GB-LAE-DNO"
    assert found["north-dunes-council"]["aliases"] == "Cliff Council"
    assert found["glen-council"]["identifiers"] == "GB-LAS-GLN"
    assert found["coast-and-port-combined-county-authority"]["kind"] == "combined county authority"
    assert aside(contribution) == {"Rock Council": "past: several councils replaced it"}


def test_members_of_a_combined_authority_are_tied_to_it() -> None:
    found = ties(read_council_register([made.register()]))
    assert found == {("GB-LAE-CTA", "GB-LAE-CCA", "governs", "3"), ("GB-LAE-PRT", "GB-LAE-CCA", "governs", "3")}


def test_spellings_are_aliases_unless_two_councils_share_them() -> None:
    rows = (("Port", "PRT"), ("PORT", "PRT"), ("port city", "PRT"), ("Dunes", "DNO"), ("Dunes", "DSO"))
    spellings = made.table("names.csv", ("la-name", "local-authority-code"), *rows)
    found = by(read_council_register([made.register(), spellings]), "organisations", "organisation_id")
    assert found["port-city-council"]["aliases"] == "Port"
    assert "aliases" not in found["south-dunes-council"]


def test_a_correction_changes_a_cell_and_names_its_source() -> None:
    headings = ("local-authority-code", "column", "value", "because", "source")
    law = "https://www.legislation.gov.uk/made-up"
    new = (("official-name", "Sea Combined Authority"), ("local-authority-type", "COMB"), ("nation", "England"))
    rows = [("NEW", column, value, "new", law) for column, value in (*new, ("region", "North East"))]
    rows += [("NEW", "current-authority", "True", "new", law), ("PRT", "combined-authority", "NEW", "moved", law)]
    contribution = read_council_register([made.register(), made.table("mended.csv", headings, *rows)])
    found = by(contribution, "organisations", "organisation_id")["sea-combined-authority"]
    assert found["source"] == law
    assert "identifiers" not in found
    assert ("GB-LAE-PRT", "sea-combined-authority", "governs", "3") in ties(contribution)


def test_regions_are_put_in_through_codes_that_are_no_longer_in_use() -> None:
    headings = ("ltla24_name", "ltla24_code", "region24_name", "region24_code")
    rows = (("Cliff", "E07000099", "North East", "E12000001"), ("Atlantis", "E06000999", "Sea", "E12000999"))
    contribution = read_region_areas([made.table("regions.csv", headings, *rows), made.register()])
    assert [(row["place_id"], row["parent_id"]) for row in cells(contribution, "places")] == [
        ("E07000001", "E12000001")
    ]
    assert aside(contribution) == {"E06000999": "the register does not hold the district"}


def test_boards_are_bodies_and_areas_under_nhs_england() -> None:
    contribution = read_care_boards([made.BOARDS])
    found = by(contribution, "organisations", "organisation_id")["nhs-coast-integrated-care-board"]
    assert (found["identifiers"], found["aliases"]) == ("GB-NHS-QAA", "NHS Coast ICB|Coast ICB")
    assert by(contribution, "places", "place_id")["E54000001"]["name"] == "Coast"
    assert ("GB-GOR-PB481", "GB-NHS-QAA", "governs", "3") in ties(contribution)


def test_trusts_keep_a_former_name_and_closed_ones_are_set_aside() -> None:
    old = made.trusts(made.trust("RAA", "SEA AND SHORE NHS TRUST", "QAA"), name="old.csv")
    new = made.trusts(
        made.trust("RAA", "SEA AND SHORE NHS FOUNDATION TRUST", "QAA"),
        made.trust("RBB", "ROCK NHS TRUST", "QAA", closed="20210331"),
        made.trust("RCC", "WELSH FERRIES NHS TRUST", ""),
    )
    contribution = read_nhs_trusts([old, new, made.BOARDS])
    found = by(contribution, "organisations", "organisation_id")
    assert found["sea-and-shore-nhs-foundation-trust"]["aliases"] == "Sea and Shore NHS Trust"
    assert found["sea-and-shore-nhs-foundation-trust"]["seat_place_id"] == "E54000001"
    assert found["welsh-ferries-nhs-trust"]["tier"] == "nation"
    assert aside(contribution) == {"Rock NHS Trust": "closed"}
    assert ties(contribution) == {
        ("GB-NHS-QAA", "GB-NHS-RAA", "commissions", "3"),
        ("GB-GOR-PB481", "GB-NHS-RAA", "regulates", "2"),
    }


def test_only_what_lies_wholly_in_a_boards_area_is_put_inside_it() -> None:
    contribution = read_care_areas([made.CARE, made.BOARDS, made.register()])
    inside = {row["place_id"]: row["parent_id"] for row in cells(contribution, "places")}
    assert inside == {
        "E54000001": "E12000001",
        "E54000002": "E12000001",
        "E07000001": "E54000001",
        "E06000001": "E54000001",
    }
    assert set(aside(contribution)) == {"Nowhere", "Atlantis"}


def test_boards_are_tied_to_councils_with_social_care_wholly_or_partly_inside() -> None:
    found = ties(read_care_areas([made.CARE, made.BOARDS, made.register()]))
    assert {tie[:2] for tie in found} == {
        ("GB-NHS-QAA", "GB-LAE-CTA"),
        ("GB-NHS-QBB", "GB-LAE-CTA"),
        ("GB-NHS-QAA", "GB-LAE-PRT"),
    }


def test_forces_are_bodies_that_the_inspectorate_inspects() -> None:
    contribution = read_police_forces([made.FORCES])
    assert set(by(contribution, "organisations", "organisation_id")) == {"coast-constabulary", "port-police"}
    assert ("GB-GOR-OT1241", "port-police", "regulates", "2") in ties(contribution)


def test_councils_forces_and_partnerships_are_tied_by_law() -> None:
    contribution = read_police_areas([made.POLICE, made.FORCES, made.register()])
    found = {tie[:2] for tie in ties(contribution)}
    assert ("coast-constabulary", "GB-LAE-CTA") in found
    assert ("coast-constabulary", "GB-LAE-DNO") in found
    assert ("GB-LAE-CTA", "dunes-community-safety-partnership") in found
    assert ("coast-constabulary", "dunes-community-safety-partnership") in found
    inside = {row["place_id"]: row.get("parent_id", "") for row in cells(contribution, "places")}
    assert inside["E10000001"] == inside["E07000001"] == "E23000001"
    assert aside(contribution) == {"Moon": "no force of this name is in the register of forces"}


def test_names_of_cities_are_written_as_they_are_said() -> None:
    contribution = read_police_areas([made.POLICE, made.FORCES, made.register()])
    assert "port-community-safety-partnership" in by(contribution, "organisations", "organisation_id")


def test_a_partnership_of_a_part_of_a_district_is_not_made() -> None:
    rows = [("E06000001", "Port", f"E2200000{n}", f"Old {n}", "E23000002", "Port") for n in (3, 4)]
    headings = ("ltla24_code", "ltla24_name", "csp24_code", "csp24_name", "pfa24_code", "pfa24_name")
    contribution = read_police_areas([made.table("police.csv", headings, *rows), made.FORCES, made.register()])
    assert cells(contribution, "organisations") == []
    assert {tie[:2] for tie in ties(contribution)} == {("port-police", "GB-LAE-PRT")}


def test_tiles_count_from_the_top_left() -> None:
    contribution = read_tile_map([made.TILES])
    found = {row["place_id"]: (row["tile_column"], row["tile_row"]) for row in cells(contribution, "places")}
    assert found == {"E10000001": ("0", "3"), "E06000001": ("3", "0")}


def test_tiles_of_boards_are_found_by_their_short_codes() -> None:
    text = b'{"layout": "odd-r", "hexes": {"QAA": {"q": 1, "r": 1}, "QBB": {"q": 1, "r": 2}}}'
    contribution = read_tile_map([SourceFile("boards.hexjson", text), made.BOARDS])
    assert [row["place_id"] for row in cells(contribution, "places")] == ["E54000001", "E54000002"]


def test_a_tile_whose_code_was_split_is_set_aside() -> None:
    text = b'{"layout": "odd-r", "hexes": {"E07000097": {"q": 1, "r": 1}, "E07000098": {"q": 1, "r": 2}}}'
    contribution = read_tile_map([SourceFile("districts.hexjson", text), made.register()])
    assert [row["place_id"] for row in cells(contribution, "places")] == ["E07000002"]
    assert list(aside(contribution)) == ["E07000097"]
