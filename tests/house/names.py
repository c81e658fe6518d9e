"""What is public is listed, sorted and explained; a name says something; what is global does not change."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.house.source import Module, read

FORBIDDEN_WORDS: Final = frozenset({"data", "info", "utils", "util", "manager", "helper", "helpers", "misc", "common"})
CHANGEABLE: Final = frozenset({"list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict"})


def forbidden_names(root: Path) -> Iterator[str]:
    """Modules whose name says nothing."""
    for module in read(root):
        own = module.name.rpartition(".")[2]
        for word in sorted(FORBIDDEN_WORDS.intersection(own.split("_"))):
            yield f"{module.name}: '{word}' says nothing. Name it after what it does."


def public_names(root: Path) -> Iterator[str]:
    """Every package lists its public names once, sorted, all of them. A module may list some, and then sorted too."""
    for module in read(root):
        listed = [node for node in module.tree.body if _assigns(node) == ["__all__"]]
        bound = _bound(module)
        if not listed:
            if module.is_package and _public(bound):
                yield f"{module.name} has no __all__."
            continue
        names = _texts(listed[0])
        if len(listed) > 1 or names is None:
            yield f"{module.name}: __all__ is one list of names, written out once."
            continue
        if names != sorted(set(names), key=_in_a_list_of_names):
            yield f"{module.name}: __all__ is not sorted, or has a name twice."
        if missing := sorted(set(names) - bound):
            yield f"{module.name}: __all__ lists what is not there: {', '.join(missing)}."
        if module.is_package and (unlisted := sorted(_public(bound) - set(names))):
            yield f"{module.name}: public, and not in __all__: {', '.join(unlisted)}."


def missing_docstrings(root: Path) -> Iterator[str]:
    """Every module, and every public function, class and method of ``orchestrator``, says what it is for."""
    for module in read(root):
        if ast.get_docstring(module.tree) is None:
            yield f"{module.name} has no docstring."
        if module.name.split(".")[0] != "orchestrator":
            continue
        for name, node in _public_definitions(module.tree, ""):
            if not ast.get_docstring(node):
                yield f"{module.name}.{name} has no docstring."


def changeable_state(root: Path) -> Iterator[str]:
    """Lists, dicts and sets that belong to the process: two apps in one process would share them."""
    for module in read(root):
        for node in _top_level(module.tree.body):
            if isinstance(node, ast.Assign | ast.AnnAssign) and _assigns(node) != ["__all__"] and _is_changeable(node):
                yield f"{module.at(node)}: {', '.join(_assigns(node))} can be changed. Use MappingProxyType or Final."
        for inner in ast.walk(module.tree):
            if isinstance(inner, ast.Global):
                yield f"{module.at(inner)}: 'global {', '.join(inner.names)}' keeps state in the module."


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run on import, those under ``if``, ``try``, ``with`` and loops included."""
    for node in body:
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for field in ("body", "orelse", "finalbody"):
                yield from _top_level(getattr(node, field, []))
            for handler in getattr(node, "handlers", []):
                yield from _top_level(handler.body)


def _is_changeable(node: ast.Assign | ast.AnnAssign) -> bool:
    if isinstance(node, ast.AnnAssign) and "Final" in ast.unparse(node.annotation):
        return False
    value = node.value
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2] in CHANGEABLE
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def _assigns(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    else:
        return []
    return [
        ast.unparse(each) for target in targets for each in (target.elts if isinstance(target, ast.Tuple) else [target])
    ]


def _bound(module: Module) -> set[str]:
    """The names that a module has once it is imported, but for its submodules."""
    names: set[str] = set()
    for node in _top_level(module.tree.body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            if not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
                names.update(alias.asname or alias.name.split(".")[0] for alias in node.names)
        else:
            names.update(_assigns(node))
    return names - {"__all__"}


def _in_a_list_of_names(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, each by its letters: the order that the lint keeps too."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)


def _public(names: set[str]) -> set[str]:
    return {name for name in names if not name.startswith("_")}


def _texts(node: ast.stmt) -> list[str] | None:
    value = getattr(node, "value", None)
    if not isinstance(value, ast.List | ast.Tuple):
        return None
    return [each.value for each in value.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def _public_definitions(
    tree: ast.Module | ast.ClassDef, prefix: str
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if any("overload" in ast.unparse(each) for each in node.decorator_list):
                continue
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public_definitions(node, f"{prefix}{node.name}.")
