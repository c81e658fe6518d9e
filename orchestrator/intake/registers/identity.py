"""Which body of the pack is meant: told by a public identifier first, then by the id, then by the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from orchestrator.intake.registers.naming import slug
from orchestrator.tables.cells import split_list

__all__ = ["Identities", "scheme"]


def scheme(identifier: str) -> str:
    """The list that a public identifier is from: its first two parts.

    >>> scheme("GB-COH-00000006")
    'GB-COH'
    """
    return "-".join(identifier.split("-")[:2])


@dataclass
class Identities:
    """The bodies of a pack by identifier, id and name; it grows as rows are added."""

    by_identifier: dict[str, str] = field(default_factory=dict)
    identifiers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_name: dict[tuple[str, str], str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, organisations: Iterable[Mapping[str, str]]) -> Identities:
        """The bodies of a table of organisations."""
        found = cls()
        for row in organisations:
            found.add(row)
            for alias in split_list(row.get("aliases", "")):
                found.aliases.setdefault(slug(alias), row["organisation_id"])
        return found

    def add(self, row: Mapping[str, str]) -> None:
        """Take in a body with its identifiers."""
        body = row["organisation_id"]
        given = split_list(row.get("identifiers", ""))
        self.identifiers[body] = tuple(dict.fromkeys([*self.identifiers.get(body, ()), *given]))
        for identifier in given:
            self.by_identifier.setdefault(identifier, body)
        self.by_name.setdefault((slug(row.get("name", "")), row.get("sector", "")), body)

    def find(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """The ids of the bodies that a row may mean: none for a new one, more than one where identifiers disagree."""
        given = split_list(row.get("identifiers", ""))
        told = tuple(dict.fromkeys(self.by_identifier[each] for each in given if each in self.by_identifier))
        if told:
            return told
        named = self.by_name.get((slug(row.get("name", "")), row.get("sector", "")))
        for body in dict.fromkeys([row["organisation_id"], *([named] if named else [])]):
            if body in self.identifiers and not self._another(body, given):
                return (body,)
        return ()

    def has_alias(self, row: Mapping[str, str]) -> str:
        """The body of the pack that goes by this row's name as well; blank where there is none."""
        return self.aliases.get(slug(row.get("name", "")), "")

    def _another(self, body: str, given: Iterable[str]) -> bool:
        """Has the body of this id or name another identifier of the same list? Then it is another body."""
        schemes = {scheme(each) for each in self.identifiers[body]}
        return any(scheme(each) in schemes for each in given)

    def fresh(self, row: Mapping[str, str]) -> str:
        """An id for a new body: the one it asks for, or with its identifier behind where another body has that."""
        wanted = row["organisation_id"]
        if wanted and wanted not in self.identifiers:
            return wanted
        first = next(iter(split_list(row.get("identifiers", ""))), "")
        return f"{wanted}-{slug(first.removeprefix(scheme(first)))}".strip("-") if first else ""

    def resolve(self, reference: str) -> str:
        """The id of the body that an identifier or an id names; blank where there is none."""
        if reference in self.by_identifier:
            return self.by_identifier[reference]
        body = self.renamed.get(reference, reference)
        return body if body in self.identifiers else ""
