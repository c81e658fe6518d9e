"""How fast are the commands and the dashboards on this machine? Prints a table; nothing here passes or fails.

    make bench
    make bench ARGS="--workloads PATH"    packs from a frozen generator (or name it in ORCHESTRATOR_WORKLOADS)
    .venv/bin/python -m tests.benchmarks.bench_dashboards --only people    commands, sizes or people alone

Without a generator, packs of the same shape are made here: five ties a body, heavy-tailed, 240 requirements.
"""

from __future__ import annotations

import argparse
import html
import http.client
import os
import platform
import random
import re
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

CHECKOUT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from dashboards.app import create_app  # noqa: E402
from orchestrator.study import Library, open_pack  # noqa: E402
from tests.browser.chromium import FLAGS, find_chromium  # noqa: E402
from tests.browser.serving import serving  # noqa: E402
from tests.packs import pack  # noqa: E402

COMMANDS: Final = (("--help", "< 0.3 s"), ("missions", "< 1 s"), ("analyse clean-energy", "< 2 s"))
SIZES: Final = ((300, "< 1.5 s"), (5_000, "< 2 s"), (50_000, "< 3 s"))
PAGES: Final = ("", "/coverage", "/network", "/bottlenecks", "/partners", "/principles")
DAY: Final = "2026-06-01"
PACKED: Final = {"Accept-Encoding": "gzip"}
REPEATS: Final = 5
SECTORS: Final = ("central", "regional", "local", "firm", "civil-society", "research")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workloads", type=Path, default=os.environ.get("ORCHESTRATOR_WORKLOADS"))
    parser.add_argument("--only", choices=("commands", "sizes", "people"))
    options = parser.parse_known_args()[0]  # the other benchmarks have arguments of their own
    cores = os.cpu_count() or 1
    print(f"{platform.system()} on {platform.machine()}, {cores} cores")
    print(f"load before: {', '.join(f'{load:.1f}' for load in os.getloadavg())}; middle of {REPEATS}\n")
    if options.only in (None, "commands"):
        for arguments, goal in COMMANDS:
            line(f"orchestrator {arguments}, CPU", seconds(middle(lambda said=arguments: cpu(said))), goal)
    if options.only in (None, "sizes"):
        with tempfile.TemporaryDirectory() as folder, chromium() as browser:
            of_library(Library(open_pack()), browser, "The packaged pack", "< 1.5 s")
            for size, goal in SIZES:
                pack_of = made_by(Path(options.workloads), size, Path(folder)) if options.workloads else None
                library = Library(open_pack(pack_of)) if pack_of else made(size)
                whose = "the frozen generator" if pack_of else "made here"
                of_library(library, browser, f"{size:,} organisations ({whose})", goal)
    if options.only in (None, "people"):
        of_people()


def line(what: str, figure: str, goal: str = "") -> None:
    print(f"{what:<62}{figure:>14}   {goal}", flush=True)


def seconds(value: float) -> str:
    return f"{value:.2f} s"


def milliseconds(value: float) -> str:
    return f"{1000 * value:.0f} ms"


def middle(measure: Callable[[], float]) -> float:
    return median(measure() for _ in range(REPEATS))


