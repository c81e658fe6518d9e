"""``orchestrator serve``: the dashboards, on this machine."""

from __future__ import annotations

import argparse
import logging
import threading
import webbrowser
from typing import Any

from waitress.server import create_server

from orchestrator.cli.output import say
from orchestrator.errors import WrongUsage
from orchestrator.study import Library, open_library

__all__ = ["run"]

_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_THREADS = 8


def run(options: argparse.Namespace) -> int:
    """Serve the dashboards until stopped with Ctrl-C. Raises WrongUsage for an address that others can reach."""
    if options.host not in _THIS_MACHINE:
        raise WrongUsage(
            f"{options.host} can be reached from other machines, and these pages have no login yet. "
            f"Use {_THIS_MACHINE[0]}, and let a server with a login stand before it."
        )
    if options.decisions is not None and options.evidence is None:
        raise WrongUsage("Decisions are about the names in a store: say which with --evidence STORE.")
    app = _app(open_library(options.pack, keep_valid=options.keep_valid), options)
    address = f"http://{options.host}:{options.port}"
    try:
        server = create_server(app.server, host=options.host, port=options.port, threads=_THREADS)
    except OSError as error:
        raise WrongUsage(f"Cannot listen on {address}: {error.strerror}. Try another --port.") from error
    say(f"The dashboards are on {address} (stop with Ctrl-C).")
    if options.open:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that somebody waits a moment is no news
    threading.Thread(target=app.desk.warm, daemon=True).start()
    try:
        server.run()
    finally:
        app.desk.close()
    return 0


def _app(library: Library, options: argparse.Namespace) -> Any:
    """The dashboards stand above this package: this is the one place that looks up to them."""
    from dashboards.app import create_app

    return create_app(library, options.workspace, options.evidence, options.decisions)
