"""The words behind a page are those that it uses."""

from __future__ import annotations

from dashboards.app import create_app
from dashboards.views.words import words_in, words_view
from orchestrator.tables.glossary import read_glossary
from tests.packs import MISSION, SHAPES, library


def test_words_are_found_in_singular_and_plural_and_not_inside_others() -> None:
    assert [term.word for term in words_in(["TIES between organisations"])] == ["organisation (body)", "tie"]
    assert words_in(["tiers-état", "necktie", ""])[0].word == "tier"
    assert [term.word for term in words_in(["one that is cut off"])] == ["cut off"]


def test_the_page_of_words_holds_every_word_once_with_an_address() -> None:
    page = create_app(library(SHAPES["many gaps"])).server.test_client().get("/words").text
    assert len(words_view().terms) == len(read_glossary())
    for term in read_glossary():
        assert page.count(f'id="word-{term.key}"') == 1


def test_a_page_holds_the_meaning_of_its_words_and_leads_to_all() -> None:
    client = create_app(library(SHAPES["many gaps"])).server.test_client()
    page = client.get(f"/mission/{MISSION}/bottlenecks").text
    panel = page[page.index('id="words-used"') :]
    assert "<dt>relied on</dt>" in panel
    assert 'href="/words"' in panel
    assert "<dt>Body" not in panel


def test_what_data_holds_in_tables_adds_no_words() -> None:
    client = create_app(library(SHAPES["awkward names"])).server.test_client()
    assert "<dt><img" not in client.get(f"/mission/{MISSION}/network").text
