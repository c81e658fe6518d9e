"""JSON read strictly: UTF-8, each name once, finite numbers, no deeper than it may be."""

from __future__ import annotations

import json
from typing import Any, Final

from orchestrator.errors import BadData, Problem, quoted

__all__ = ["DEEPEST", "read_json"]

DEEPEST: Final = 64
_LARGEST: Final = 1 << 30
_ROUND: Final = bytes.maketrans(b"[{]}", b"(())")
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b'[]{}"'))
_NESTING: Final = frozenset({dict, list})


def read_json(file: str, data: bytes, largest: int = _LARGEST) -> Any:
    """What value stands in these bytes? ``file`` is what messages call them.

    Raises BadData for bytes that are no UTF-8 or no JSON (with the line), a name that stands twice in an object, NaN
    and Infinity, and anything nested deeper than 64. Cost grows with the size.

    >>> read_json("a.json", b'{"a": [1, null]}')
    {'a': [1, None]}
    """
    if len(data) > largest:
        raise _bad(file, f"the text has {len(data):,} bytes.", f"At most {largest:,} are read.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _bad(file, f"the byte {data[error.start]:02X} is not UTF-8.", "Only UTF-8 is read.", line) from None
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _bad(file, f"this is no JSON: {error.msg}.", "", error.lineno) from None
    except RecursionError:
        raise _bad(file, "it is nested too deeply.", f"At most {DEEPEST} levels are read.") from None
    except ValueError as error:
        raise _bad(file, f"{error}.", "Each name once, finite numbers only.") from None
    if _brackets(data, DEEPEST) and _deeper_than(value, DEEPEST):
        raise _bad(file, "it is nested too deeply.", f"At most {DEEPEST} levels are read.")
    return value


def _bad(file: str, what: str, allowed: str, line: int | None = None) -> BadData:
    return BadData([Problem(what, file, allowed=allowed, line=line)])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{quoted(twice)} stands twice in one object")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _brackets(data: bytes, most: int) -> bool:
    """May sound JSON be nested deeper than this? Told from its brackets alone, which is quick; True where it is hard.

    Without a backslash every second piece between quotation marks is text; what is left are brackets in pairs, and each
    round takes the innermost away.
    """
    if b"\\" in data:
        return True
    left = b"".join(data.translate(_ROUND, _NO_BRACKETS).split(b'"')[::2])
    for _ in range(most):
        left = left.replace(b"()", b"")
        if not left:
            return False
    return True


def _deeper_than(value: Any, most: int) -> bool:
    """Is there anything below so many levels? Looked at level by level; rows of plain values cost one look each."""
    level = [value]
    for _ in range(most):
        inside = (each.values() if type(each) is dict else each for each in level if type(each) in _NESTING)
        level = [inner for values in inside if not _NESTING.isdisjoint(map(type, values)) for inner in values]
        if not level:
            return False
    return True
