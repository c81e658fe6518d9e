"""Graph files of other programs: read strictly with the line of what is wrong; networkx and igraph are the oracle."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.tables.evidence import Evidence
from tests.unit.intake.evidence.read import mapped, read, reasons, refusal

GRAPHML = """<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="d0" for="node" attr.name="name" attr.type="string"/>
<key id="d1" for="edge" attr.name="weight" attr.type="double"><default>1</default></key>
<key id="d2" for="edge" attr.name="start" attr.type="string"/>
<key id="d3" for="node" attr.name="colour" attr.type="string"/>
<key id="d4" for="node"/>
<graph edgedefault="undirected">
<edge id="e0" source="n0" target="n1"><data key="d1">2.5</data><data key="d2">2020-04-30</data></edge>
<node id="n0"><data key="d0">A &amp; Co</data><data key="d3">red</data><data key="d4"><y:Shape/></data></node>
<node id="n1"><data key="d0">B</data></node>
<node id="n2"/>
<edge source="n1" target="n0"/>
</graph>
</graphml>
"""


def pairs(rows: list[Evidence]) -> Counter[tuple[str, str]]:
    return Counter((row.from_name, row.to_name) for row in rows)


def test_graphml_of_another_program() -> None:
    rows, report = read("a.graphml", GRAPHML)
    first = rows[0]
    assert (first.kind, first.from_name, first.to_name, first.starts) == ("tie", "A & Co", "B", "2020-04-30")
    assert (first.classification, first.record_id, first.row) == ("weight 2.5", "e0", "line 9")
    assert (rows[1].from_name, rows[1].classification) == ("B", "weight 1")
    said = " ".join(map(str, report.notices))
    assert "bodies without a tie, of which evidence says nothing: 1." in said
    assert "attributes from which nothing was taken: 'colour'." in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<graphml", '<!DOCTYPE graphml [<!ENTITY a "b">]><graphml', "line 2: it declares a document type."),
        ('<node id="n2"/>', '<node id="n1"/>', "line 12: the body 'n1' stands twice."),
        ('<node id="n2"/>', "<node/>", "line 12: a body has no id."),
        ('<node id="n2"/>', "<hyperedge/>", "line 12: 'hyperedge' in 'graph' is not read."),
        ('<node id="n2"/>', '<node id="x"><graph/></node>', "line 12: 'graph' in 'node' is not read."),
        ('key="d3"', 'key="d9"', "line 10: the key 'd9' is not declared."),
        ("</graph>", "", "this is no sound XML: mismatched tag."),
        ('<node id="n2"/>', "<y:a>" * 70, "it is nested too deeply"),
    ],
)
def test_graphml_that_is_not_sound_is_refused_with_its_line(old: str, new: str, said: str) -> None:
    assert said in refusal("a.graphml", GRAPHML.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"), [("2.5", "NaN"), ("2.5", "inf"), ("2.5", "much"), ('source="n0"', 'source="n7"')]
)
def test_a_tie_that_cannot_be_read_is_rejected_and_the_others_kept(old: str, new: str) -> None:
    rows, report = read("a.graphml", GRAPHML.replace(old, new, 1))
    assert (len(rows), report.rejected) == (1, 1)
    assert str(report.problems[0]).startswith("a.graphml, line 9: '")


def test_a_tie_with_oneself_is_set_aside() -> None:
    _, report = read("a.graphml", GRAPHML.replace('target="n1"', 'target="n0"', 1))
    assert reasons(report) == {"set aside: a tie of a body with itself": 1}


def test_dates_that_can_be_read_both_ways_are_asked_about() -> None:
    text = GRAPHML.replace("2020-04-30", "03/04/2020")
    assert "can be read as day and month or as month and day" in refusal("a.graphml", text)
    assert read("a.graphml", text, mapping=mapped(dates="month-day-year"))[0][0].starts == "2020-03-04"


GEXF = """<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
<meta><creator>x</creator></meta>
<graph defaultedgetype="directed">
<attributes class="node"><attribute id="0" title="town" type="string"/></attributes>
<nodes>
<node id="a" label="A &amp; Co"><attvalues><attvalue for="0" value="Leeds"/></attvalues><viz:color r="1"/></node>
<node id="b" label="B"/>
</nodes>
<edges><edge id="7" source="a" target="b" weight="2" kind="funds" start="2020-04-30" end="2021-01-01"/></edges>
</graph></gexf>
"""


def test_gexf_of_another_program() -> None:
    (row,), _ = read("a.gexf", GEXF)
    assert (row.from_name, row.from_town, row.to_name, row.programme) == ("A & Co", "Leeds", "B", "funds")
    assert (row.starts, row.ends, row.classification, row.row) == ("2020-04-30", "2021-01-01", "weight 2", "line 9")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<node id="b"', '<node id="a"', "line 7: the body 'a' stands twice."),
        ('for="0"', 'for="5"', "line 6: the attribute '5' is not declared."),
        ('label="B"/>', 'label="B"><nodes/></node>', "line 7: 'nodes' in 'node' is not read."),
        ("<gexf", "<!DOCTYPE gexf><gexf", "line 1: it declares a document type."),
    ],
)
def test_gexf_that_is_not_sound_is_refused_with_its_line(old: str, new: str, said: str) -> None:
    assert said in refusal("a.gexf", GEXF.replace(old, new, 1))


KUMU = """{"elements": [{"id": "1", "label": "A"}, {"label": "B", "attributes": {"town": "York"}}],
"connections": [{"from": "1", "to": "B", "type": "funds", "start": "2020-04-30", "strength": 2},
{"from": "A", "to": "C"}]}
"""


def test_a_kumu_blueprint() -> None:
    (row,), report = read("a.json", KUMU)
    assert (row.from_name, row.to_name, row.to_town, row.programme) == ("A", "B", "York", "funds")
    assert (row.starts, row.classification) == ("2020-04-30", "weight 2")
    assert reasons(report) == {"rejected: is no body of this file": 1}


def test_a_kumu_blueprint_of_the_wrong_form_is_refused() -> None:
    assert "'elements' is an object. It is a list of objects." in refusal(
        "a.json", '{"elements": {}, "connections": []}'
    )


PAJEK = """% remark
*Network x
*Vertices 4
1 "A and Co"
2 B 0.1 0.2
*Arcs :1 "funds"
1 2 2.5 l "grant"
*Edgeslist
3 1 2
"""


def test_pajek() -> None:
    rows, report = read("a.net", PAJEK)
    assert pairs(rows) == {("A and Co", "B"): 1, ("3", "A and Co"): 1, ("3", "B"): 1}
    assert (rows[0].classification, rows[0].programme, rows[0].title) == ("weight 2.5", "funds", "grant")
    assert rows[0].row == "line 7"
    assert report.kept == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("*Edgeslist", "*Matrix", "line 8: the section '*Matrix' is not read."),
        ("3 1 2", "3 1 9", "line 9: '9' is no vertex. Vertices are numbered from 1 to 4."),
        ("2 B", "1 B", "line 5: the body '1' stands twice."),
        ("*Vertices 4", "*Vertices four", "line 3: *Vertices has no number or stands twice."),
        ("1 2 2.5", "1", "line 7"),
    ],
)
def test_pajek_that_is_not_sound_is_refused_with_its_line(old: str, new: str, said: str) -> None:
    assert said in refusal("a.net", PAJEK.replace(old, new, 1))


@pytest.mark.parametrize(
    "text",
    [
        "dl n=3 format=edgelist1\nlabels:\nA,B\nC\ndata:\n1 2 1\n2 3 1\n",
        "DL n = 3, format = fullmatrix\nlabels: A B C\ndata:\n0 1 0\n0 0 1\n0 0 0\n",
        "dl n=3\nlabels embedded\ndata:\n  A B C\nA 0 1 0\nB 0 0 1\nC 0 0 0\n",
        "dl n=3 format=nodelist1 labels embedded\ndata:\nA B\nB C\n",
        "dl n=3 format=edgelist1 labels embedded data:\nA B\nB C\n",
    ],
)
def test_ucinet_dl_in_every_form(text: str) -> None:
    rows, _ = read("a.dl", text)
    assert pairs(rows) == {("A", "B"): 1, ("B", "C"): 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dl n=x\ndata:\n", "n is 'x'."),
        ("dl n=2\n0 1\n1 0\n", "there is no 'data:'."),
        ("dl n=2 format=rankedlist1\ndata:\n", "the format 'rankedlist1' is not read."),
        ("dl n=2\nlabels: A\ndata:\n0 1\n1 0\n", "there are 1 labels for 2 bodies."),
        ("dl n=2\ndata:\n0 1\n1\n", "line 4: the row has 1 cells. Each has 2."),
        ("dl n=2\ndata:\n0 x\n1 0\n", "line 3: 'x' is no weight."),
        ("dl n=2 nm=2\ndata:\n", "there are several matrices."),
        ("dl n=2 format=edgelist1\ndata:\n1 5\n", "line 3: '5' is no body."),
        ("dl n=1 format=edgelist1 labels embedded\ndata:\nA B\n", "line 3: 'B' is one body too many."),
    ],
)
def test_ucinet_dl_that_is_not_sound_is_refused(text: str, said: str) -> None:
    assert said in refusal("a.dl", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.dl", "dl n=3 labels:" + "A" * 300_000),
        ("a.dl", "dl n=3 labels:" + "\n" * 100_000 + "data"),
        ("a.net", "% " * 50_000),
        ("a.net", "*Vertices 3\n" + '"' * 300_001),
    ],
)
def test_long_words_cost_no_more_than_their_length(name: str, text: str) -> None:
    assert refusal(name, text, format={"a.dl": "dl", "a.net": "pajek"}[name])


def test_an_adjacency_matrix_both_ways_counts_each_tie_once() -> None:
    rows, report = read("a.csv", ",A,B,C\nA,0,1,\nB,1,0,2\nC,,2,0\n")
    assert pairs(rows) == {("A", "B"): 1, ("B", "C"): 1}
    assert "all 4 ties stand there both ways; each was taken once." in str(report.notices[0])
    rows, _ = read("a.csv", ",A,B\nA,0,\x1c1\nB,3\x1f,0\n")
    assert [(row.from_name, row.to_name, row.classification, row.row) for row in rows] == [
        ("A", "B", "weight 1", "row 2"),
        ("B", "A", "weight 3", "row 3"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (",A,B\nA,0,1\n", "there are 1 rows for 2 names."),
        (",A,B\nA,0,1\nC,1,0\n", "row 3 is 'C'. In the order of the first row it is 'B'."),
        (",A,B\nA,0,x\nB,1,0\n", "row 2: 'x' is no weight."),
        (",A,B\nA,0\nB,1,0\n", "row 2 has 2 cells."),
        (",A,A\nA,0,1\nA,1,0\n", "the body 'A' stands twice."),
    ],
)
def test_a_matrix_that_is_not_square_is_refused(text: str, said: str) -> None:
    assert said in refusal("a.csv", text)


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp", "Zs"]), min_size=1, max_size=6)
GRAPHS = st.lists(NAMES, min_size=2, max_size=6, unique=True).flatmap(
    lambda names: st.tuples(
        st.just(names),
        st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names), st.integers(1, 9)), min_size=1, max_size=8),
    )
)


def _graph(made: tuple[list[str], list[tuple[str, str, int]]], kind: Any) -> Any:
    graph = kind()
    for at, name in enumerate(made[0]):
        graph.add_node(f"n{at}", label=name)
    at = {name: f"n{at}" for at, name in enumerate(made[0])}
    graph.add_weighted_edges_from(
        (at[source], at[target], weight) for source, target, weight in made[1] if source != target
    )
    return graph


def _agree(rows: list[Evidence], graph: Any) -> bool:
    labels = networkx.get_node_attributes(graph, "label")
    ties = [(labels[source], labels[target], f"weight {w}") for source, target, w in graph.edges.data("weight")]
    return Counter((row.from_name, row.to_name, row.classification) for row in rows) == Counter(ties)


@settings(max_examples=40, deadline=None)
@given(GRAPHS)
def test_what_networkx_writes_is_read_as_it_means_it(made: tuple[list[str], list[tuple[str, str, int]]]) -> None:
    graph = _graph(made, networkx.MultiDiGraph)
    for name, write in (("a.graphml", networkx.write_graphml_xml), ("a.gexf", networkx.write_gexf)):
        file = BytesIO()
        write(graph, file)
        rows, report = read(name, file.getvalue())
        assert report.set_aside or _agree(rows, graph)


def test_what_igraph_writes_is_read_as_it_means_it(tmp_path: Path) -> None:
    graph = igraph.Graph.Barabasi(60, 2, directed=True)
    graph.vs["name"] = [f"Body {at}" for at in range(60)]
    expected = Counter((f"Body {edge.source}", f"Body {edge.target}") for edge in graph.es)
    graph.write_graphml(str(tmp_path / "a.graphml"))
    graph.vs["id"] = graph.vs["name"]
    graph.write_pajek(str(tmp_path / "a.net"))
    for path in sorted(tmp_path.iterdir()):
        assert pairs(read(path.name, path.read_bytes())[0]) == expected
