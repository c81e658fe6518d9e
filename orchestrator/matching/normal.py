"""How is a written name read, so that two ways of writing it are one? Written once, as steps that are told in SQL.

Each reading of a name is a tuple of steps; a step is one of the three functions that every engine has alike: put
other characters for characters (``translate``), put another text for a text (``replace``), put a text for a pattern
(``regexp_replace``, patterns without back references and look-around). ``normalising_sql`` tells them in DuckDB's
dialect; sqlglot turns that into the dialect of PostgreSQL or Spark. ``read_name`` takes the same steps in Python, for
one name at a time. ``lower`` is not used: what it does to letters beyond a to z depends on the engine's locale.

**strict**  capitals, accents, punctuation, spaces, ``&``/``and``, ``Ltd``/``Limited``, a ``The`` in front, a trading
            name behind ``t/a`` and an office behind a dash make no difference.
**loose**   nor do legal forms, abbreviations (``Dept``, ``NHSFT``), ``of``, and the form of a council.
**form**    what the loose name leaves out: two names that state different forms are not one body.

Whoever changes a step changes ``VERSION``: it stands beside every stored name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["VERSION", "ReadName", "normalising_sql", "read_name", "text_sql"]

#: The version of the steps below. It is a column wherever a normalised name is stored.
VERSION: Final = "names-1"


@dataclass(frozen=True)
class _Step:
    """One step: put ``put`` for ``given``. ``when`` is the pattern that a text must show for a step ``behind``, which
    takes ``given`` out and puts ``put`` behind the text."""

    kind: Literal["translate", "replace", "pattern", "behind"]
    given: str
    put: str
    when: str = ""

    def sql(self, inner: str) -> str:
        given, put = text_sql(self.given), text_sql(self.put)
        if self.kind == "translate":
            return f"translate({inner}, {given}, {put})"
        if self.kind == "replace":
            return f"replace({inner}, {given}, {put})"
        if self.kind == "pattern":
            return f"regexp_replace({inner}, {given}, {put}, 'g')"
        taken = f"regexp_replace({inner}, {given}, ' ', 'g')"
        return f"CASE WHEN regexp_matches({inner}, {text_sql(self.when)}) THEN {taken} || {put} ELSE {inner} END"

    def take(self, text: str) -> str:
        if self.kind == "translate":
            put: list[str | None] = [*self.put, *[None] * (len(self.given) - len(self.put))]
            return text.translate(dict(zip(map(ord, self.given), put, strict=True)))
        if self.kind == "replace":
            return text.replace(self.given, self.put)
        if self.kind == "pattern":
            return re.sub(self.given, self.put, text)
        return re.sub(self.given, " ", text) + self.put if re.search(self.when, text) else text


def text_sql(text: str) -> str:
    """A text as SQL writes it.

    >>> text_sql("King's")
    "'King''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def _words(*pairs: tuple[str, str]) -> tuple[_Step, ...]:
    """Whole words for whole words, in a text whose words stand between two spaces on each side."""
    return tuple(_Step("replace", _spaced(given), _spaced(put) if put else "  ") for given, put in pairs)


def _spaced(words: str) -> str:
    return f" {words.replace(' ', '  ')} "


_PLAIN: Final = (
    ("àáâãäåāăą", "a"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõöøōŏő", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűų", "u"),
    ("ŵẁẃẅ", "w"),
    ("ýÿŷỳ", "y"),
    ("źżž", "z"),
)
_SPACES: Final = "".join(map(chr, (*range(1, 32), 0x7F, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029)))
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_GONE: Final = (
    "'`´‘’‚‛ʼ′"  # apostrophes of every sort
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # what cannot be seen
    + "".join(map(chr, range(0x300, 0x370)))  # accents that stand by themselves
)
_PUNCTUATION: Final = '!"#$%()*+,-./:;<=>?@[\\]^_{|}~' + "“”„«»…•·©®™£€¬¦"


def _letters() -> _Step:
    capitals = "".join(chr(one) for one in range(ord("A"), ord("Z") + 1))
    given, put = capitals, capitals.lower()
    for letters, plain in _PLAIN:
        every = dict.fromkeys(letters + "".join(one.upper() for one in letters if len(one.upper()) == 1))
        every = {one: None for one in every if one not in given}
        given, put = given + "".join(every), put + plain * len(every)
    given, put = given + _SPACES + _DASHES, put + " " * len(_SPACES) + "-" * len(_DASHES)
    return _Step("translate", given + _GONE, put)


