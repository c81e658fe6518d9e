"""Requests that no page of ours sends: every address and form of the app, with parts changed by chance.

``python -m tests.laws.sent 10000`` sends as many to the app with the packaged pack and says what was answered.
"""

from __future__ import annotations

import io
import json
import random
import sys
from collections import Counter
from typing import Any, Final

from flask.testing import FlaskClient

from dashboards.app import create_app
from dashboards.pages.catalogue import PAGES
from dashboards.selection import Selection
from orchestrator.study import Library, open_pack

UPDATE: Final = "/_dash-update-component"
#: What is put in the place of something else.
STRANGE: Final = (
    "",
    "0",
    "-1",
    "9" * 400,
    "1e400",
    "nan",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "tomorrow",
    "../../etc/passwd",
    "%00",
    "\x00",
    "\ud800",
    "é👩🏽‍🔬مجلس",
    "<script>alert(1)</script>",
    "{'a': []}",
    "a" * 4000,
    "|",
    ";",
    "'; DROP TABLE ties; --",
)
_NAMES: Final = (
    *("pack", "on", "level", "body", "capability", "place", "sheet", "before", "after", "arrival", "problem", "q"),
    *("max-new", "budget", "within", "sectors", "change", "worlds", "seed", "sector", "state", "query", "sort", "show"),
    *("ticket", "address"),
)


def addresses(mission_id: str) -> tuple[str, ...]:
    """Every page of the app, one of them for a mission or body that is there."""
    return tuple(Selection(page.name, mission_id, organisation_id="a").path for page in PAGES)


class Sender:
    """Sends by chance; the same luck sends the same."""

    def __init__(self, client: FlaskClient, mission_id: str, luck: int) -> None:
        self._client, self._mission = client, mission_id
        self._chance = random.Random(luck)
        self._pages = addresses(mission_id)

    def send(self) -> tuple[str, int]:
        """One request: what it was, and the status of the answer."""
        way = self._chance.choice([self._get, self._get, self._update, self._update, self._form, self._file])
        return way()

    def _text(self) -> str:
        chance = self._chance
        if chance.random() < 0.7:
            return chance.choice(STRANGE)
        return "".join(chr(chance.randrange(1, 0x2FFF)) for _ in range(chance.randint(1, 40)))

    def _address(self) -> str:
        chance = self._chance
        path = chance.choice(self._pages)
        if chance.random() < 0.3:
            parts = path.split("/")
            parts[chance.randrange(len(parts))] = _quoted(self._text())
            path = "/".join(parts)
        asked = [f"{chance.choice(_NAMES)}={_quoted(self._text())}" for _ in range(chance.randint(0, 4))]
        return f"/{path.lstrip('/')}" + (f"?{'&'.join(asked)}" if asked else "")

    def _get(self) -> tuple[str, int]:
        path = self._address()
        if self._chance.random() < 0.2:
            path = self._chance.choice(
                [
                    f"/mission/{self._mission}/network.json?on={_quoted(self._text())}",
                    f"/jobs/{_quoted(self._text())}.json?ticket=x",
                    f"/data/bring/{_quoted(self._text())}.csv",
                    f"/_dash-component-suites/{_quoted(self._text())}",
                    f"/assets/{_quoted(self._text())}",
                ]
            )
        return f"GET {path}", self._client.get(path).status_code

    def _update(self) -> tuple[str, int]:
        chance = self._chance
        store, into = chance.choice([("address", "content"), ("picked", "panel")])
        body: dict[str, Any] = {
            "output": f"{into}.data",
            "outputs": {"id": into, "property": "data"},
            "inputs": [{"id": store, "property": "data", "value": self._address()}],
            "changedPropIds": [f"{store}.data"],
        }
        if chance.random() < 0.5:
            name = chance.choice([*body, "state", self._text()])
            body[name] = chance.choice([None, 1, [], {}, [{}], self._text(), {"id": self._text()}, [[self._text()]]])
        data = bytearray(json.dumps(body).encode())
        if chance.random() < 0.3:
            for _ in range(chance.randint(1, 5)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        answer = self._client.post(UPDATE, data=bytes(data), content_type="application/json")
        return f"POST {UPDATE} {bytes(data)!r}", answer.status_code

    def _form(self) -> tuple[str, int]:
        chance = self._chance
        path = chance.choice(
            ["/jobs/x/cancel", f"/mission/{self._mission}/changes/take", "/mission/nobody/changes", "/data/bring", "/"]
        )
        fields = {chance.choice(_NAMES): self._text().encode("utf-8", "replace").decode() for _ in range(3)}
        answer = self._client.post(f"{path}?{chance.choice(_NAMES)}={_quoted(self._text())}", data=fields)
        return f"POST {path} {fields!r}", answer.status_code

    def _file(self) -> tuple[str, int]:
        chance = self._chance
        data = bytes(chance.choices(b'--b\r\n";=PK\x03\x04\xff\x00name', k=chance.randint(0, 200)))
        if chance.random() < 0.5:
            sent = {chance.choice(["pack", "snapshot", "x"]): (io.BytesIO(data), self._text().replace("\ud800", "?"))}
            answer = self._client.post("/data/bring", data=sent)
        else:
            kind = chance.choice(["multipart/form-data; boundary=b", "multipart/form-data", "text/plain", ""])
            answer = self._client.post("/data/bring", data=data, content_type=kind)
        return f"POST /data/bring {data!r}", answer.status_code


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    app = create_app(Library(open_pack()))
    sender = Sender(app.server.test_client(), "clean-energy", 20_261_127)
    answers: Counter[int] = Counter()
    for number in range(count):
        what, status = sender.send()
        answers[status] += 1
        if status >= 500 and status != 503:
            print(f"{number}: {status} {what[:300]}", flush=True)
    print(", ".join(f"{status}: {times:,}" for status, times in sorted(answers.items())))
    app.desk.close()


if __name__ == "__main__":
    main()
