"""What advice comes to, in the sentences that pages and documents share."""

from __future__ import annotations

from orchestrator.model.advice import Advice
from orchestrator.model.wording import counted, number, percent

__all__ = ["advice_headline", "advice_sentence", "introductions_sentence"]


def advice_headline(advice: Advice) -> str:
    """What would the advice do, as a clause?"""
    closed = len({need for one in advice.chosen for need in one.closes})
    unknown = len(advice.no_known_candidate)
    nobody = f"; for {unknown:,} nobody is known" if unknown else ""
    if not advice.chosen:
        return f"No body on record would close a requirement{nobody}"
    if not closed:
        who = counted(len(advice.chosen), "body on record would strengthen", "bodies on record would strengthen")
        return f"{who} requirements, and none would close one{nobody}".capitalize()
    who = counted(len(advice.chosen), "body", "bodies").capitalize()
    return f"{who} would close {counted(closed, 'requirement')}{nobody}"


def advice_sentence(advice: Advice) -> str:
    """From how many points to how many would the need grid go, and could any choice do better?"""
    grid = f"The need grid would go from {number(advice.objective_today)} to {number(advice.objective)} points."
    if advice.within_percent <= 0:
        return f"{grid} No choice reaches more."
    return f"{grid} No choice reaches more than {number(advice.bound)}: {percent(advice.within_percent / 100)} above."


def introductions_sentence(advice: Advice) -> str:
    """How many new ties are enough that nobody hangs on one body, and could fewer do?"""
    if not advice.introductions:
        return "No new tie is needed: nobody hangs on one body for every route."
    ties = counted(len(advice.introductions), "new tie is", "new ties are").capitalize()
    fewest = len(advice.introductions) <= advice.introductions_bound
    least = "fewer cannot do it" if fewest else f"at least {advice.introductions_bound} are needed"
    return f"{ties} enough that no single body's leaving cuts anybody off from the centre; {least}."