_WRITTEN: Final = (
    *(
        _Step("replace", given, put)
        for given, put in (("&amp;", "&"), ("&#39;", ""), ("&#039;", ""), ("&apos;", ""), ("&quot;", " "))
    ),
    _letters(),
    *(
        _Step("replace", given, put)
        for given, put in (("ß", "ss"), ("æ", "ae"), ("Æ", "ae"), ("œ", "oe"), ("Œ", "oe"), ("ﬁ", "fi"), ("ﬂ", "fl"))
    ),
    _Step("pattern", "[ (](t/ ?as?|trading as|c/o|formerly|previously|now known as) .*$", " "),
    _Step("replace", "(registered charity)", " "),
    _Step("replace", "(head office)", " "),
    _Step("pattern", " - [^-]* office *$", " "),
    _Step("replace", "&", " and "),
    _Step("translate", _PUNCTUATION, " " * len(_PUNCTUATION)),
    _Step("pattern", " +", "  "),
)

_STRICT: Final = _words(
    ("p l c", "plc"),
    ("l l p", "llp"),
    ("l t d", "limited"),
    ("c i c", "cic"),
    ("c i o", "cio"),
    ("n h s", "nhs"),
    ("u k", "uk"),
    ("ltd", "limited"),
    ("cyf", "cyfyngedig"),
    ("limited liability partnership", "llp"),
    ("public limited company", "plc"),
    ("community interest company", "cic"),
    ("scottish charitable incorporated organisation", "scio"),
    ("charitable incorporated organisation", "cio"),
)

#: Legal forms that the loose name leaves out, in the order in which they are looked for.
_LEGAL: Final = ("llp", "plc", "cic", "scio", "cio", "lp", "inc", "gmbh", "limited", "cyfyngedig")

_LOOSE: Final = (
    *_words(
        ("nhsft", "nhs trust"),
        ("nhs ft", "nhs trust"),
        ("nhs foundation trust", "nhs trust"),
        ("foundation trust", "nhs trust"),
        ("hosp", "hospital"),
        ("icb", "integrated care board"),
        ("ccg", "clinical commissioning group"),
        ("csu", "commissioning support unit"),
        ("univ", "university"),
        ("uni", "university"),
        ("met", "metropolitan"),
        ("dept", "department"),
        ("govt", "government"),
        ("assoc", "association"),
        ("cvs", "council for voluntary service"),
        ("cab", "citizens advice bureau"),
        ("pcc", "police and crime commissioner"),
        ("commissioner for", "commissioner"),
        ("saint", "st"),
        ("co", "company"),
        ("intl", "international"),
        ("united kingdom", "uk"),
        ("great britain", "gb"),
    ),
    _Step("pattern", " constabulary +$", " police "),
    *_words(*((form, "") for form in _LEGAL)),
    *_words(("registered charity", "")),
)

_TIERS: Final = _spaced(
    "(metropolitan borough|metropolitan district|metropolitan|london borough|royal borough|city and county"
    "|county borough|borough|district|city|county)"
).strip()
_BOROUGH: Final = "^ (city  and  county  of|london  borough|royal  borough|lb|rb)  (of  )?"
_CITY: Final = "^ (city|borough|district|council)  of  "
_BEHIND: Final = f"  ({_TIERS}  council|mbc|mdc|bc|dc|cc) $"
#: A council is its place, whatever it puts before or behind it. Each step reads its text three times: one a stage.
_COUNCIL: Final = (
    _Step("behind", _BOROUGH, " council ", when=_BOROUGH),
    _Step("behind", _CITY, " council ", when=_CITY + "(.*  council|[a-z]+) $"),
    _Step("behind", "^ council  of  ", " council ", when="^ council  of  [a-z]+  [a-z]+ $"),
    _Step("behind", _BEHIND, " council ", when=_BEHIND),
)
_LINKS: Final = _words(("council council", "council"), ("and", ""), ("of", ""), ("the", ""))
_TIDY: Final = (_Step("pattern", " +", " "),)
#: A name that is nothing but ``the`` keeps it.
_WITHOUT_THE: Final = (_Step("pattern", "^(the )+", ""), _Step("pattern", "( the)+$", ""))

