"""How fast are the commands and the dashboards on this machine? Prints a table; nothing here passes or fails.

    make bench
    make bench ARGS="--workloads PATH"    packs from a frozen generator (or name it in ORCHESTRATOR_WORKLOADS)

Without a generator, packs of the same shape are made here: five ties a body, heavy-tailed, 240 requirements.
"""

from __future__ import annotations

import argparse
import html
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
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
SIZES: Final = ((300, "< 1.5 s"), (5_000, "< 2.5 s"))
DAY: Final = "2026-06-01"
REPEATS: Final = 5
SECTORS: Final = ("central", "regional", "local", "firm", "civil-society", "research")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workloads", type=Path, default=os.environ.get("ORCHESTRATOR_WORKLOADS"))
    generator = parser.parse_known_args()[0].workloads  # the other benchmarks have arguments of their own
    cores = os.cpu_count() or 1
    print(f"{platform.node()}: {platform.system()} on {platform.machine()}, {cores} cores")
    print(f"load before: {', '.join(f'{load:.1f}' for load in os.getloadavg())}; middle of {REPEATS}\n")
    for arguments, goal in COMMANDS:
        line(f"orchestrator {arguments}, CPU", seconds(middle(lambda said=arguments: cpu(said))), goal)
    line("first answer of a page (packaged pack)", *weight(Library(open_pack()), "/mission/clean-energy/network"))
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for size, goal in SIZES:
            library = Library(open_pack(made_by(Path(generator), size, Path(folder)))) if generator else made(size)
            of_size(library, browser, size, goal, "the frozen generator" if generator else "made here")


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


def of_size(library: Library, browser: Browser, size: int, goal: str, whose: str) -> None:
    """Everything about the network page of one size."""
    path = f"/mission/clean-energy/network?on={DAY}"
    begun = time.perf_counter()
    client = create_app(library).server.test_client()
    client.get(path)
    members = len(library.results("clean-energy", date.fromisoformat(DAY)).graph.members)
    print(f"\n{size:,} organisations ({whose}), {members:,} in the mission")
    line("  first answer, all analyses included", seconds(time.perf_counter() - begun))
    for page in ("", "/coverage", "/network", "/bottlenecks"):
        line(f"  cached answer of {page or 'the overview'}", milliseconds(middle(lambda at=page: answer(client, at))))
    line("  page weight, compressed", *weight(library, path))
    with serving(create_app(library).server) as address:
        painted = [paint(browser, address + path) for _ in range(REPEATS)]
        line("  first contentful paint", seconds(median(first for first, _ in painted)))
        line("  ring map painted", seconds(median(ring for _, ring in painted)), goal)
        line("  hover to frame", milliseconds(median(hovers(browser, address + path))), "< 50 ms")


def answer(client: Any, page: str) -> float:
    begun = time.perf_counter()
    client.get(f"/mission/clean-energy{page}?on={DAY}")
    return time.perf_counter() - begun


def weight(library: Library, path: str) -> tuple[str, str]:
    """Bytes of a page that go over the line: the document, and with it its scripts, styles and the ring map."""
    client = create_app(library).server.test_client()
    packed = {"Accept-Encoding": "gzip"}
    page = client.get(path, headers=packed)
    text = client.get(path).text
    found = {html.unescape(way) for way in re.findall(r'(?:src|data-address|<link[^>]* href)="(/[^"]*)"', text)}
    rest = sum(len(client.get(way, headers=packed).data) for way in found)
    return f"{len(page.data) / 1024:.0f} KB", f"and {rest / 1024:.0f} KB of scripts, styles and ring map"


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


def hovers(browser: Browser, address: str) -> list[float]:
    """Seconds from a move of the pointer over the map to the frame after, all over the map."""
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
    context.close()
    return found


if __name__ == "__main__":
    main()
