"""Files of every format, and the ways in which they are damaged."""

from __future__ import annotations

import json
import random
from io import BytesIO

import networkx
import xlsxwriter


def _workbook() -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("April")
        sheet.write_row(0, 0, ["Entity", "Date", "Supplier", "Amount"])
        sheet.write_row(1, 0, ["A trust", "30/04/2020", "A firm", 25000])
    return content.getvalue()


def _graph(write: str) -> bytes:
    graph = networkx.MultiDiGraph()
    graph.add_node("a", label="A & Co")
    graph.add_node("b", label="B")
    graph.add_edge("a", "b", weight=2.5, start="2020-04-30", kind="funds")
    file = BytesIO()
    getattr(networkx, write)(graph, file)
    return file.getvalue()


_GRANT = {
    "id": "360G-1",
    "title": "Choir",
    "currency": "GBP",
    "amountAwarded": 10.5,
    "awardDate": "2015-06-10T00:00:00+00:00",
    "plannedDates": [{"endDate": "2016-06-30"}],
    "recipientOrganization": [{"id": "GB-CHC-1", "name": "A", "charityNumber": "1136419"}, {"name": "B"}],
    "fundingOrganization": [{"id": "GB-LAE-TRF", "name": "A council"}],
    "beneficiaryLocation": [{"name": "Trafford", "geoCode": "E08000009"}],
    "grantProgramme": [{"title": "V"}],
}
_RELEASE = {
    "ocid": "ocds-1",
    "date": "2020-02-18T00:00:00Z",
    "tag": ["award"],
    "parties": [{"id": "1", "name": "A", "identifier": {"scheme": "GB-COH", "id": "01234567"}}],
    "buyer": {"id": "b", "name": "A buyer"},
    "tender": {"title": "T", "items": [{"classification": {"scheme": "CPV", "id": "79952000"}}]},
    "awards": [
        {
            "id": "a1",
            "status": "active",
            "date": "2020-02-18",
            "value": {"amount": 1001.5, "currency": "GBP"},
            "suppliers": [{"id": "1", "name": "A"}, {"id": "2", "name": "B"}],
            "contractPeriod": {"endDate": "2021-01-01"},
        }
    ],
}
_KUMU = {
    "elements": [{"id": "1", "label": "A"}, {"id": "2", "label": "B", "attributes": {"town": "York"}}],
    "connections": [{"from": "1", "to": "B", "type": "funds", "strength": 2, "start": "2020-04-30"}],
}
_SPENDING = """Title,,,,
Entity,Date,Expense Type,Supplier,Amount
A trust,30/04/2020,Rents,"A firm, Ltd","£25,000.50"
A trust,2020-04-03 00:00:00,Rents,REDACTED,(25000)
A trust,03-Apr-20,Rents,1927,-5.005
"""
_GIVING = """Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Name,Recipient Org:Charity Number,\
Funding Org:Name
360G-1,Choir,GBP,10.5,2015-06-10,A,1136419,A council
360G-2,Choir,EUR,11,10/06/2015,B,SC012345,A council
"""
_MEETINGS = """Minister,Date,Name of Organisation(s),Purpose of meeting
"Secretary of State for Weather, x",18/01/2024,"A, B and C",Rain
,,Sun Trust,Sun
Minister for Fog,Oct-12,Nil return,
"""
_REPD = """Ref ID,Operator (or Applicant),Site Name,Development Status (short),County,Planning Authority,\
Planning Permission Granted,
1,A / B (formerly C),X,Operational,Devon,A council,03/09/2004,
2,Private Developer,Y,Abandoned,Devon,A council,,
"""
_NOTICES = """Notice Identifier,Organisation Name,Status,Title,Cpv Codes,Awarded Date,Awarded Value,Supplier
N1,A council,Awarded,Grass,"77310000, 77311000",2020-04-30,1000.01,[A|Leeds|COMPANIES_HOUSE|1234567|Y|N][B|York|||]
N2,A council,Open,Grass,,,,
"""
_GENERAL = "from_name,to_name,starts,amount,currency\nA,B,30/04/2020,5,EUR\nC,D,01/05/2020,-5,GBP\n"
_PAJEK = '% x\n*Vertices 3\n1 "A"\n2 "B" 0.5\n*Arcs :1 "funds"\n1 2 2.5 l "x"\n*Edgeslist\n3 1 2\n'
_DL = "dl n=3 format=edgelist1\nlabels:\nA,B\nC\ndata:\n1 2 1\n2 3 1.5\n"
_MATRIX = "dl n=2\nlabels embedded\ndata:\nA B\nA 0 1\nB 2 0\n"

