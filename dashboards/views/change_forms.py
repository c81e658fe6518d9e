"""What a change is asked for: the controls of its form, and what somebody answered in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from dashboards.selection import Selection
from dashboards.views.change_words import bring_in, introduce
from dashboards.views.names import Named, Names, body_names, fund_names, requirement_names
from orchestrator.errors import BadData, quoted
from orchestrator.model.labels import capability_names
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.wording import listed
from orchestrator.scenario import CHANGES, Change, read_change
from orchestrator.tables.schema import read_schema
from orchestrator.tables.vocabulary import LEVEL_LABELS, SECTOR_LABELS

__all__ = ["MENU", "Answer", "FormView", "Question", "changes_asked_for", "form_view"]

#: The groups of the menu: a title, and what can be tried with the words for it.
MENU: Final = (
    (
        "Bodies",
        (
            ("bring-in", "Bring in a partner"),
            ("abolish", "Abolish a body"),
            ("merge", "Merge bodies"),
            ("split", "Split a body"),
            ("move", "Move a body"),
        ),
    ),
    (
        "Ties",
        (
            ("introduce", "Make an introduction"),
            ("add-tie", "Add a tie"),
            ("strengthen-tie", "Strengthen a tie"),
            ("end-tie", "End a tie"),
        ),
    ),
    ("Taking part", (("add-engagement", "Change a part"), ("withdraw-engagement", "Leave the mission"))),
    ("Money and time", (("end-fund", "End a fund"), ("move-date", "Move the date"))),
    (
        "Requirements",
        (("change-requirement", "Ask for something else"), ("drop-requirement", "Drop a requirement")),
    ),
)

#: The bodies that a form for merging has room for beside the one that goes on, and the parts of a split.
_MERGING: Final = 4
_PARTS: Final = 3
_WHO: Final = "organisation_id"
#: A list of choices longer than this becomes a field that one types into.
_LONGEST_LIST: Final = 400


@dataclass(frozen=True)
class Question:
    """One labelled control.

    ``control`` is body, requirement, fund, choice, number, text, day or boxes. ``needs`` names a question that has to
    be answered first, because the choices follow from it.
    """

    name: str
    label: str
    control: str
    hint: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    needs: str = ""


@dataclass(frozen=True)
class Answer:
    """A question with what was typed, what is wrong with it, and who could be meant."""

    question: Question
    text: str = ""
    value: Any = None
    problem: str = ""
    offers: tuple[Named, ...] = ()


@dataclass(frozen=True)
class FormView:
    """A form as it stands. ``whole`` is False where more will be asked once what is there is answered."""

    kind: str
    title: str
    does: str
    answers: tuple[Answer, ...]
    whole: bool
    problem: str = ""

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """The name of a question, blank for the form as a whole, and what is wrong."""
        found = [(one.question.name, one.problem) for one in self.answers if one.problem]
        return (*found, ("", self.problem)) if self.problem else tuple(found)


def form_view(kind: str, graph: MissionGraph, selection: Selection, *, sent: bool) -> FormView | None:
    """The form of a kind of change with what the address says; None if there is no such form.

    ``sent``: the form was sent off, so that what is missing is told.
    """
    title = dict(pair for _, group in MENU for pair in group).get(kind)
    if title is None:
        return None
    answers: list[Answer] = []
    whole = True
    for question in _questions(kind):
        known = {one.question.name: one for one in answers}
        if question.needs and known[question.needs].value is None:
            whole = False
            continue
        full = replace(question, choices=_choices(question, known, graph))
        answers.append(_answer(full, selection, graph, sent=sent))
    return FormView(kind, title, _DOES.get(kind) or CHANGES[kind].does, tuple(answers), whole)


def changes_asked_for(form: FormView, graph: MissionGraph) -> tuple[tuple[Change, ...], FormView]:
    """The changes that a form that was sent asks for; none where something is wrong, which the form then tells."""
    if form.problems or not form.whole:
        return (), form
    values = {one.question.name: one.value for one in form.answers if one.value not in (None, "", ())}
    made = _SPECIAL.get(form.kind)
    try:
        if made is not None:
            return made(values, graph), form
        return (read_change({"change": form.kind, **values}, form.title),), form
    except BadData as why:
        return (), _told(form, why)


def _told(form: FormView, why: BadData) -> FormView:
    """The form with each problem at its question."""
    at = {problem.column: f"{_capital(problem.what)} {problem.allowed}".strip() for problem in why.problems}
    answers = tuple(replace(one, problem=at.pop(one.question.name, "")) for one in form.answers)
    return replace(form, answers=answers, problem=" ".join(at.values()))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────────

_DOES: Final = MappingProxyType(
    {
        "bring-in": "an organisation takes part, committed, and has a tie with the centre",
        "introduce": "two organisations begin to work together, at the level of cooperation",
    }
)
_LABELS: Final = MappingProxyType(
    {
        "organisation_id": "Organisation",
        "source_id": "One end",
        "target_id": "The other end",
        "into": "The organisation that goes on",
        "parent_id": "Its new parent",
        "requirement_id": "Requirement",
        "fund": "Fund",
        "date": "Day",
        "status": "How firmly",
        "load": "Load it takes on",
        "role": "Its role",
        "kind": "What sort of tie",
        "level": "How close",
        "strength": "Strength",
        "minimum": "How many independent partners are enough",
        "weight": "Weight",
        "sector": "Which sector counts",
    }
)
_HINTS: Final = MappingProxyType(
    {
        "load": "1 if left blank",
        "strength": "the level if left blank",
        "level": "cooperation if left blank",
        "fund": "the fund that it rests on",
    }
)


def _questions(kind: str) -> Iterator[Question]:
    if kind == "bring-in":
        yield Question("organisation_id", "Organisation", "body", "Any body of the register")
    elif kind == "introduce":
        yield Question("source_id", "One organisation", "body")
        yield Question("target_id", "The other organisation", "body")
    elif kind == "merge":
        yield Question("into", "The organisation that goes on", "body")
        for at in range(1, _MERGING + 1):
            yield Question(f"with-{at}", f"Merges into it ({at})", "body", required=at == 1)
    elif kind == "split":
        yield from _split_questions()
    else:
        yield from _form_questions(kind)


def _split_questions() -> Iterator[Question]:
    yield Question("organisation_id", "Organisation", "body")
    yield Question("part-1", "Name of the first part", "text", "It keeps what no other part takes", needs=_WHO)
    for at in range(2, _PARTS + 1):
        which = ("second", "third")[at - 2]
        yield Question(f"part-{at}", f"Name of the {which} part", "text", required=at == 2, needs=_WHO)
        yield Question(
            f"capabilities-{at}", f"Capabilities that the {which} part takes", "boxes", required=False, needs=_WHO
        )
        yield Question(f"partners-{at}", f"Ties that the {which} part takes", "boxes", required=False, needs=_WHO)
        yield Question(
            f"engaged-{at}", f"Does the {which} part take part in the mission?", "boxes", required=False, needs=_WHO
        )


def _form_questions(kind: str) -> Iterator[Question]:
    """The questions that follow from the fields of a change."""
    for name, field in CHANGES[kind].fields.items():
        label, hint = _LABELS[name], "" if field.required else _HINTS.get(name, "")
        if kind in ("end-tie", "strengthen-tie") and name == "target_id":
            yield Question(name, label, "choice", needs="source_id")
        elif field.kind == "cell":
            control, choices = _cell(field.column)
            hint = hint or ("" if field.required else "as it is if left blank" if kind == "change-requirement" else "")
            yield Question(name, label, "fund" if name == "fund" else control, hint, field.required, choices)
        else:
            control = {"organisation": "body", "date": "day"}.get(field.kind, field.kind)
            yield Question(name, label, control, hint, field.required)


def _cell(column: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The control of a column of the schema, and its choices."""
    table, _, name = column.partition(".")
    described = read_schema()[table].column(name)
    if name == "level":
        return "choice", tuple((str(level), f"{level} {words}") for level, words in LEVEL_LABELS.items())
    if described.choices:
        called = SECTOR_LABELS if name == "sector" else {}
        return "choice", tuple((word, called.get(word, word.replace("-", " "))) for word in described.choices)
    return ("number" if described.kind in ("number", "integer") else "text"), ()


