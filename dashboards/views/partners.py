"""Who is missing? Whom to bring in, whom to introduce to each other, and for what nobody is known."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from orchestrator.errors import BadData
from orchestrator.model.advice import Advice
from orchestrator.model.advice_sentences import advice_headline, advice_sentence, introductions_sentence
from orchestrator.model.labels import requirement_labels
from orchestrator.model.results import Results
from orchestrator.model.wording import number, sentence

__all__ = ["IntroductionLine", "PartnerLine", "PartnersView", "no_advice_view", "partners_view"]

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


@dataclass(frozen=True)
class IntroductionLine:
    """Two members to introduce to each other, whom that secures, and the reason in words."""

    one: Body
    other: Body
    secures: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class PartnersView:
    """The advice for a mission. Every list may be empty; the headline then says why."""

    headline: str
    lede: str
    sentence: str
    partners: tuple[PartnerLine, ...]
    introductions: tuple[IntroductionLine, ...]
    introductions_sentence: str
    unfilled: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def partners_view(results: Results, advice: Advice, selection: Selection) -> PartnersView:
    """What should the centre do next: bring in, introduce, or look for somebody that nobody knows yet?"""
    bodies, labels = Bodies(results), requirement_labels(results.graph)
    partners = tuple(
        PartnerLine(
            letter(at),
            bodies[one.organisation_id],
            one.adds,
            tuple(labels[need] for need in one.closes),
            tuple(labels[need] for need in one.strengthens),
            f"{number(one.load_before)} → {number(one.load_after)}",
            one.reason,
        )
        for at, one in enumerate(advice.chosen)
    )
    introductions = tuple(
        IntroductionLine(bodies[one.source_id], bodies[one.target_id], tuple(bodies.names(one.secures)), one.reason)
        for one in advice.introductions
    )
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
    )


def no_advice_view(why: BadData) -> PartnersView:
    """The page of a mission for which nothing can be advised, with the reason."""
    told = " ".join(problem.what for problem in why.problems)
    return PartnersView("Nobody can be recommended yet", sentence(told.rstrip(".")), "", (), (), "", (), ())


def letter(at: int) -> str:
    """A, B … Z, then A2, B2 …"""
    round_, place = divmod(at, len(_LETTERS))
    return _LETTERS[place] + (str(round_ + 1) if round_ else "")