#: Format, file name, content.
SEEDS: tuple[tuple[str, str, bytes], ...] = (
    ("360giving", "a.json", json.dumps({"grants": [_GRANT, {**_GRANT, "id": "2"}]}).encode()),
    ("360giving", "a.csv", _GIVING.encode()),
    ("ocds", "a.json", json.dumps({"publisher": {"name": "P"}, "releases": [_RELEASE]}).encode()),
    ("spending", "a.csv", _SPENDING.encode()),
    ("spending", "a.csv", b"\xef\xbb\xbf" * 2 + _SPENDING.encode()),
    ("spending", "a.csv", _SPENDING.replace("£", "\xa3").encode("cp1252")),
    ("meetings", "a.csv", _MEETINGS.encode()),
    ("repd", "a.csv", _REPD.replace("Devon", "D\xe9von").encode("cp1252")),
    ("notices", "a.csv", _NOTICES.encode()),
    ("general", "a.csv", _GENERAL.encode()),
    ("graphml", "a.graphml", _graph("write_graphml_xml")),
    ("gexf", "a.gexf", _graph("write_gexf")),
    ("kumu", "a.json", json.dumps(_KUMU).encode()),
    ("pajek", "a.net", _PAJEK.encode()),
    ("dl", "a.dl", _DL.encode()),
    ("dl", "a.dl", _MATRIX.encode()),
    ("adjacency", "a.csv", b",A,B\nA,0,1\nB,2.5,0\n"),
)
#: A workbook is read by a child process, so that fewer of its mutants can be looked at.
WORKBOOK = ("spending", "a.xlsx", _workbook())

_PIECES = (
    b"\x00",
    b"\x1c",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"<",
    b">",
    b"&",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"-",
    b"(",
    b"1e999",
    b"NaN",
    b"null",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe9",
    b"\xc3\xa9",
    b"\x81",
    b"\xed\xa0\x80",
    b"99/99/9999",
    b"03/04/2020",
    b"'",
    b"|",
    b"*Vertices 99999999999",
    b"<!DOCTYPE x>",
    b"\\ud800",
    b"\\u0000",
    b"0" * 400,
    b" " * 3000,
    b"A" * 40000,
    b"[" * 200,
    "٣".encode(),
)


def mutated(content: bytes, draw: random.Random) -> bytes:
    """The content with one to six things wrong with it."""
    for _ in range(draw.randrange(1, 7)):
        content = draw.choice((_cut, _insert, _flip, _swap, _double, _drop, _retype))(content, draw)
    return content


def _span(content: bytes, draw: random.Random) -> tuple[int, int]:
    first = draw.randrange(len(content) + 1)
    return first, min(len(content), first + draw.randrange(1, 60))


def _cut(content: bytes, draw: random.Random) -> bytes:
    return content[: draw.randrange(len(content) + 1)] if draw.random() < 0.3 else content


def _insert(content: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(content) + 1)
    return content[:at] + draw.choice(_PIECES) + content[at:]


def _flip(content: bytes, draw: random.Random) -> bytes:
    if not content:
        return content
    at = draw.randrange(len(content))
    return content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]


def _swap(content: bytes, draw: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_span(content, draw), _span(content, draw)))
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:] if b <= c else content


def _double(content: bytes, draw: random.Random) -> bytes:
    first, last = _span(content, draw)
    return content[:last] + content[first:last] * draw.randrange(1, 4) + content[last:]


def _drop(content: bytes, draw: random.Random) -> bytes:
    first, last = _span(content, draw)
    return content[:first] + content[last:]


def _retype(content: bytes, draw: random.Random) -> bytes:
    """A value of another type in the place of one: what JSON readers trip over."""
    old = draw.choice(
        (b'"A"', b"1001.5", b'"id"', b'"name"', b'"GBP"', b'[{"', b'"2020-02-18"', b"30/04/2020", b"GBP", b"1")
    )
    new = draw.choice((b"null", b"7", b"[]", b"{}", b"true", b'""', b'"x"', b'["x"]', b"-1e300", b'{"a": 1}'))
    return content.replace(old, new, draw.choice((1, -1)))
