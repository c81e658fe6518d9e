"""What goes between the server and its workers: pickled values behind their length.

Both ends are processes of ours, started by us and joined by pipes that nobody else holds; nothing from a person is ever
unpickled. Packs are large and asked about again and again, so a message only names them.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import struct
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from orchestrator.tables.pack import Pack

__all__ = ["fingerprint", "read_message", "unwrap", "wrap", "write_message"]

_LENGTH: Final = struct.Struct("<Q")


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


class _Wrapper(pickle.Pickler):
    """Pickles read-only mappings, which pickle does not know, and names packs where ``name`` knows them."""

    def __init__(self, into: BinaryIO, name: Callable[[Pack], str | None]) -> None:
        super().__init__(into, protocol=5)
        self._name = name

    def persistent_id(self, value: Any) -> str | None:
        return self._name(value) if isinstance(value, Pack) else None

    def reducer_override(self, value: Any) -> Any:
        return (_read_only, (dict(value),)) if isinstance(value, MappingProxyType) else NotImplemented


class _Unwrapper(pickle.Unpickler):
    def __init__(self, source: BinaryIO, packs: Callable[[str], Pack]) -> None:
        super().__init__(source)
        self._packs = packs

    def persistent_load(self, name: str) -> Pack:
        return self._packs(name)


def wrap(value: Any, name: Callable[[Pack], str | None] = lambda _: None) -> bytes:
    """A value as bytes; packs are written as the name that ``name`` gives them, whole where it gives none."""
    into = io.BytesIO()
    _Wrapper(into, name).dump(value)
    return into.getvalue()


def unwrap(data: bytes, packs: Callable[[str], Pack]) -> Any:
    """The value again; ``packs`` gives the pack of a name."""
    return _Unwrapper(io.BytesIO(data), packs).load()


def fingerprint(value: Any, name: Callable[[Pack], str | None]) -> str:
    """A short name of this value: equal values made alike have the same one."""
    into = io.BytesIO()
    wrapper = _Wrapper(into, name)
    wrapper.fast = True  # the same whether two parts are one object or two equal ones
    wrapper.dump(value)
    return hashlib.sha256(into.getvalue()).hexdigest()


def write_message(stream: BinaryIO, data: bytes) -> None:
    """One message. Raises OSError where nobody is at the other end."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_message(stream: BinaryIO) -> bytes | None:
    """The next message; None where the other end is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None
