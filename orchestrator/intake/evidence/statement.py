"""What a reader of a published format gives for each record: the statement itself, without where it was published."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["EvidenceSource", "Naming", "Statement", "everything"]


@dataclass(frozen=True)
class EvidenceSource:
    """A published file: what messages call it, its bytes, and their SHA-256."""

    name: str
    content: bytes
    digest: str

    @classmethod
    def of(cls, name: str, content: bytes) -> EvidenceSource:
        """The file of this name with these bytes.

        >>> EvidenceSource.of("a.csv", b"").digest[:8]
        'e3b0c442'
        """
        return cls(name, content, hashlib.sha256(content).hexdigest())


class Statement(NamedTuple):
    """One record as its publisher wrote it. Texts are '' where not given, dates ISO or '', amounts None.

    ``row`` says where it stands. ``key`` names the record where the publisher does so without doubles; where it is '',
    the record is what its cells say.
    """

    row: str
    kind: str
    from_name: str
    to_name: str
    from_identifiers: str = ""
    to_identifiers: str = ""
    from_town: str = ""
    to_town: str = ""
    starts: str = ""
    ends: str = ""
    amount_pence: int | None = None
    currency: str = ""
    place_name: str = ""
    place_code: str = ""
    title: str = ""
    programme: str = ""
    classification: str = ""
    record_id: str = ""
    key: str = ""


_SEPARATOR = "␟"


def everything(statement: Statement) -> str:
    """All that a statement says, as one text.

    >>> everything(Statement("row 2", "tie", "A", "B"))[:8]
    'tie␟A␟B␟'
    """
    return _SEPARATOR.join(map(str, statement[1:-1]))


@dataclass
class Naming:
    """Gives every record of a file its name: 32 hexadecimal digits that are the same whenever it is read.

    They follow from the format and from the publisher's own name of the record or, without one, from everything that
    the record says; records that say the same are told apart by counting them.
    """

    format: str
    seen: dict[bytes, int] = field(default_factory=dict)

    def name(self, said: str) -> str:
        """The name of the next record, which says this, or which its publisher calls this.

        >>> naming = Naming("spending")
        >>> naming.name("A council␟A firm") == naming.name("A council␟A firm")
        False
        """
        whole = f"{self.format}{_SEPARATOR}{said}"
        short = hashlib.sha256(whole.encode()).digest()[:16]
        before = self.seen.get(short, 0)
        self.seen[short] = before + 1
        if before:
            return hashlib.sha256(f"{whole}{_SEPARATOR}{before}".encode()).hexdigest()[:32]
        return short.hex()
