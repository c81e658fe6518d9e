"""What if? A list of changes that somebody puts together, and what they would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from urllib.parse import quote_plus

from dashboards.figures.change_grid import Turn
from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.change_forms import MENU, FormView, changes_asked_for, form_view
from dashboards.views.change_words import bring_in, entries, in_names, introduce, words
from dashboards.views.network import ring_frame
from dashboards.views.overview import Figure, overview_view
from dashboards.views.reliance import reliance
from dashboards.views.scenario_list import LONGEST_LIST, scenario_address, with_changes
from orchestrator.drawing.ring_frame import MissingPartner, RingFrame
from orchestrator.errors import BadData
from orchestrator.model.advice import Advice
from orchestrator.model.coverage import coverage
from orchestrator.model.difference import Difference, StateChange
from orchestrator.model.findings import Finding
from orchestrator.model.labels import capability_names, place_names
from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, listed, sentence
from orchestrator.scenario import Change, Refusal, Scenario, changes_in_a_line, read_changes, what_cannot_be
from orchestrator.study import Trial

__all__ = [
    "ChangeLine",
    "FigureChange",
    "Outcome",
    "Plan",
    "ScenarioView",
    "Suggestion",
    "plan_of",
    "scenario_view",
    "standing_list",
    "trial_frame",
]

_NEWCOMERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Plan:
    """The list of changes of an address, with the form that is open.

    ``refused`` cannot be applied; ``added`` of the changes are those of the form. ``problem`` says why the list of the
    address could not be read; the list is then empty.
    """

    scenario: Scenario
    refused: tuple[Refusal, ...]
    form: FormView | None
    added: int
    problem: str
    selection: Selection

    @property
    def line(self) -> str:
        """The list as it stands in the address."""
        return changes_in_a_line(self.scenario)


@dataclass(frozen=True)
class ChangeLine:
    """A line of the list: its number, what it does, why it could not be applied, and where the list without it is."""

    number: str
    words: str
    refused: str
    undo: str


@dataclass(frozen=True)
class FigureChange:
    """A key figure before and after."""

    before: Figure
    after: Figure


@dataclass(frozen=True)
class Outcome:
    """What the changes would do, part by part; ``sentences`` say it in words. ``made``: bodies that a change made."""

    headline_before: str
    headline_after: str
    sentences: tuple[str, ...]
    figures: tuple[FigureChange, ...]
    turns: tuple[Turn, ...]
    turns_sentence: str
    groups: tuple[tuple[str, tuple[Body, ...]], ...]
    made: frozenset[str]
    findings_new: tuple[Finding, ...]
    findings_gone: tuple[Finding, ...]
    map_sentence: str
    map_before: str
    map_after: str


@dataclass(frozen=True)
class Suggestion:
    """Something sensible to try first: the question, why it is worth asking, and the address that answers it."""

    question: str
    why: str
    address: str


@dataclass(frozen=True)
class ScenarioView:
    """The what-if page. ``outcome`` is None while nothing is changed; ``suggestions`` then say what to try."""

    headline: str
    lede: str
    lines: tuple[ChangeLine, ...]
    form: FormView | None
    menu: tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]
    problem: str
    said: str
    outcome: Outcome | None
    suggestions: tuple[Suggestion, ...]
    added: bool
    here: Selection
    file_address: str


# ── the list ──────────────────────────────────────────────────────────────────────────────────────────


def standing_list(selection: Selection) -> tuple[Scenario, str]:
    """The list that an address holds, without what a form adds; where it cannot be read, an empty one and why."""
    text = selection.asked("changes")
    if len(quote_plus(text)) > LONGEST_LIST:
        return Scenario(_name(selection)), _too_long("The list of changes in the address is")
    try:
        return Scenario(_name(selection), read_changes(text).changes), ""
    except BadData as why:
        more = f" ({len(why.problems) - 1} more problems)" if len(why.problems) > 1 else ""
        told = f"No change was taken from the address. {_capital(str(why.problems[0]))}{more}"
        return Scenario(_name(selection)), told


def plan_of(trial: Trial, selection: Selection) -> Plan:
    """Which changes does this address ask for, and which of them can be? What its form adds is among them.

    ``trial`` is that of the standing list. A form whose changes cannot be applied adds none of them and says why; the
    list stays as it was.
    """
    scenario, problem = standing_list(selection)
    kind, sent = (selection.asked("add"), True) if selection.asked("add") else (selection.asked("form"), False)
    form = form_view(kind, trial.after.graph, selection, sent=sent) if kind else None
    plan = Plan(scenario, trial.refused, form, 0, problem, selection)
    return _with_form(plan, form, trial) if form is not None and sent else plan


def _name(selection: Selection) -> str:
    return f"What if, {selection.mission_id}"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _too_long(what: str) -> str:
    return (
        f"{what} longer than a link can hold ({LONGEST_LIST:,} characters). "
        "Download the list as a file, add to it there, and ask orchestrator simulate."
    )


def _with_form(plan: Plan, form: FormView, trial: Trial) -> Plan:
    asked, form = changes_asked_for(form, trial.after.graph)
    if not asked:
        return replace(plan, form=form)
    longer = Scenario(plan.scenario.name, plan.scenario.changes + asked)
    if len(quote_plus(changes_in_a_line(longer))) > LONGEST_LIST:
        return replace(plan, form=replace(form, problem=_too_long("With this change the list would be")))
    refused = what_cannot_be(trial.before.graph, longer)
    mine = [each for each in refused if each.number > len(plan.scenario.changes)]
    if mine:
        return replace(plan, form=replace(form, problem=_why(mine[0], (trial.after.graph, trial.before.graph))))
    return replace(plan, scenario=longer, refused=refused, form=None, added=len(asked))


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────


def scenario_view(plan: Plan, trial: Trial, advice: Advice | None = None) -> ScenarioView:
    """What would these changes do, before and after? ``trial`` is that of the whole plan.

    ``advice`` is for the suggestions, where it is known.
    """
    here = with_changes(plan.selection, plan.scenario.changes)
    tried = bool(plan.scenario.changes)
    outcome = _outcome(trial, here) if tried else None
    lines = tuple(_lines(plan, (trial.after.graph, trial.before.graph)))
    return ScenarioView(
        headline=_headline(trial.difference, len(lines) - _refused_lines(lines)) if tried else _QUESTION,
        lede=_lede(trial.before.graph, tried=tried),
        lines=lines,
        form=plan.form,
        menu=tuple(
            (title, tuple((words, here.asking(form=kind).address(), _open(plan, kind)) for kind, words in group))
            for title, group in MENU
        ),
        problem=plan.problem,
        said=_said(lines, plan.added),
        outcome=outcome,
        suggestions=() if tried else tuple(islice(_suggestions(trial.before, advice, plan.selection), 3)),
        added=bool(plan.added),
        here=here,
        file_address=_beside(here, "scenario.toml"),
    )


_QUESTION: Final = "What if? Try a change and see what it would do"


def _open(plan: Plan, kind: str) -> bool:
    return plan.form is not None and plan.form.kind == kind


def _lines(plan: Plan, graphs: tuple[MissionGraph, MissionGraph]) -> Iterator[ChangeLine]:
    """``graphs`` are the mission after the changes, and before."""
    why = {each.number: each for each in plan.refused}
    for entry in entries(plan.scenario, graphs[1].centre_id):
        refused = next((why[number] for number in entry.numbers if number in why), None)
        left = tuple(c for n, c in enumerate(plan.scenario.changes, start=1) if n not in entry.numbers)
        told = _why(refused, graphs) if refused else ""
        number = "–".join(map(str, sorted({entry.numbers[0], entry.numbers[-1]})))
        yield ChangeLine(number, words(entry, graphs), told, scenario_address(plan.selection, left))


def _why(refused: Refusal, graphs: tuple[MissionGraph, ...]) -> str:
    told = " ".join(filter(None, (refused.problem.what, refused.problem.hint)))
    return in_names(told, refused.change, graphs)


def _refused_lines(lines: tuple[ChangeLine, ...]) -> int:
    return sum(bool(line.refused) for line in lines)


def _said(lines: tuple[ChangeLine, ...], added: int) -> str:
    """How long the list is, for whoever cannot see it."""
    if not lines:
        return "Nothing is changed yet."
    refused = _refused_lines(lines)
    said = f"{'Added. ' if added else ''}{counted(len(lines), 'change').capitalize()} in the list"
    return f"{said}, {refused:,} of them cannot be applied." if refused else f"{said}."


def _lede(graph: MissionGraph, *, tried: bool) -> str:
    day = f"{graph.as_of:%-d %B %Y}"
    if tried:
        return f"{graph.title} on {day}, as it is recorded and as it would be. Nothing that is recorded changes."
    return (
        f"{graph.title} on {day}. Put a list of changes together; the page says what would be better and worse. "
        "Nothing that is recorded changes, and the link to the page holds the whole list."
    )


def _headline(found: Difference, count: int) -> str:
    if not count:
        return "None of these changes can be applied"
    parts = [
        _needs([s for s in found.states if s.worse], "worse covered"),
        _needs([s for s in found.states if s.worse is False], "better covered"),
        _of_bodies(found.lost_route, "would lose every route to the centre"),
        _of_bodies(found.gained_route, "would gain a route to the centre"),
        _of_bodies(found.left, "would leave the network"),
        _of_bodies(found.joined, "would join the network"),
    ]
    told = [part for part in parts if part][:3]
    what = "this change" if count == 1 else f"these {counted(count, 'change')}"
    if not told:
        nothing = not (found.states or found.findings_new or found.findings_gone)
        rest = "nothing that is measured here would change" if nothing else "only what the analyses raise would change"
        return f"With {what}, {rest}"
    return f"With {what}, {listed(told)}"


def _needs(changes: list[StateChange], how: str) -> str:
    return f"{counted(len(changes), 'requirement')} would be {how}" if changes else ""


def _of_bodies(bodies: tuple[str, ...], verb: str) -> str:
    return f"{counted(len(bodies), 'body', 'bodies')} {verb}" if bodies else ""


def _outcome(trial: Trial, here: Selection) -> Outcome:
    before, after, found = trial.before, trial.after, trial.difference
    was, now = Bodies(before), Bodies(after)
    first, later = overview_view(before), overview_view(after)
    turns = tuple(_turns(before, after, found))
    return Outcome(
        headline_before=first.headline,
        headline_after=later.headline,
        sentences=found.sentences,
        figures=tuple(FigureChange(one, other) for one, other in zip(first.figures, later.figures, strict=True)),
        turns=turns,
        turns_sentence=_turns_sentence(turns),
        groups=(
            ("Would lose every route to the centre", tuple(was[name] for name in found.lost_route)),
            ("Would gain a route to the centre", tuple(now[name] for name in found.gained_route)),
            ("Would join the network", tuple(now[name] for name in found.joined)),
            ("Would leave the network", tuple(was[name] for name in found.left)),
        ),
        made=frozenset(name for name in found.joined if name not in was),
        findings_new=found.findings_new,
        findings_gone=found.findings_gone,
        map_sentence=_map_sentence(found),
        map_before=_beside(here.asking(side="before"), "scenario.json"),
        map_after=_beside(here, "scenario.json"),
    )


def _beside(here: Selection, name: str) -> str:
    """The address of something that goes with the page: the same mission and the same choices."""
    path, _, query = here.address().partition("?")
    return f"{path.removesuffix('scenario')}{name}" + (f"?{query}" if query else "")


def _turns(before: Results, after: Results, found: Difference) -> Iterator[Turn]:
    cells: dict[str, tuple[str, str]] = {}
    for graph in (before.graph, after.graph):
        what, where, rows = capability_names(graph), place_names(graph), graph.requirements
        for need, one, other in zip(rows["requirement_id"], rows["capability_id"], rows["place_id"], strict=True):
            cells[need] = what[one], where[other]
    was, now = _families(before.graph), _families(after.graph)
    for change in found.states:
        need = change.requirement_id
        yield Turn(
            change.label, *cells[need], change.before, change.after, was.get(need, 0), now.get(need, 0), change.worse
        )


def _families(graph: MissionGraph) -> Mapping[str, int]:
    rows = coverage(graph).requirements
    return dict(zip(rows["requirement_id"], (int(count) for count in rows["families"]), strict=True))


def _turns_sentence(turns: tuple[Turn, ...]) -> str:
    if not turns:
        return "No requirement would change its state."
    counts = Counter(turn.worse for turn in turns)
    parts = [
        f"{counted(counts[worse], 'requirement')} would be {how}"
        for worse, how in ((True, "worse"), (False, "better"), (None, "judged differently"))
        if counts[worse]
    ]
    return sentence(listed(parts)) + " Each cell shows how many independent partners work there, before and after."


def _map_sentence(found: Difference) -> str:
    parts = [
        _of_bodies(found.joined, "would be new in it"),
        _of_bodies(found.left, "would be gone from it"),
        _of_bodies(found.lost_route, "would lose every route"),
        _of_bodies(found.gained_route, "would gain one"),
    ]
    told = [part for part in parts if part]
    who = sentence(listed(told, 4)) if told else "Nobody would join, leave, or lose a route."
    circle = " Before, whoever would join stands one step from the centre as a dashed circle." if found.joined else ""
    return f"The network before and after. {who}{circle}"


# ── the map ───────────────────────────────────────────────────────────────────────────────────────────


def trial_frame(trial: Trial, *, before: bool) -> RingFrame:
    """What the ring map shows before or after the changes.

    Before, whoever would join stands there as a lettered circle, so that one sees where it goes.
    """
    if not before:
        return ring_frame(trial.after)
    now = Bodies(trial.after)
    joining = (now[name] for name in trial.difference.joined)
    missing = (
        MissingPartner(letter, body.name, body.sector, body.place, body.organisation_id)
        for letter, body in zip(_NEWCOMERS, joining, strict=False)
    )
    return replace(ring_frame(trial.before), missing=tuple(missing))


# ── what to try first ─────────────────────────────────────────────────────────────────────────────────


def _suggestions(results: Results, advice: Advice | None, selection: Selection) -> Iterator[Suggestion]:
    """Sensible changes, computed from the mission: the most telling first. There may be none."""
    yield from _without_the_most_relied_on(results, selection)
    yield from _with_the_first_advice(results, advice, selection)
    yield from _without_a_fund(results, selection)
    yield from _with_an_introduction(results, advice, selection)
    yield from _in_a_year(results, selection)
    yield from _without_the_busiest(results, selection)


def _without_the_most_relied_on(results: Results, selection: Selection) -> Iterator[Suggestion]:
    for entry in reliance(Bodies(results))[:1]:
        change = Change("abolish", {"organisation_id": entry.body.organisation_id})
        parts = [f"{counted(len(entry.cut_off), 'body', 'bodies')} would lose every route"] if entry.cut_off else []
        parts += [f"{counted(len(entry.worsened), 'requirement')} would be worse off"] if entry.worsened else []
        why = f"It is the most relied on: without it, {listed(parts)}."
        yield Suggestion(f"What if {entry.body.name} left?", why, scenario_address(selection, (change,)))


def _with_the_first_advice(results: Results, advice: Advice | None, selection: Selection) -> Iterator[Suggestion]:
    for one in advice.chosen[:1] if advice else ():
        parts = [f"close {counted(len(one.closes), 'requirement')}"] if one.closes else []
        parts += [f"strengthen {counted(len(one.strengthens), 'requirement')}"] if one.strengthens else []
        changes = bring_in(one.organisation_id, results.graph.centre_id)
        question = f"What if we brought in {results.graph.name_of(one.organisation_id)}?"
        yield Suggestion(
            question, f"It is the first advice: it would {listed(parts)}.", scenario_address(selection, changes)
        )


def _without_a_fund(results: Results, selection: Selection) -> Iterator[Suggestion]:
    graph = results.graph
    rows, members = graph.tie_rows, set(graph.members)
    here = active_on(rows, graph.as_of) & rows["source_id"].isin(members) & rows["target_id"].isin(members)
    counts = Counter(rows.loc[here & (rows["fund"] != ""), "fund"])
    most = max(counts.values(), default=0)
    alone = list(counts.values()).count(most) == 1
    for fund in sorted(name for name in counts if counts[name] == most)[:1]:
        ties = counted(most, "active tie rests", "active ties rest").capitalize()
        why = f"{ties} on it, {'more than' if alone else 'as many as'} on any other fund."
        changes = (Change("end-fund", {"fund": fund}),)
        yield Suggestion(f"What if {fund} ended?", why, scenario_address(selection, changes))


def _with_an_introduction(results: Results, advice: Advice | None, selection: Selection) -> Iterator[Suggestion]:
    for one in advice.introductions[:1] if advice else ():
        names = f"{results.graph.name_of(one.source_id)} and {results.graph.name_of(one.target_id)}"
        secures = counted(len(one.secures), "body", "bodies")
        change = introduce(one.source_id, one.target_id)
        yield Suggestion(
            f"What if {names} worked together?",
            f"It is the first introduction advised: it would secure {secures}.",
            scenario_address(selection, (change,)),
        )


def _in_a_year(results: Results, selection: Selection) -> Iterator[Suggestion]:
    day = results.graph.as_of
    if day.year < 9999:
        later = day.replace(year=day.year + 1, day=min(day.day, 28))
        change = Change("move-date", {"date": later})
        why = "It shows what runs out by then, if nothing is renewed."
        yield Suggestion(f"What if it were {later:%-d %B %Y}?", why, scenario_address(selection, (change,)))


def _without_the_busiest(results: Results, selection: Selection) -> Iterator[Suggestion]:
    graph = results.graph
    counts = Counter(graph.members[int(end)] for end in graph.ends.ravel())
    del counts[graph.centre_id]
    relied_on = {entry.body.organisation_id for entry in reliance(Bodies(results))[:1]}
    for name in [name for name in sorted(counts, key=lambda each: (-counts[each], each)) if name not in relied_on][:1]:
        why = f"It has {counted(counts[name], 'tie')}."
        change = Change("abolish", {"organisation_id": name})
        yield Suggestion(f"What if {graph.name_of(name)} left?", why, scenario_address(selection, (change,)))
