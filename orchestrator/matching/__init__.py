"""Written names to organisations: rules decide, people decide the rest, and what they decide is kept."""

from orchestrator.matching.candidates import Candidate, candidates
from orchestrator.matching.decisions import Verdict, decide, in_force, read_decisions
from orchestrator.matching.matcher import Matcher, Matching, mentions_sql
from orchestrator.matching.mentions import Part, parts_of, shares
from orchestrator.matching.normal import VERSION, normalising_sql, read_name
from orchestrator.matching.persons import looks_like_a_person
from orchestrator.matching.queue import Progress, Question, progress_of, questions
from orchestrator.matching.queue_text import Asked
from orchestrator.matching.register import Register
from orchestrator.matching.rules import Tables, claims_sql, resolving_sql

__all__ = [
    "VERSION",
    "Asked",
    "Candidate",
    "Matcher",
    "Matching",
    "Part",
    "Progress",
    "Question",
    "Register",
    "Tables",
    "Verdict",
    "candidates",
    "claims_sql",
    "decide",
    "in_force",
    "looks_like_a_person",
    "mentions_sql",
    "normalising_sql",
    "parts_of",
    "progress_of",
    "questions",
    "read_decisions",
    "read_name",
    "resolving_sql",
    "shares",
]
