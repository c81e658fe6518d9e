"""Amounts of money as they are written, in whole minor units: no amount is ever a float."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType
from typing import Final

from orchestrator.errors import quoted
from orchestrator.tables.cells import UnreadableError

__all__ = ["Amount", "Amounts", "minor_units", "read_amount", "read_currency", "shares"]

#: Currencies whose minor unit is not the hundredth (ISO 4217); those not named here have hundredths.
_PLACES: Final = MappingProxyType(
    {
        **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "XAF", "XOF", "XPF"), 0),
        **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    }
)
_SIGNS: Final = MappingProxyType({"£": "GBP", "€": "EUR"})
_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+"
_AMOUNT: Final = re.compile(
    rf"(?P<open>\()?\s*(?P<minus>[-−–])?\s*(?P<sign>[£€]|GBP|EUR)?\s*(?P<inner>[-−–])?\s*(?P<number>{_NUMBER})"
    r"\s*(?P<after>[-−–])?\s*(?P<close>\))?",
    re.ASCII,
)
_IN_PENCE: Final = frozenset({"", "GBP", "EUR"})
#: What most amounts look like: read without the detour by decimal numbers.
_PLAIN: Final = re.compile(r"(\()?(-)?(£)?(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.(\d{0,2}))?(\))?", re.ASCII)
_LARGEST: Final = Decimal(10) ** 15
#: So many distinct amounts are looked up rather than read again; most are there once.
_KNOWN: Final = 20_000
#: Longer texts are no amounts, however much time a pattern would take to find out.
_LONGEST: Final = 60
_ALLOWED: Final = "Write it like 1234.56, 1,234.56, £1,234.56, -1,234.56, 1,234.56- or (1,234.56)."


@dataclass(frozen=True)
class Amount:
    """An amount in whole minor units; ``rounded`` where fractions of one were written; ``sign`` is what stood by it."""

    minor: int
    rounded: bool = False
    sign: str = ""


def minor_units(currency: str) -> int:
    """How many decimal places has this currency?

    >>> minor_units("GBP"), minor_units("JPY")
    (2, 0)
    """
    return _PLACES.get(currency, 2)


def read_currency(text: str) -> str:
    """The ISO code of a currency as written. Raises UnreadableError.

    >>> read_currency(" gbp ")
    'GBP'
    """
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code, re.ASCII):
        raise UnreadableError(f"{quoted(text)} is not a currency.", "Use an ISO code such as GBP or EUR.")
    return code


def read_amount(text: str, currency: str = "GBP") -> Amount:
    """How much is this, in whole minor units of the currency? Raises UnreadableError for what is not plainly one.

    Commas group thousands, never decimals; brackets and a minus before or after make it negative, but only one of them.
    Fractions of a minor unit are rounded to the nearest, halves to the even one, and said.

    >>> read_amount("(1,234.50)"), read_amount("£1,000").minor, read_amount("12.345").rounded
    (Amount(minor=-123450, rounded=False, sign=''), 100000, True)
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None and currency in _IN_PENCE:
        opened, minus, sign, whole, part, closed = plain.groups()
        if (opened is None) == (closed is None) and not (opened and minus):
            pence = int(whole.replace(",", "")) * 100 + int(((part or "") + "00")[:2])
            return Amount(-pence if opened or minus else pence, sign="GBP" if sign else "")
    found = _AMOUNT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        raise UnreadableError(f"{quoted(text)} is not an amount.", _ALLOWED, _hint(text))
    negatives = [found["open"], found["minus"], found["inner"], found["after"]]
    if sum(map(bool, negatives)) > 1:
        raise UnreadableError(f"{quoted(text)} is negative twice.", _ALLOWED)
    sign = found["sign"] or ""
    sign = _SIGNS.get(sign, sign)
    value = Decimal(found["number"].replace(",", ""))
    if value > _LARGEST:
        raise UnreadableError(f"{quoted(text)} is too large.", f"Amounts go up to {_LARGEST:,}.")
    exact = value.scaleb(minor_units(sign or currency))
    whole = exact.to_integral_value(ROUND_HALF_EVEN)
    return Amount(int(-whole if any(negatives) else whole), whole != exact, sign)


def _hint(text: str) -> str:
    if re.search(r"\d,\d{1,2}\s*$", text):
        return "Is the comma a decimal point? Then write a point."
    if "$" in text:
        return "Which dollar is it? Give the currency in a column of its own."
    return "Has the column shifted?" if re.search(r"[A-Za-z]", text) else ""


def shares(amount: int, of: int) -> list[int]:
    """An amount shared equally among so many, in whole minor units; what is left over goes to the first of them.

    >>> shares(100, 3), shares(-100, 3)
    ([34, 33, 33], [-34, -33, -33])
    """
    each, over = divmod(abs(amount), of)
    sign = -1 if amount < 0 else 1
    return [sign * (each + (at < over)) for at in range(of)]


@dataclass
class Amounts:
    """Reads the amounts of a file, each distinct text once."""

    known: dict[tuple[str, str], Amount] = field(default_factory=dict)

    def read(self, text: str, currency: str) -> Amount:
        """As ``read_amount``; a sign that contradicts the stated currency cannot be read either.

        >>> Amounts().read("£5", "GBP").minor
        500
        """
        found = self.known.get((text, currency))
        if found is None:
            found = read_amount(text, currency)
            if found.sign and currency and found.sign != currency:
                raise UnreadableError(f"{quoted(text)} is not in {currency}.", "Sign and currency say the same.")
            if len(self.known) < _KNOWN:
                self.known[text, currency] = found
        return found