def cpu(arguments: str) -> float:
    """CPU time of a command, start of Python included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [str(Path(sys.executable).with_name("orchestrator")), *arguments.split()]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# ── packs ─────────────────────────────────────────────────────────────────────────────────────────


def made_by(generator: Path, size: int, folder: Path) -> Path:
    """The pack that the frozen generator writes."""
    command = [sys.executable, str(generator), "pack", str(size), "--to", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / f"pack{size}"


def made(size: int, seed: int = 1) -> Library:
    """A pack of the same shape, for whoever has no generator."""
    luck = random.Random(seed)
    bodies = [f"b{number}" for number in range(size)]
    pull = [(1 - luck.random()) ** (-1 / 1.35) for _ in bodies]
    ends = zip(luck.choices(bodies, pull, k=5 * size), luck.choices(bodies, pull, k=5 * size), strict=True)
    places, skills = [f"r{number}" for number in range(12)], [f"s{number}" for number in range(20)]
    statuses = ("proposed", "committed", "delivering", "delivering")
    of = {"mission_id": "clean-energy"}
    tables = {
        "organisations": [
            {"organisation_id": body, "name": f"Body {body}", "sector": luck.choice(SECTORS)} for body in bodies
        ],
        "places": [{"place_id": place, "name": f"Region {place}", "level": "region"} for place in places],
        "missions": [{**of, "title": "Made here", "centre_id": bodies[0]}],
        "capabilities": [{"capability_id": skill, "name": f"Skill {skill}"} for skill in skills],
        "requirements": [
            {"requirement_id": f"{skill}-{place}", "capability_id": skill, "place_id": place, **of}
            for skill in skills
            for place in places
        ],
        "offers": [
            {"organisation_id": body, "capability_id": luck.choice(skills), "place_id": luck.choice(places)}
            for body in luck.choices(bodies, k=2 * size)
        ],
        "engagements": [{"organisation_id": body, "status": luck.choice(statuses), **of} for body in bodies],
        "ties": [{"source_id": one, "target_id": other, **of} for one, other in ends],
    }
    return Library(pack(tables))


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        raise SystemExit("There is no Chromium here: the pages cannot be measured.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def of_library(library: Library, browser: Browser, called: str, goal: str) -> None:
    """Everything about the network page of one pack."""
    path = f"/mission/clean-energy/network?on={DAY}"
    app = create_app(library)
    client = app.server.test_client()
    members = len(library.graph("clean-energy", date.fromisoformat(DAY)).members)
    print(f"\n{called}, {members:,} in the mission")
    first, whole = waited(client, path)
    line("  first answer, nothing worked out before", seconds(first), "< 1 s")
    line("  the whole page, all analyses included", seconds(whole))
    for page in PAGES:
        waited(client, f"/mission/clean-energy{page}?on={DAY}")
        line(
            f"  cached answer of {page or 'the overview'}",
            milliseconds(middle(lambda at=page: answer(client, at))),
            "< 100 ms",
        )
    page_bytes, rest = weight(client, path)
    line(
        "  page weight, compressed",
        f"{(page_bytes + rest) / 1024:.0f} KB",
        f"< 1,300 KB; {page_bytes / 1024:.0f} KB are the document",
    )
    with serving(app.server) as address:
        painted = [paint(browser, address + path) for _ in range(REPEATS)]
        line("  first contentful paint", seconds(median(first for first, _ in painted)), "< 1 s")
        line("  ring map painted", seconds(median(ring for _, ring in painted)), goal)
        hover, sieve = touched(browser, address + path)
        line("  hover to frame", milliseconds(median(hover)), "< 50 ms")
        line("  filter to frame", milliseconds(median(sieve)), "< 100 ms at 5,000")
    app.desk.close()


def waited(client: Any, path: str) -> tuple[float, float]:
    """Seconds to the first answer, and to the page that is worked out."""
    begun = time.perf_counter()
    answered = client.get(path)
    first = time.perf_counter() - begun
    while answered.status_code == 202:
        time.sleep(0.05)
        answered = client.get(path)
    if answered.status_code != 200:
        raise SystemExit(f"{path} was answered with {answered.status_code}")
    return first, time.perf_counter() - begun


def answer(client: Any, page: str) -> float:
    begun = time.perf_counter()
    client.get(f"/mission/clean-energy{page}?on={DAY}", headers=PACKED)
    return time.perf_counter() - begun


def weight(client: Any, path: str) -> tuple[int, int]:
    """Bytes of a page that go over the line: the document, and its scripts, styles and the ring map."""
    page = client.get(path, headers=PACKED)
    text = client.get(path).text
    found = {html.unescape(way) for way in re.findall(r'(?:src|data-address|<link[^>]* href)="(/[^"]*)"', text)}
    return len(page.data), sum(len(client.get(way, headers=PACKED).data) for way in found)


def paint(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds from the start of the navigation to the first contentful paint, and to the painted ring map."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-ring-ready=true]")
    ring = page.evaluate("() => performance.getEntriesByName('ringmap:painted')[0].startTime")
    first = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return first / 1000, ring / 1000


_HOVER: Final = """(at) => new Promise((done) => {
  const over = document.querySelector(".ringmap-over"), box = over.getBoundingClientRect();
  const begun = performance.now();
  const init = { bubbles: true, pointerType: "mouse", clientX: box.left + at[0], clientY: box.top + at[1] };
  over.dispatchEvent(new PointerEvent("pointermove", init));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


_FILTER: Final = """(value) => new Promise((done) => {
  const choice = document.querySelector("select[data-ring-filter-sector]");
  const begun = performance.now();
  choice.value = value;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


def touched(browser: Browser, address: str) -> tuple[list[float], list[float]]:
    """Seconds from a move of the pointer over the map to the frame after, all over the map; and from a filter to it."""
    context = browser.new_context(viewport={"width": 1440, "height": 1400})
    page: Page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-ring-ready=true]")
    box = page.locator(".ringmap-over").bounding_box()
    if box is None:
        raise SystemExit("The ring map has no room.")
    spots = [
        (box["width"] * (0.3 + 0.4 * x / 9), box["height"] * (0.3 + 0.4 * y / 9)) for x in range(10) for y in range(10)
    ]
    found = [page.evaluate(_HOVER, list(spot)) / 1000 for spot in spots]
    sieved = [page.evaluate(_FILTER, value) / 1000 for value in ("firm", "", "local", "", "central", "")]
    context.close()
    return found, sieved


# ── many people at once ───────────────────────────────────────────────────────────────────────────

PEOPLE: Final = 50
PAUSE: Final = 2.0
CLICKS: Final = 15


def of_people() -> None:
    """Fifty people on the real server, on this machine only: each clicks every two seconds, fifteen times."""
    with tempfile.TemporaryDirectory() as workspace, real_server(Path(workspace)) as port:
        answers = crowd(port)
    taken = sorted(seconds for seconds, _ in answers)
    failed = [status for _, status in answers if status not in (200, 202)]
    later = sum(status == 202 for _, status in answers)
    print(
        f"\n{PEOPLE} people at once, {PAUSE:.0f} s between clicks, {len(answers):,} clicks on all pages of all missions"
    )
    for share, goal in ((0.5, ""), (0.95, "< 500 ms"), (1.0, "")):
        at = taken[min(len(taken) - 1, int(share * len(taken)))]
        line(f"  answered within, {share:.0%} of the clicks", milliseconds(at), goal)
    line("  errors", f"{len(failed)}", f"0; {later} pages came first as one that fills in")


@contextmanager
def real_server(workspace: Path) -> Iterator[int]:
    """``orchestrator serve`` with the packaged pack, once it has made ahead what it makes ahead."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [str(Path(sys.executable).with_name("orchestrator")), "serve", "--port", str(port)]
    server = subprocess.Popen([*command, "--workspace", str(workspace)], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        for path in crowd_pages():
            while status_of(port, path) != 200:
                if time.monotonic() > until:
                    raise SystemExit(f"{path} is not there after two minutes.")
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def crowd_pages() -> list[str]:
    """What fifty people look at: the missions, and every page of every mission, today."""
    missions = open_pack()["missions"]["mission_id"]
    return ["/", "/words", *(f"/mission/{mission}{page}" for mission in missions for page in PAGES)]


def status_of(port: int, path: str) -> int:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0


def crowd(port: int) -> list[tuple[float, int]]:
    """Seconds and status of every click. Bounded in people, clicks and time, and on this machine only."""
    pages, found = crowd_pages(), list[tuple[float, int]]()

    def person(number: int) -> None:
        luck = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        time.sleep(luck.random() * PAUSE)
        for _ in range(CLICKS):
            begun = time.perf_counter()
            connection.request("GET", luck.choice(pages), headers=PACKED)
            answered = connection.getresponse()
            answered.read()
            found.append((time.perf_counter() - begun, answered.status))
            time.sleep(PAUSE)

    threads = [threading.Thread(target=person, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


if __name__ == "__main__":
    main()
