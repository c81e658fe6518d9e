"""Each format keeps the rules that its readers publish, and other programs read what we wrote."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest
from defusedxml import ElementTree

from orchestrator.cli.arguments import SNAPSHOT_FORMATS
from orchestrator.export.formats import FORMATS
from orchestrator.freezing import freeze, marked
from orchestrator.model.snapshot import Snapshot
from tests.laws.oracle import Tables
from tests.packs import DAY, MISSION, library, mission, pack

DANGEROUS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "[x](javascript:alert(1))")
Row = dict[str, str]


def tables() -> Tables:
    """A mission with an isolate, doubled tie rows, dates, and names that want to be formulas, links or scripts."""
    found = mission(ties="ca ca ab bd", needs="s-w t-e", works="a:s-w b:t-e", could="i:s-w")
    for row, name in zip(found["organisations"], DANGEROUS, strict=False):
        row["name"] = name
    ties = found["ties"]
    ties[0] |= {"kind": "funds", "strength": "0.1", "starts": "2020-01-01", "ends": "2031-01-01", "fund": "=1+1"}
    ties[1] |= {"kind": "funds", "strength": "0.30000000000000004", "starts": "", "ends": "", "fund": ""}
    ties[2] |= {"kind": "meets", "strength": "", "starts": "2026-05-01", "ends": "2026-04-01", "fund": ""}
    ties[3] |= {"kind": "", "strength": "", "starts": "", "ends": "2026-06-02", "fund": ""}
    return found


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return marked(freeze(pack(tables()), library(tables()).results(MISSION, DAY)), "OFFICIAL-SENSITIVE")


@pytest.fixture(scope="module")
def export(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("exports")

    def write(name: str) -> Path:
        (each,) = (one for one in FORMATS if one.name == name)
        for file, writer in each.files(snapshot).items():
            (folder / file).parent.mkdir(exist_ok=True)
            with (folder / file).open("wb") as stream:
                writer(stream)
        return folder / Path(next(iter(each.files(snapshot)))).parts[0]

    return write


def test_the_command_line_names_every_format() -> None:
    assert tuple(each.name for each in FORMATS) == SNAPSHOT_FORMATS


@pytest.mark.parametrize("name", [each.name for each in FORMATS])
def test_the_marking_is_in_every_file_and_in_its_name(name: str, export: Callable[[str], Path]) -> None:
    path = export(name)
    assert "OFFICIAL-SENSITIVE" in path.name
    for file in path.iterdir() if path.is_dir() else [path]:
        content = file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as parts:
                content = b"".join(parts.read(part) for part in parts.namelist())
            assert content.count(b"OFFICIAL-SENSITIVE") >= 3  # header, footer, properties
        if file.suffix not in (".csv", ".dl"):  # these have no place for it but the name
            assert b"OFFICIAL-SENSITIVE" in content
        assert "OFFICIAL-SENSITIVE" in file.name or file.name == "datapackage.json"


def agreed(graph: Any, snapshot: Snapshot) -> tuple[Counter[tuple[str, str]], set[str]]:
    rows = snapshot.graph.tie_rows
    pairs = Counter(tuple(sorted(ends)) for ends in zip(rows["source_id"], rows["target_id"], strict=True))
    return pairs, set(snapshot.graph.organisations["organisation_id"])


def test_networkx_reads_the_graphml(export: Callable[[str], Path], snapshot: Snapshot) -> None:
    found = networkx.read_graphml(export("graphml"))
    pairs, bodies = agreed(found, snapshot)
    assert set(found) == bodies
    assert Counter(tuple(sorted(edge[:2])) for edge in found.edges) == pairs
    assert {n for n, member in found.nodes(data="member") if member} == set(snapshot.graph.members)
    assert sorted(found.nodes[n]["name"] for n in found) == sorted(snapshot.graph.organisations["name"])
    assert sorted(s for *_, s in found.edges(data="strength")) == sorted(snapshot.graph.tie_rows["strength"])
    assert found.graph["digest"] == snapshot.graph.digest
    assert found.graph["marking"] == "OFFICIAL-SENSITIVE"


def test_igraph_reads_the_graphml(export: Callable[[str], Path], snapshot: Snapshot) -> None:
    found = igraph.Graph.Read_GraphML(str(export("graphml")))
    pairs, bodies = agreed(found, snapshot)
    ids = found.vs["organisation_id"]
    assert set(ids) == bodies
    assert Counter(tuple(sorted((ids[e.source], ids[e.target]))) for e in found.es) == pairs
    assert {n for n, member in zip(ids, found.vs["member"], strict=True) if member} == set(snapshot.graph.members)
    assert sorted(found.es["strength"]) == sorted(snapshot.graph.tie_rows["strength"])
    assert found["digest"] == snapshot.graph.digest


def test_networkx_reads_the_gexf(export: Callable[[str], Path], snapshot: Snapshot) -> None:
    found = networkx.read_gexf(export("gexf"), version="1.3")
    pairs, bodies = agreed(found, snapshot)
    assert set(found) == bodies
    assert Counter(tuple(sorted(edge[:2])) for edge in found.edges) == pairs
    assert sorted(s for *_, s in found.edges(data="strength")) == sorted(snapshot.graph.tie_rows["strength"])


def test_the_gexf_keeps_the_published_rules(export: Callable[[str], Path]) -> None:
    """GEXF 1.3: its namespace; times inclusive, start ≤ end; every attvalue declared; parallel edges differ in kind."""
    ns = "{http://gexf.net/1.3}"
    root = ElementTree.parse(export("gexf")).getroot()
    assert (root.tag, root.get("version")) == (f"{ns}gexf", "1.3")
    graph = root.find(f"{ns}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert graph.get("timerepresentation") == "interval"
    declared = {each.get("id"): each.get("type") for each in graph.iter(f"{ns}attribute")}
    assert set(declared.values()) <= {"string", "double", "boolean"}
    assert {each.get("for") for each in graph.iter(f"{ns}attvalue")} <= set(declared)
    assert all(node.get("id") and node.get("label") is not None for node in graph.iter(f"{ns}node"))
    edges = list(graph.iter(f"{ns}edge"))
    keys = [(*sorted((edge.get("source"), edge.get("target"))), edge.get("kind")) for edge in edges]
    assert len(set(keys)) == len(edges)
    times = {(edge.get("start"), edge.get("end")) for edge in edges}
    assert ("2020-01-01", "2030-12-31") in times
    assert all(not first or not last or date.fromisoformat(first) <= date.fromisoformat(last) for first, last in times)
    assert not any(edge.get("weight") for edge in edges)  # strength is called strength


def test_the_kumu_blueprint_keeps_the_published_rules(export: Callable[[str], Path], snapshot: Snapshot) -> None:
    """Elements and connections; ids unique over both; connections name elements; direction is one of three."""
    found = json.loads(export("kumu").read_text(encoding="utf-8"))
    ids = [each["id"] for each in (*found["elements"], *found["connections"])]
    assert len(set(ids)) == len(ids)
    elements = {each["id"] for each in found["elements"]}
    assert len(elements) == len(snapshot.graph.members)
    assert all(each["label"] for each in found["elements"])
    assert {each[end] for each in found["connections"] for end in ("from", "to")} <= elements
    assert {each["direction"] for each in found["connections"]} <= {"directed", "undirected", "mutual"}
    assert not re.search(r"(?<!\\)<script|(?<!\\)\[x", json.dumps(found).replace("\\\\", "\\"))


def test_networkx_reads_the_node_link_json(export: Callable[[str], Path], snapshot: Snapshot) -> None:
    found = networkx.node_link_graph(json.loads(export("node-link").read_text(encoding="utf-8")), edges="edges")
    pairs, bodies = agreed(found, snapshot)
    assert found.is_multigraph()
    assert set(found) == bodies
    assert Counter(tuple(sorted(edge[:2])) for edge in found.edges) == pairs


def test_igraph_and_networkx_read_the_pajek_file(export: Callable[[str], Path], snapshot: Snapshot) -> None:
    ours = {
        (s, t): w for s, t, w in snapshot.graph.ties[["source_id", "target_id", "strength"]].itertuples(index=False)
    }
    theirs = networkx.read_pajek(export("pajek"))
    assert set(theirs) == set(snapshot.graph.members)
    assert {tuple(sorted((s, t))): w for s, t, w in theirs.edges(data="weight")} == ours
    found = igraph.Graph.Read_Pajek(str(export("pajek")))
    print(found.vs.attributes())
    assert found.vs["name"] == list(snapshot.graph.members)
    assert sorted(found.es["weight"]) == sorted(ours.values())


def test_igraph_reads_the_dl_file_both_ways(export: Callable[[str], Path], snapshot: Snapshot) -> None:
    found = igraph.Graph.Read_DL(str(export("dl")), directed=True)
    assert found.vs["name"] == list(snapshot.graph.members)
    assert found.ecount() == 2 * len(snapshot.graph.ends)
    assert all(found.is_mutual())


def test_the_csv_tables_are_as_the_data_package_says(export: Callable[[str], Path], snapshot: Snapshot) -> None:
    """Frictionless: names in lower case, every resource's fields are its headings, in order."""
    folder = export("csv")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    for resource in package["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        assert all(len(row) == len(rows[0]) for row in rows)
    listed = {resource["path"] for resource in package["resources"]} | {"datapackage.json"}
    assert {path.name for path in folder.iterdir()} == listed


def test_no_cell_of_a_csv_table_would_run(export: Callable[[str], Path]) -> None:
    for path in export("csv").glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
                assert not cell.startswith("-") or re.fullmatch(r"-[\d.e+-]+", cell)


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_no_workbook_holds_a_formula_a_link_or_a_script(name: str, export: Callable[[str], Path]) -> None:
    with zipfile.ZipFile(export(name)) as parts:
        names = parts.namelist()
        text = b"".join(parts.read(part) for part in names).decode()
    assert not re.search(r"<f[ >]|table:formula|<hyperlink|xlink:href|<script|externalLink", text)
    assert not [part for part in names if "vba" in part.lower() or part.startswith(("Basic/", "Scripts/"))]


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_no_graph_file_holds_an_element_that_came_from_data(name: str, export: Callable[[str], Path]) -> None:
    root = ElementTree.parse(export(name), forbid_dtd=True).getroot()
    assert not [each for each in root.iter() if str(each.tag).rpartition("}")[2] == "script"]


def test_leaving_scores_out_leaves_no_sentence_about_a_body(snapshot: Snapshot) -> None:
    found = marked(snapshot, None, leave_out_scores=True)
    names = [name for name in snapshot.graph.organisations["name"] if len(name) > 2]
    text = json.dumps([dict(row) for row in found.findings["findings"]], ensure_ascii=False)
    assert snapshot.findings["organisations"]
    assert (found.findings["organisations"], found.findings["ties"]) == ([], [])
    assert not [name for name in names if name in text]
    assert not [row for row in found.findings["findings"] if row["subject_kind"] in ("organisation", "tie")]
    assert found.manifest["scores_left_out"] is True
    assert len(found.findings["requirements"]) == len(snapshot.findings["requirements"])