def _choices(question: Question, known: Mapping[str, Answer], graph: MissionGraph) -> tuple[tuple[str, str], ...]:
    """The choices of a question; of some they follow from what was answered before."""
    if question.control in ("requirement", "fund"):
        names = _names_of(question.control, graph).everybody
        few = len(names) <= _LONGEST_LIST
        return tuple((one.own_id, " · ".join(filter(None, (one.name, one.detail)))) for one in names) if few else ()
    if not question.needs:
        return question.choices
    body = known[question.needs].value
    kind = question.name.partition("-")[0]
    if kind == "capabilities":
        names_of, offers = capability_names(graph), graph.offers
        offered = sorted(set(offers.loc[offers["organisation_id"] == body, "capability_id"]))
        return tuple((one, names_of[one]) for one in sorted(offered, key=lambda one: names_of[one]))
    if kind == "engaged":
        return (("yes", "It takes part, and carries a share of the load"),)
    return _partners(graph, body) if kind in ("partners", "target_id") else ()


def _partners(graph: MissionGraph, body: str) -> tuple[tuple[str, str], ...]:
    """Whom a body has an active tie with, by name."""
    rows = graph.tie_rows
    rows = rows[active_on(rows, graph.as_of)]
    ends = {*rows.loc[rows["source_id"] == body, "target_id"], *rows.loc[rows["target_id"] == body, "source_id"]}
    return tuple(sorted(((one, graph.name_of(one)) for one in ends - {body}), key=lambda pair: (pair[1], pair[0])))