#: The forms that a name can state, each with the pattern that says so; the first that is found counts.
_FORMS: Final = (
    *((f" {form} ", "limited" if form == "cyfyngedig" else form) for form in _LEGAL),
    ("  county  council $", "county council"),
    (f"  {_TIERS}  council $", "borough or district council"),
)


@dataclass(frozen=True)
class ReadName:
    """A name as it is read. Blank ``strict``: it holds neither letter nor digit, and equals no other name."""

    strict: str
    loose: str
    form: str


def read_name(name: str) -> ReadName:
    """How is this one name read?

    >>> read_name("The Apex Care Co. LTD (t/a Oak)")
    ReadName(strict='apex care co limited', loose='apex care company', form='limited')
    >>> read_name("LB of Camden").loose == read_name("Camden Council").loose
    True
    """
    written = _all(_WRITTEN, " " + name + " ")
    wide = _all(_STRICT, f" {written.strip(' ')} ")
    strict = _all(_WITHOUT_THE, _all(_TIDY, wide).strip(" "))
    wide = f" {strict.replace(' ', '  ')} "
    loose = _all((*_LOOSE, *_COUNCIL, *_LINKS, *_TIDY), wide).strip(" ")
    form = next((form for pattern, form in _FORMS if re.search(pattern, wide)), "")
    return ReadName(strict, loose, form)


def _all(steps: tuple[_Step, ...], text: str) -> str:
    for step in steps:
        text = step.take(text)
    return text


def normalising_sql(table: str, column: str) -> str:
    """The query, in DuckDB's dialect, that reads every distinct name of a column once.

    ``table`` is the name of a table or view, or a query in brackets; ``column`` holds the names as written. Each row of
    the result is a name: ``name``, ``strict``, ``loose``, ``form``, ``name_version``; in no particular order. Where the
    table is empty the result is. ``sqlglot.transpile(sql, read="duckdb", write="postgres")`` tells it to another
    engine. The cost grows with the distinct names: 200,000 take about a second in DuckDB on one core.

    >>> import duckdb
    >>> sql = normalising_sql("(SELECT 'Apex Care LTD.' AS given)", "given")
    >>> duckdb.sql(sql).fetchall()
    [('Apex Care LTD.', 'apex care limited', 'apex care', 'limited', 'names-1')]
    """
    stages = [
        f"written AS (SELECT DISTINCT {column} AS name FROM {table})",
        f"plain AS (SELECT name, {_told(_WRITTEN, _padded('name'))} AS x FROM written)",
        f"wide AS (SELECT name, {_told((*_STRICT, *_TIDY), _padded('trim(x)'))} AS x FROM plain)",
        f"named AS (SELECT name, {_told(_WITHOUT_THE, 'trim(x)')} AS strict FROM wide)",
        f"spread AS (SELECT name, strict, {_padded(_SPREAD)} AS x FROM named)",
        f"loosened AS (SELECT name, strict, x AS wide, {_told(_LOOSE, 'x')} AS x FROM spread)",
    ]
    before = "loosened"
    for at, step in enumerate(_COUNCIL):
        stages.append(f"council_{at} AS (SELECT name, strict, wide, {step.sql('x')} AS x FROM {before})")
        before = f"council_{at}"
    forms = " ".join(f"WHEN regexp_matches(wide, {text_sql(p)}) THEN {text_sql(form)}" for p, form in _FORMS)
    loose = f"trim({_told((*_LINKS, *_TIDY), 'x')})"
    columns = f"name, strict, {loose} AS loose, CASE {forms} ELSE '' END AS form, {text_sql(VERSION)} AS name_version"
    return f"WITH {', '.join(stages)} SELECT {columns} FROM {before}"


_SPREAD: Final = "replace(strict, ' ', '  ')"


def _told(steps: tuple[_Step, ...], inner: str) -> str:
    for step in steps:
        inner = step.sql(inner)
    return inner


def _padded(inner: str) -> str:
    return f"' ' || {inner} || ' '"
