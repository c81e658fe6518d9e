"""Where is a Chromium that the browser tests can drive? Run as a module it says so, and with ``--install`` sees to it.

The tests never download a browser of their own. They use the one that ``ORCHESTRATOR_CHROMIUM`` names, or one that
stands on the machine. ``python -m tests.browser.chromium --install`` installs Debian's when there is none and it may
(apt-get, and root or sudo without a password). It ends with 0 all the same when it could not: the tests themselves then
say which of them did not run, and ``ORCHESTRATOR_REQUIRE_BROWSER=1`` makes that a failure.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES: Final = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Nothing but the page: no sandbox (root in a container has none), no look-ups and no updates of the browser's own.
FLAGS: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-gpu",
)
HOW_TO_GET_ONE: Final = (
    "Install Chromium (on Debian: apt-get install chromium), or name one: ORCHESTRATOR_CHROMIUM=/path/to/chromium"
)


class BrowserNotThereError(Exception):
    """``ORCHESTRATOR_CHROMIUM`` names something that is not there: better an error than another browser unasked."""


def find_chromium() -> str | None:
    """Which Chromium do the tests drive? Its path, or None where there is none."""
    named = os.environ.get("ORCHESTRATOR_CHROMIUM", "")
    if named:
        found = shutil.which(named)
        if found is None:
            raise BrowserNotThereError(
                f"ORCHESTRATOR_CHROMIUM is '{named}', and there is no such program. {HOW_TO_GET_ONE}"
            )
        return found
    on_path = (shutil.which(command) for command in COMMANDS)
    in_place = (place for place in PLACES if Path(place).is_file())
    return next((found for found in (*on_path, *in_place) if found), None)


def browser_is_required() -> bool:
    """Is a browser test that cannot run a failure (as in continuous integration) or something to skip and report?"""
    return os.environ.get("ORCHESTRATOR_REQUIRE_BROWSER", "") not in ("", "0")


def install_command() -> list[str] | None:
    """How may this user install a Debian package without being asked anything? None: not at all."""
    if shutil.which("apt-get") is None:
        return None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ["apt-get"]
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n", "apt-get"]
    return None


def install_chromium() -> bool:
    """Install Debian's Chromium, if this user may. Says on standard output what it does."""
    apt = install_command()
    if apt is None:
        return False
    print("Installing Debian's Chromium for the browser tests …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [*apt, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode != 0 and arguments[0] == "install":
            print("That did not work: " + (done.stderr.strip().splitlines() or ["apt-get gave no reason"])[-1])
            return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.chromium", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument(
        "--install", action="store_true", help="install Debian's Chromium when there is none and this user may"
    )
    arguments = parser.parse_args()
    try:
        found = find_chromium()
        if found is None and arguments.install and install_chromium():
            found = find_chromium()
    except BrowserNotThereError as problem:
        parser.exit(2, f"{problem}\n")
    print(
        f"Browser tests: {found}" if found else f"Browser tests: no browser, so they cannot run. {HOW_TO_GET_ONE}",
        flush=True,
    )


if __name__ == "__main__":
    main()
