"""The published JSON Schema holds for what is written, and does not hold for what is not of the form.

A validator would be one more package; the schema uses few words, and each is checked here as the standard says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest

from orchestrator.export.snapshot_json import snapshot_json
from orchestrator.freezing import freeze, marked
from tests.conftest import CHECKOUT
from tests.packs import DAY, MISSION, SHAPES, library, pack

SCHEMA: Final = MappingProxyType(json.loads(Path(CHECKOUT / "docs" / "snapshot.schema.json").read_text("utf-8")))
TYPES: Final = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
WORDS: Final = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "required", "properties", "items", "enum",
    "const", "pattern", "additionalProperties",
}  # fmt: skip


def is_a(value: Any, kind: str) -> bool:
    if kind in ("number", "integer"):
        return isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
    return isinstance(value, TYPES[kind])


def wrong(value: Any, schema: Mapping[str, Any], at: str = "$") -> Iterator[str]:
    assert set(schema) <= WORDS, set(schema) - WORDS
    if "$ref" in schema:
        yield from wrong(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], at)
    kinds = schema.get("type", [])
    if kinds and not any(is_a(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        yield f"{at} is no {kinds}"
        return
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{at} is {value!r}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at} is not {schema['pattern']}"
    if isinstance(value, dict):
        yield from (f"{at} has no {name}" for name in schema.get("required", ()) if name not in value)
        for name, inner in value.items():
            found = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            if found is False:
                yield f"{at} has {name}"
            else:
                yield from wrong(inner, found or {}, f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        for number, inner in enumerate(value):
            yield from wrong(inner, schema["items"], f"{at}[{number}]")


def document(shape: str = "many gaps", *, leave_out_scores: bool = False) -> Any:
    found = freeze(pack(SHAPES[shape]), library(SHAPES[shape]).results(MISSION, DAY))
    return json.loads(b"".join(snapshot_json(marked(found, "OFFICIAL", leave_out_scores=leave_out_scores))))


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_what_is_written_is_as_the_schema_says(shape: str) -> None:
    assert list(wrong(document(shape), SCHEMA)) == []


def test_so_it_is_without_scores() -> None:
    assert list(wrong(document(leave_out_scores=True), SCHEMA)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.pop("tables"), "$ has no tables"),
        (lambda d: d.update(more=1), "$ has more"),
        (lambda d: d["manifest"].update(marking="PRIVATE"), "$.manifest.marking is 'PRIVATE'"),
        (lambda d: d["manifest"].update(digest="x"), "$.manifest.digest is not"),
        (lambda d: d["tables"]["ties"]["rows"][0].append(True), "$.tables.ties.rows[0]"),
        (lambda d: d["mission"].update(aim=1), "$.mission.aim is no string"),
    ],
)
def test_what_is_not_of_the_form_is_found(change: Any, said: str) -> None:
    found = document()
    change(found)
    (told,) = wrong(found, SCHEMA)
    assert told.startswith(said)
