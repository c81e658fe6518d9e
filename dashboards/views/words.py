"""What do the words mean: all of them, and those that a page uses?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from orchestrator.model.wording import number
from orchestrator.tables.glossary import Term, read_glossary

__all__ = ["WordsView", "words_in", "words_view"]


@dataclass(frozen=True)
class WordsView:
    """Every word with its meaning, by the alphabet."""

    headline: str
    lede: str
    terms: tuple[Term, ...]


def words_view() -> WordsView:
    """All words of the glossary."""
    terms = tuple(sorted(read_glossary(), key=lambda term: term.word.casefold()))
    return WordsView(
        f"{number(len(terms))} words, and what they mean here",
        "The same word is used on the pages, in the tables, in the commands and in the code.",
        terms,
    )


def words_in(texts: Iterable[str]) -> tuple[Term, ...]:
    """Which words of the glossary do these texts use, in singular or plural? By the alphabet.

    >>> [term.word for term in words_in(["Two ties hold on paper only.", "a tier"])]
    ['tie', 'tier']
    """
    pattern, terms = _patterns()
    found = {match.casefold() for text in texts for match in pattern.findall(text)}
    used = {terms[form].word: terms[form] for form in found}
    return tuple(used[word] for word in sorted(used, key=str.casefold))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], dict[str, Term]]:
    """One pattern of all words, the longest first, and the term of each; of two for one form, the first."""
    terms: dict[str, Term] = {}
    for term in read_glossary():
        for form in term.forms:
            terms.setdefault(form.casefold(), term)
    ways = "|".join(re.escape(form) for form in sorted(terms, key=len, reverse=True))
    return re.compile(rf"\b({ways})(?:e?s)?\b", re.IGNORECASE), terms
