"""Who is missing? Whom to bring in, whom to introduce to each other, and for what nobody is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import quote_plus

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.change_words import bring_in, introduce
from dashboards.views.decided import Decided
from dashboards.views.scenario_list import LONGEST_LIST, scenario_address
from orchestrator.errors import BadData
from orchestrator.model.advice import Advice
from orchestrator.model.advice_sentences import advice_headline, advice_sentence, introductions_sentence
from orchestrator.model.labels import requirement_labels
from orchestrator.model.results import Results
from orchestrator.model.wording import number, percent, sentence
from orchestrator.scenario import Scenario, changes_in_a_line

__all__ = [
    "IntroductionLine",
    "PartnerLine",
    "PartnersView",
    "certificate",
    "contradicting_limits_view",
    "letter",
    "no_advice_view",
    "partners_view",
    "wrong_limits_view",
]

#: The parameters of advice that limit it.
_LIMITS: Final = ("max_new", "budget", "within", "sectors")
_AS_GOOD_AS_NOTHING: Final = 1e-9
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class PartnerLine:
    """A body to bring in: its letter, what it adds, what it closes and strengthens, and the reason in words."""

    letter: str
    body: Body
    adds: float
    closes: tuple[str, ...]
    strengthens: tuple[str, ...]
    load: str
    reason: str
    try_address: str = ""
    map_address: str = ""
    decided: Decided | None = None


@dataclass(frozen=True)
class IntroductionLine:
    """Two members to introduce to each other, whom that secures, and the reason in words."""

    one: Body
    other: Body
    secures: tuple[str, ...]
    reason: str
    try_address: str = ""
    decided: Decided | None = None


@dataclass(frozen=True)
class PartnersView:
    """The advice for a mission. Every list may be empty; the headline then says why.

    ``others`` are decisions that stand on what is not advised today, or not within these limits. ``try_all`` leads to
    the whole choice, where a link can hold it.
    """

    headline: str
    lede: str
    sentence: str
    partners: tuple[PartnerLine, ...]
    introductions: tuple[IntroductionLine, ...]
    introductions_sentence: str
    unfilled: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    certificate: str = ""
    try_all: str = ""
    others: tuple[Decided, ...] = ()


def partners_view(
    results: Results,
    advice: Advice,
    selection: Selection,
    decisions: Mapping[tuple[str, str], Decided] = MappingProxyType({}),
) -> PartnersView:
    """What should the centre do next: bring in, introduce, or look for somebody that nobody knows yet?"""
    bodies, labels, centre = Bodies(results), requirement_labels(results.graph), results.graph.centre_id
    on_map = "" if any(value for name, value in advice.parameters.items() if name in _LIMITS) else "network"
    partners = tuple(
        PartnerLine(
            letter(at),
            bodies[one.organisation_id],
            one.adds,
            tuple(labels[need] for need in one.closes),
            tuple(labels[need] for need in one.strengthens),
            f"{number(one.load_before)} → {number(one.load_after)}",
            one.reason,
            scenario_address(selection, bring_in(one.organisation_id, centre)),
            selection.to(on_map, body=one.organisation_id).address() if on_map else "",
            decisions.get((one.organisation_id, "")),
        )
        for at, one in enumerate(advice.chosen)
    )
    introductions = tuple(
        IntroductionLine(
            bodies[one.source_id],
            bodies[one.target_id],
            tuple(bodies.names(one.secures)),
            one.reason,
            scenario_address(selection, (introduce(one.source_id, one.target_id),)),
            decisions.get(_pair(one.source_id, one.target_id)),
        )
        for one in advice.introductions
    )
    shown = {(line.body.organisation_id, "") for line in partners}
    shown |= {_pair(line.one.organisation_id, line.other.organisation_id) for line in introductions}
    return PartnersView(
        advice_headline(advice),
        (
            f"On {selection.day:%-d %B %Y}, from everybody in the register but those who work on it already, withdrew "
            "or carry all that they can. What is advised here is a start for a talk, not a verdict on anybody."
        ),
        advice_sentence(advice),
        partners,
        introductions,
        introductions_sentence(advice),
        tuple((labels[one.requirement_id], one.look_for) for one in advice.no_known_candidate),
        advice.notes,
        certificate(advice),
        _whole(selection, advice, centre),
        tuple(one for key, one in sorted(decisions.items()) if key not in shown),
    )


def certificate(advice: Advice) -> str:
    """What is proved of the choice, in words; blank where nobody is chosen."""
    if not advice.chosen:
        return ""
    if advice.within_percent > 0:
        more = percent(advice.within_percent / 100)
        return (
            f"What is proved: no choice within the limits is worth more than {number(advice.bound)} points. "
            f"Time ran out before it could be said whether the {more} above this choice can be had."
        )
    least = advice.cost <= advice.cost_bound + _AS_GOOD_AS_NOTHING
    cheap = ", and none that is worth as much costs less" if least else ""
    return f"This is proved, not guessed: no choice within the limits is worth more{cheap}."


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)


def _whole(selection: Selection, advice: Advice, centre: str) -> str:
    """Where the whole choice can be tried at once; blank where it is one body, or more than a link can hold."""
    changes = tuple(change for one in advice.chosen for change in bring_in(one.organisation_id, centre))
    if len(advice.chosen) < 2 or len(quote_plus(changes_in_a_line(Scenario("", changes)))) > LONGEST_LIST:
        return ""
    return scenario_address(selection, changes)


def no_advice_view(why: BadData) -> PartnersView:
    """The page of a mission for which nothing can be advised, with the reason."""
    told = " ".join(problem.what for problem in why.problems)
    return PartnersView("Nobody can be recommended yet", sentence(told.rstrip(".")), "", (), (), "", (), ())


def wrong_limits_view() -> PartnersView:
    """The page where a limit cannot be read."""
    lede = "Nothing was asked: a limit cannot be read. It is told beside its field."
    return PartnersView("Which limits do you mean?", lede, "", (), (), "", (), ())


def contradicting_limits_view() -> PartnersView:
    """The page where no choice keeps to all limits."""
    lede = (
        "The limits contradict each other, or the register has too few bodies of a sector that can come in. Allow more "
        "bodies or a larger budget, or ask for fewer of a sector."
    )
    return PartnersView("No choice keeps to all of these limits", lede, "", (), (), "", (), ())


def letter(at: int) -> str:
    """A, B … Z, then A2, B2 …"""
    round_, place = divmod(at, len(_LETTERS))
    return _LETTERS[place] + (str(round_ + 1) if round_ else "")
