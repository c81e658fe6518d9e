"""Which mission continues which, in words and with links."""

from __future__ import annotations

import html
import re

from dashboards.app import create_app
from dashboards.questions import standings_of
from dashboards.selection import Selection
from dashboards.views.missions import MissionsView, missions_view
from tests.packs import DAY, library, mission


def told() -> MissionsView:
    tables = mission(ties="ca")
    first = {**tables["missions"][0], "follows": ""}
    tables["missions"] = [
        first,
        {**first, "mission_id": "n", "title": "Theirs", "follows": "m"},
        {**first, "mission_id": "o", "title": "Both", "follows": "m|n"},
    ]
    made = library(tables)
    chosen = Selection(on=DAY)
    return missions_view(standings_of(lambda *_: None, made.pack, DAY, 2), made.pack["missions"], chosen)


def test_lineage_is_told_both_ways() -> None:
    lineage = {line.mission_id: line.lineage for line in told().missions}
    ours, theirs = ("Ours", "/mission/m?on=2026-06-01"), ("Theirs", "/mission/n?on=2026-06-01")
    both = ("Both", "/mission/o?on=2026-06-01")
    assert lineage["m"] == (("It is continued by", (theirs, both)),)
    assert lineage["n"] == (("It continues", (ours,)), ("It is continued by", (both,)))
    assert lineage["o"] == (("It continues", (ours, theirs)),)


def test_the_page_tells_it_in_a_sentence() -> None:
    tables = mission(ties="ca")
    first = {**tables["missions"][0], "follows": ""}
    tables["missions"] = [first, {**first, "mission_id": "n", "title": "Theirs", "follows": "m"}]
    page = create_app(library(tables)).server.test_client().get("/").text
    said = " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())
    assert "It is continued by Theirs ." in said
    assert "It continues Ours ." in said