# ── what was answered ─────────────────────────────────────────────────────────────────────────────────


def _names_of(control: str, graph: MissionGraph) -> Names:
    return {"body": body_names, "requirement": requirement_names, "fund": fund_names}[control](graph)


def _answer(question: Question, selection: Selection, graph: MissionGraph, *, sent: bool) -> Answer:
    if question.control == "boxes":
        ticked = tuple(own for own, _ in question.choices if selection.asked(f"new-{question.name}.{own}"))
        return Answer(question, value=ticked)
    text = (selection.asked(f"pick-{question.name}") or selection.asked(f"new-{question.name}")).strip()
    if not text:
        missing = f"Enter {question.label[:1].casefold()}{question.label[1:]}." if question.required and sent else ""
        return Answer(question, problem=missing)
    if question.control in ("body", "requirement", "fund"):
        return _meant(question, text, graph)
    if question.control == "choice" and text not in dict(question.choices):
        allowed = listed([words for _, words in question.choices], 8) or "nobody: it has no active tie"
        return Answer(question, text, problem=f"{_capital(quoted(text))} cannot be chosen. Choose from {allowed}.")
    return Answer(question, text, text)


def _meant(question: Question, text: str, graph: MissionGraph) -> Answer:
    """Who is meant by a text; where that is in doubt, who could be."""
    names = _names_of(question.control, graph)
    found = names.exactly(text)
    if found is not None:
        return Answer(question, names.written(found), found.own_id)
    if question.control == "fund" and not question.required:
        return Answer(question, text, text)  # a tie may rest on a new fund
    offers = names.like(text)
    what = {"body": "organisation", "requirement": "requirement", "fund": "fund"}[question.control]
    problem = f"There is no {what} {quoted(text)}."
    problem += f" Choose from the {what}s below, or type another name." if offers else f" Type the name of a {what}."
    return Answer(question, text, problem=problem, offers=offers)


# ── forms that ask otherwise than the change is written ───────────────────────────────────────────────


def _merge(values: Mapping[str, Any], _graph: MissionGraph) -> tuple[Change, ...]:
    gone = dict.fromkeys(value for name, value in values.items() if name.startswith("with-"))
    fields = {"change": "merge", "organisation_ids": [values["into"], *gone], "into": values["into"]}
    return (read_change(fields, "Merge bodies"),)


def _split(values: Mapping[str, Any], graph: MissionGraph) -> tuple[Change, ...]:
    taken = set(graph.organisations["organisation_id"])
    parts = []
    for at in range(1, _PARTS + 1):
        if f"part-{at}" not in values:
            continue
        part: dict[str, Any] = {"organisation_id": _own_id(values[f"part-{at}"], taken), "name": values[f"part-{at}"]}
        for field in ("capabilities", "partners"):
            if f"{field}-{at}" in values:
                part[field] = list(values[f"{field}-{at}"])
        if at == 1 or f"engaged-{at}" in values:
            part["engaged"] = True
        parts.append(part)
    return (
        read_change({"change": "split", "organisation_id": values["organisation_id"], "parts": parts}, "Split a body"),
    )


def _own_id(name: str, taken: set[str]) -> str:
    """An id for a new body after its name, that no other has."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold())[:60].strip("-") or "part"
    found = next(each for each in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)
    taken.add(found)
    return found


_SPECIAL: Final = MappingProxyType[str, Callable[[Mapping[str, Any], MissionGraph], tuple[Change, ...]]](
    {
        "bring-in": lambda values, graph: bring_in(values["organisation_id"], graph.centre_id),
        "introduce": lambda values, _: (introduce(values["source_id"], values["target_id"]),),
        "merge": _merge,
        "split": _split,
    }
)
