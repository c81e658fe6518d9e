"""Each chart comes with a sentence and with a table that holds the same; names of any kind stay names."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from dashboards.app import create_app
from tests.packs import HTML, LONG, MISSION, SHAPES, library

PATHS = ("", "/coverage", "/network", "/bottlenecks", "/principles")
STATES = ("gap", "no data", "on paper", "thin", "covered")


class Page(HTMLParser):
    """A page as cards: the sentence of each, what is in its body, and the rows of its table."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.cards: dict[str, dict[str, list[str]]] = {}
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.tags[tag] += 1
        if tag == "a":
            self.links.append(found.get("href") or "")
        if tag not in ("br", "hr", "img", "input", "meta", "link"):
            self.open.append((tag, found))
        if tag == "section" and "app-card" in (found.get("class") or "").split():
            self.cards[found.get("id") or ""] = {"sentence": [], "figure": [], "table": [], "cells": []}
        if (card := self.card) is not None and tag == "tr" and self.within("details"):
            card["table"].append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        card = self.card
        if card is None:
            return
        if self.within_class("app-card__sentence"):
            card["sentence"].append(text)
        elif self.within("details") and self.within("tr"):
            card["table"][-1] += ("|" if card["table"][-1] else "") + text
        elif self.within_class("app-card__body"):
            card["figure"].append(text)

    @property
    def card(self) -> dict[str, list[str]] | None:
        ids = [found.get("id") or "" for tag, found in self.open if tag == "section"]
        return next((self.cards[one] for one in reversed(ids) if one in self.cards), None)

    def within(self, wanted: str) -> bool:
        return any(tag == wanted for tag, _ in self.open)

    def within_class(self, wanted: str) -> bool:
        return any(wanted in (found.get("class") or "").split() for _, found in self.open)

    def rows(self, card: str) -> list[list[str]]:
        return [row.split("|") for row in self.cards[card]["table"][1:]]


def page(shape: str, path: str) -> Page:
    answer = create_app(library(SHAPES[shape])).server.test_client().get(path + "?on=2026-06-01")
    return Page(answer.text)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_chart_has_a_sentence_and_a_table(shape: str) -> None:
    client = create_app(library(SHAPES[shape])).server.test_client()
    for path in ("/", *(f"/mission/{MISSION}{part}" for part in PATHS)):
        found = Page(client.get(path + "?on=2026-06-01").text)
        assert found.cards, path
        for name, card in found.cards.items():
            said = "".join(card["sentence"]).strip()
            assert said.endswith("."), (path, name)
            empty = "No requirements are recorded" in said
            assert empty or card["table"], (path, name)


@pytest.mark.parametrize("shape", ["many gaps", "elsewhere too", "two in one cell", "known and unknown", "no gaps"])
def test_the_need_grid_and_its_table_hold_the_same_cells(shape: str) -> None:
    found = page(shape, f"/mission/{MISSION}/coverage")
    for card in ("need-grid", "other-places"):
        if card not in found.cards:
            continue
        read = re.findall(
            r"(\?|\d+)\|?(?: of \d+ needed\.)? ([^|]*?), ([^|]*?): (gap|no data|on paper|thin|covered)",
            "|".join(found.cards[card]["figure"]),
        )
        in_grid = Counter((what, where, state, number) for number, what, where, state in read)
        in_table = Counter((what, where, state, working) for what, where, state, working, _ in found.rows(card))
        assert in_grid == in_table
        assert in_grid


@pytest.mark.parametrize("shape", ["many gaps", "two worst places", "known and unknown", "no gaps"])
def test_the_tiles_and_their_table_hold_the_same_places(shape: str) -> None:
    found = page(shape, f"/mission/{MISSION}/coverage")
    shown = "|".join(found.cards["tiles"]["figure"])
    tiles = {name: (risk, of) for name, risk, of in re.findall(r"(Place \w)\|(\d+)\| at risk of (\d+)", shown)}
    table = {row[0]: (row[1], str(sum(map(int, row[2:])))) for row in found.rows("tiles")}
    assert tiles == table
    assert tiles


def test_the_findings_shown_are_the_first_of_their_table() -> None:
    found = page("many gaps", f"/mission/{MISSION}")
    shown = "".join(found.cards["findings"]["figure"])
    rows = found.rows("findings")
    assert len(rows) > 5
    for statement, severity, action, _ in rows[:5]:
        assert f"{severity}{statement}What to do: {action}" in shown
    assert rows[5][0] not in shown


def test_everyone_who_is_relied_on_stands_in_the_list_and_in_the_table() -> None:
    found = page("many gaps", f"/mission/{MISSION}/bottlenecks")
    shown = "".join(found.cards["relied-on"]["figure"])
    rows = found.rows("relied-on")
    assert len(rows) == 5
    assert all(row[1] in shown and row[-1] in shown and f"{row[5]} of the weight" in shown for row in rows)


def test_the_bar_of_a_mission_and_its_table_hold_the_same_states() -> None:
    found = page("many gaps", "/")
    (row,) = found.rows("set-0")
    bar = [text for text in found.cards["set-0"]["figure"] if text.isdecimal()]
    assert bar == [number for number in row[4:] if number != "0"]
    assert sum(map(int, bar)) == int(row[3])


@pytest.mark.parametrize("path", ["/", *(f"/mission/{MISSION}{part}" for part in PATHS)])
def test_names_of_any_kind_stay_names(path: str) -> None:
    found = page("awkward names", path)
    assert found.tags["img"] == 0
    assert all(link.startswith(("/", "#", "https://", "http://")) for link in found.links)
    if path.endswith("/network"):
        names = [row[0] for row in found.rows("network")]
        assert HTML in names
    if path.endswith("/coverage"):
        assert any(LONG.strip() in row[0] or HTML in row[0] for row in found.rows("need-grid"))


def test_every_link_of_a_page_leads_to_a_page() -> None:
    client = create_app(library(SHAPES["many gaps"])).server.test_client()
    for path in ("/", *(f"/mission/{MISSION}{part}" for part in PATHS)):
        links = {link.partition("#")[0] for link in Page(client.get(path).text).links}
        assert {client.get(link).status_code for link in links if link} == {200}, path


def test_the_key_of_the_ring_map_names_only_what_is_shown() -> None:
    reached = create_app(library(SHAPES["no gaps"])).server.test_client().get(f"/mission/{MISSION}/network").text
    unreached = (
        create_app(library(SHAPES["nobody is reached"])).server.test_client().get(f"/mission/{MISSION}/network").text
    )
    for text in (reached, unreached):
        assert ("app-key__dot--missing" in text) == ("app-disc--missing" in text)
    assert ("app-key__dot--no-route" in reached, "app-key__dot--no-route" in unreached) == (False, True)


def test_the_day_field_says_the_form_of_a_day() -> None:
    text = create_app(library(SHAPES["no gaps"])).server.test_client().get(f"/mission/{MISSION}").text
    label = re.search(r"<label[^>]*for=\"choose-on\"[^>]*>(.*?)</label>", text)
    assert label
    assert "year-month-day" in label[1]
