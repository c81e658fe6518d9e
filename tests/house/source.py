"""The source as it is written: every module of a tree, parsed and never imported, with what it imports and where.

The checkers of this folder are functions over such a tree: each can be tried on a small tree with a planted fault.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

PACKAGES: Final = ("orchestrator", "dashboards")
COMPUTED: Final = "a module whose name is computed"


@dataclass(frozen=True)
class Module:
    """One file of source. ``name`` is dotted; a package is its ``__init__``."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    def at(self, node: ast.stmt | ast.expr) -> str:
        """Where in the file, as a message says it."""
        return f"{self.path.name} of {self.name}, line {node.lineno}"


@dataclass(frozen=True)
class Import:
    """One import: which module, of what (a module of the tree where it can be), on which line, inside a function?"""

    importer: str
    imported: str
    line: int
    late: bool

    def __str__(self) -> str:
        return f"{self.importer}, line {self.line}, imports {self.imported}"


@cache
def read(root: Path) -> tuple[Module, ...]:
    """Every module of the packages under ``root``, sorted by name."""
    modules = []
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            parts = path.relative_to(root).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            modules.append(Module(name, path, ast.parse(path.read_text(encoding="utf-8"), filename=str(path))))
    return tuple(sorted(modules, key=lambda module: module.name))


@cache
def imports(root: Path) -> tuple[Import, ...]:
    """Every import of every module, those for types only and those through ``importlib.import_module`` included."""
    modules = read(root)
    known = frozenset(module.name for module in modules)
    return tuple(found for module in modules for found in _imports_of(module, known))


def _imports_of(module: Module, known: frozenset[str]) -> Iterator[Import]:
    for node, late in _walk(module.tree, late=False):
        for imported in _targets(module, node, known):
            yield Import(module.name, imported, getattr(node, "lineno", 0), late)


def _walk(node: ast.AST, *, late: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        inside = late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield child, inside
        yield from _walk(child, late=inside)


def _targets(module: Module, node: ast.AST, known: frozenset[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        start = _absolute(module, node)
        for alias in node.names:
            submodule = f"{start}.{alias.name}"
            yield submodule if submodule in known else start
    elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
        yield from _named(node, known)


def _named(call: ast.Call, known: frozenset[str]) -> Iterator[str]:
    """What a call to ``import_module`` may import: with a name that only begins as text, every module it may be."""
    name = call.args[0] if call.args else None
    if isinstance(name, ast.Constant):
        yield str(name.value)
        return
    start = name.values[0] if isinstance(name, ast.JoinedStr) and name.values else None
    beginning = str(start.value) if isinstance(start, ast.Constant) else ""
    candidates = sorted(module for module in known if beginning and module.startswith(beginning))
    yield from candidates or [COMPUTED]


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    parts = parts[: len(parts) - node.level + module.is_package]
    return ".".join([*parts, *([node.module] if node.module else [])])


def _called(node: ast.Call) -> str:
    function = node.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
