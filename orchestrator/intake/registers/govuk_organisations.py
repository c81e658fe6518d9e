"""The GOV.UK list of organisations (JSON): departments, agencies and public bodies, live and closed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.registers.citations import cited
from orchestrator.intake.registers.contribution import Contribution, Draft, SourceFile
from orchestrator.intake.registers.naming import clean, distinct, slug
from orchestrator.intake.registers.records import read_json, tell_unknown_fields

__all__ = ["read_govuk_organisations"]

SOURCE: Final = "govuk-organisations"
_FIELDS: Final = (
    "analytics_identifier",
    "child_organisations",
    "details",
    "format",
    "id",
    "parent_organisations",
    "superseded_organisations",
    "superseding_organisations",
    "title",
    "updated_at",
    "web_url",
)
_DETAILS: Final = (
    "abbreviation",
    "closed_at",
    "content_id",
    "govuk_closed_status",
    "govuk_status",
    "logo_formatted_name",
    "organisation_brand_colour_class_name",
    "organisation_logo_type_class_name",
    "slug",
)
_KINDS: Final = MappingProxyType({"other": "other public body", "sub organisation": "part of another public body"})
#: A body of one of these kinds is a part of its parent and not a body beside it.
_PARTS: Final = ("executive agency", "executive office", "part of another public body", "civil service")
#: What GOV.UK says of a body that goes on under another name. One that was replaced or merged was another body.
_RENAMED: Final = "changed_name"
_OF_A_NATION: Final = re.compile(r"\b(Northern Ireland|Wales|Welsh|Scotland|Scottish)\b")
_LONGEST_CHAIN: Final = 20
_IDENTIFIER: Final = re.compile(r"[A-Z]{1,3}\d+", re.ASCII)


@dataclass(frozen=True)
class _Body:
    """One entry of the list."""

    row: int
    title: str
    identifier: str
    kind: str
    status: str
    closed_status: str
    abbreviation: str
    website: str
    parents: tuple[str, ...]
    successors: tuple[str, ...]

    @property
    def live(self) -> bool:
        return self.status != "closed"


def read_govuk_organisations(files: Sequence[SourceFile]) -> Contribution:
    """Which bodies does the GOV.UK list name, to whom do they belong, and what were they called before?

    Takes one or several JSON files of gov.uk/api/organisations (all pages in one ``results``). Every body that is not
    closed becomes an organisation with the identifier GB-GOR-…; each link to a parent that is not closed becomes a
    standing tie ``governs`` of level 4 where the body is a part of its parent (agency, office, sub-organisation), else
    of level 3. A closed body that only changed its name gives the live one a former name; every other closed
    body (replaced, merged, split, devolved, gone) was another body and is set aside with the reason.

    Empty results give an empty contribution. Raises BadData that names each field that is unknown or missing.
    """
    draft = Draft("govuk-organisations")
    for file in files:
        bodies = _bodies(file)
        draft.count(file.name, len(bodies))
        _offer(draft, file.name, bodies)
    return draft.finish(cited(SOURCE))


def _bodies(file: SourceFile) -> dict[str, _Body]:
    value = read_json(file)
    results = value.get("results") if isinstance(value, dict) else None
    if not isinstance(results, list):
        allowed = "It is the answer of gov.uk/api/organisations: an object with a list 'results'."
        raise BadData([Problem("this is not the GOV.UK list of organisations.", file.name, allowed=allowed)])
    problems = [each for row, entry in enumerate(results, 1) for each in _entry_problems(file.name, row, entry)]
    if problems:
        raise BadData(problems)
    bodies = [_body(row, entry) for row, entry in enumerate(results, start=1)]
    return {body.website: body for body in bodies}


def _entry_problems(file: str, row: int, entry: object) -> list[Problem]:
    if not isinstance(entry, dict) or not isinstance(entry.get("details"), dict):
        return [Problem("this entry is no organisation.", file, row, allowed="Each is an object with 'details'.")]
    problems = tell_unknown_fields(file, row, entry, _FIELDS)
    problems += tell_unknown_fields(file, row, entry["details"], _DETAILS)
    texts = {name: entry.get(name) for name in ("analytics_identifier", "format", "title", "web_url")}
    problems += [
        Problem("the field holds no text.", file, row, name, str(value), "A text is required.")
        for name, value in texts.items()
        if not isinstance(value, str) or not value.strip()
    ]
    identifier = texts["analytics_identifier"]
    if isinstance(identifier, str) and not _IDENTIFIER.fullmatch(identifier):
        allowed = "Capitals and a number, such as D1380."
        problems.append(Problem("this is no identifier.", file, row, "analytics_identifier", identifier, allowed))
    for name in ("parent_organisations", "superseding_organisations"):
        links = entry.get(name)
        if not isinstance(links, list) or not all(isinstance(each, dict) and "web_url" in each for each in links):
            problems.append(Problem("the field holds no list of links.", file, row, name))
    return problems


def _body(row: int, entry: Mapping[str, Any]) -> _Body:
    details = entry["details"]
    kind = str(entry["format"]).lower()
    return _Body(
        row=row,
        title=clean(entry["title"]),
        identifier=f"GB-GOR-{entry['analytics_identifier']}",
        kind=_KINDS.get(kind, kind),
        status=str(details["govuk_status"]),
        closed_status=str(details["govuk_closed_status"] or ""),
        abbreviation=clean(str(details["abbreviation"] or "")),
        website=entry["web_url"],
        parents=tuple(str(each["web_url"]) for each in entry["parent_organisations"]),
        successors=tuple(str(each["web_url"]) for each in entry["superseding_organisations"]),
    )


def _offer(draft: Draft, file: str, bodies: Mapping[str, _Body]) -> None:
    former: dict[str, list[str]] = {}
    for body in bodies.values():
        if not body.live:
            successor = _successor(body, bodies)
            if successor is None:
                draft.aside(file, body.row, body.title, _why_closed(body))
            else:
                former.setdefault(successor.website, []).append(body.title)
    live = {body.title.casefold() for body in bodies.values() if body.live}
    for body in bodies.values():
        if body.live:
            names = [name for name in former.get(body.website, []) if name.casefold() not in live]
            _offer_body(draft, file, body, bodies, names)


def _successor(body: _Body, bodies: Mapping[str, _Body]) -> _Body | None:
    """The live body that goes on under another name; None where there is none."""
    for _ in range(_LONGEST_CHAIN):
        if body.live:
            return body
        if body.closed_status != _RENAMED or len(body.successors) != 1 or body.successors[0] not in bodies:
            return None
        body = bodies[body.successors[0]]
    return None


def _why_closed(body: _Body) -> str:
    if body.closed_status == _RENAMED:
        return "closed: renamed, and what it became is closed too"
    return f"closed: {body.closed_status.replace('_', ' ') or 'no reason given'}"


def _offer_body(draft: Draft, file: str, body: _Body, bodies: Mapping[str, _Body], former: Sequence[str]) -> None:
    parents = [bodies[link] for link in body.parents if link in bodies and bodies[link].live]
    draft.add(
        "organisations",
        file,
        body.row,
        organisation_id=slug(body.title),
        name=body.title,
        sector="central",
        kind=body.kind,
        tier=_tier(body, parents),
        parent_id=_parent(parents),
        aliases="|".join(distinct([body.abbreviation, *sorted(former)], but=[body.title])).replace("\t", " "),
        identifiers=body.identifier,
        website=body.website,
        source=SOURCE,
    )
    for parent in parents:
        draft.add(
            "ties",
            file,
            body.row,
            source_id=parent.identifier,
            target_id=body.identifier,
            kind="governs",
            level="4" if body.kind in _PARTS else "3",
            source=SOURCE,
        )


def _parent(parents: Sequence[_Body]) -> str:
    """The one parent; of several the one that is a ministerial department; blank where that does not decide."""
    if len(parents) > 1:
        parents = [parent for parent in parents if parent.kind == "ministerial department"]
    return parents[0].identifier if len(parents) == 1 else ""


def _tier(body: _Body, parents: Sequence[_Body]) -> str:
    """``nation`` for what belongs to one nation by its kind, its parents or its name; else ``uk``."""
    devolved = bool(parents) and all(parent.kind == "devolved government" for parent in parents)
    named = body.kind != "ministerial department" and bool(_OF_A_NATION.search(body.title))
    return "nation" if body.kind == "devolved government" or devolved or named else "uk"
