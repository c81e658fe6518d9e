"""What can be typed: commands, arguments and their help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from orchestrator import __version__

__all__ = ["parser"]

_DESCRIPTION = "See, for each mission, who is in, where nobody is, what hangs on one body, and whom to bring in next."
_EXIT_CODES = """\
exit codes: 0 done, 2 wrong usage, 3 bad data (each problem listed), 4 unknown name (with the nearest),
            5 cannot write, 70 our fault"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="orchestrator",
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"orchestrator {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (
        _serve,
        _missions,
        _check,
        _analyse,
        _partners,
        _decide,
        _simulate,
        _snapshot,
        _compare,
        _import,
        _evidence,
        _match,
        _ties,
    ):
        add(commands)
    return top


_Commands = argparse._SubParsersAction  # argparse names it nowhere else


def _command(
    commands: _Commands[argparse.ArgumentParser], name: str, does: str, example: str
) -> argparse.ArgumentParser:
    found = commands.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=f"example:\n  orchestrator {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument(
        "--keep-valid", action="store_true", help="go on with the rows that are right although others were rejected"
    )
    return found


def _with_pack(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--pack", type=Path, metavar="PATH", help="folder, .zip, .xlsx or .ods with the tables (default: the UK pack)"
    )


def _serve(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "serve", "open the dashboards in a browser", "serve --port 8050 --open")
    _with_pack(command)
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    command.add_argument("--port", type=_port, default=8050, help="port to listen on (default: 8050)")
    command.add_argument("--open", action="store_true", help="open the browser as well")
    command.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="keep packs that are brought, snapshots and decisions in this folder (default: until the program stops)",
    )
    command.add_argument(
        "--evidence", type=Path, metavar="STORE", help="store of evidence whose names are decided about at /data/match"
    )
    command.add_argument("--decisions", type=Path, metavar="FILE", help="CSV table of those decisions; made if missing")


def _missions(commands: _Commands[argparse.ArgumentParser]) -> None:
    _with_pack(_command(commands, "missions", "list the missions, one line each", "missions"))


def _check(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands, "check", "say what is in a pack and everything that is wrong with it", "check my-pack.xlsx"
    )
    command.add_argument(
        "path", type=Path, nargs="?", metavar="PACK", help="folder, .zip, .xlsx or .ods with the tables"
    )
    _with_pack(command)
    _with_output(command, ("table", "json"))


def _of_mission(command: argparse.ArgumentParser) -> None:
    command.add_argument("mission", metavar="MISSION", help="id of the mission; 'orchestrator missions' lists them")
    _with_pack(command)
    command.add_argument("--as-of", type=_day, metavar="DATE", help="the day to look at (default: today)")
    command.add_argument(
        "--min-level",
        type=int,
        choices=(1, 2, 3, 4),
        default=2,
        metavar="N",
        help="ties from this level on count: 1 awareness, 2 cooperation, 3 coordination, 4 integration (default: 2)",
    )


def _decide(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "decide",
        "accept or decline a piece of advice, with the reason, or take that back",
        'decide clean-energy uk-energy-research-centre --accept --reason "Agreed" --decisions decisions.csv',
    )
    _of_mission(command)
    command.add_argument("organisation", metavar="ORGANISATION", help="id of the body that the advice names")
    command.add_argument("partner", nargs="?", metavar="PARTNER", help="the other one, if it is about an introduction")
    verdict = command.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--accept", action="store_true", help="the advice is taken")
    verdict.add_argument("--decline", action="store_true", help="the advice is not taken")
    verdict.add_argument(
        "--undo", action="store_true", help="what was decided before no longer holds; it stays on record"
    )
    command.add_argument("--reason", required=True, metavar="TEXT", help="why; no names of persons")
    command.add_argument(
        "--decisions", type=Path, required=True, metavar="FILE", help="CSV table to add it to; snapshot takes it too"
    )


def _partners(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "partners",
        "say whom to bring in, whom to introduce, and for what nobody is known",
        "partners clean-energy --max-new 5 --sectors firm:0-2",
    )
    _of_mission(command)
    command.add_argument("--max-new", type=_whole_from(0), metavar="N", help="at most so many new bodies")
    command.add_argument("--budget", type=_amount, metavar="X", help="at most so much cost; a body costs 1 by itself")
    command.add_argument(
        "--within",
        type=_whole_from(0),
        metavar="K",
        help="only bodies at most K ties from the centre (default: a tie with the centre is made)",
    )
    command.add_argument(
        "--sectors",
        metavar="SECTOR,…",
        help="only these sectors (firm,local), or bounds: firm:1-3 from 1 to 3, firm:2- at least 2, firm:-3 at most 3",
    )
    command.add_argument(
        "--worlds", type=_whole_from(1), metavar="B", help="say how often each body is chosen in B worlds; 200 is usual"
    )
    command.add_argument(
        "--seed", type=_whole_from(0), default=1, metavar="S", help="the same seed draws the same worlds (default: 1)"
    )
    _with_output(command, ("table", "json", "csv"))


def _simulate(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "simulate",
        "say what a list of changes would do to a mission",
        "simulate clean-energy --change changes.toml\n\nchanges.toml:\n"
        '  name = "Without the hub"\n  [[changes]]\n  change = "abolish"\n  organisation_id = "midlands-net-zero-hub"',
    )
    _of_mission(command)
    command.add_argument(
        "--change", type=Path, required=True, metavar="FILE", help="the changes, as TOML or JSON; docs/scenarios.md"
    )
    _with_output(command, ("table", "json"))


def _analyse(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands, "analyse", "ask every question of a mission", "analyse clean-energy --as-of 2026-11-23 --format json"
    )
    _of_mission(command)
    command.add_argument(
        "--only", type=_names, default=(), metavar="NAME,…", help="only these analyses, such as coverage,bottlenecks"
    )
    command.add_argument(
        "--worlds", type=_whole_from(1), metavar="B", help="say how sure it is, from B worlds; 200 is usual"
    )
    command.add_argument(
        "--seed", type=_whole_from(0), default=1, metavar="S", help="the same seed draws the same worlds (default: 1)"
    )
    _with_output(command, ("table", "json", "csv"))


#: As ``orchestrator.export.formats.FORMATS`` has them; a test holds the two together, so that help answers at once.
SNAPSHOT_FORMATS = (
    "json", "graphml", "gexf", "csv", "xlsx", "ods", "kumu", "pajek", "dl", "node-link", "pdf", "docx", "html",
    "tables",
)  # fmt: skip


def _snapshot(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "snapshot",
        "freeze a mission as one file, and export it for other programs",
        "snapshot clean-energy --as-of 2026-11-23 --to board-pack --format graphml,csv --marking OFFICIAL",
    )
    _of_mission(command)
    command.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to write to; made if missing")
    command.add_argument(
        "--format",
        type=_names,
        default=(),
        metavar="NAME,…",
        help=f"formats beside the snapshot file: {', '.join(SNAPSHOT_FORMATS)}; docs/formats.md",
    )
    command.add_argument(
        "--marking",
        metavar="MARKING",
        help="OFFICIAL, OFFICIAL-SENSITIVE, SECRET or TOP SECRET (default: as the mission is marked)",
    )
    command.add_argument(
        "--lower-marking", action="store_true", help="let --marking be lower than the marking that was there before"
    )
    command.add_argument("--leave-out-scores", action="store_true", help="leave out what is said of named bodies")
    command.add_argument("--decisions", type=Path, metavar="FILE", help="CSV table of what was decided, kept with it")
    command.add_argument(
        "--again", type=Path, metavar="SNAPSHOT", help="write this snapshot or export again, and not from a pack"
    )


def _compare(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "compare",
        "say what changed from one snapshot to another",
        "compare clean-energy_2026-06-30.snapshot.zip clean-energy_2026-11-23.snapshot.zip",
    )
    command.add_argument("before", type=Path, metavar="SNAPSHOT", help="the earlier snapshot, or an export of one")
    command.add_argument("after", type=Path, metavar="SNAPSHOT", help="the later one")
    command.add_argument("--pack", type=Path, metavar="PATH", help="pack that says which missions follow which")
    _with_output(command, ("table", "json"))


#: As ``orchestrator.intake.registers.FORMATS`` has them; a test holds the two together, so that help answers at once.
IMPORT_FORMATS = (
    "govuk-organisations",
    "council-register",
    "region-areas",
    "integrated-care-boards",
    "nhs-trusts",
    "care-areas",
    "police-forces",
    "police-areas",
    "tile-map",
)


def _import(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "import",
        "add what a public register says to a pack",
        "import govuk-organisations organisations.json --to my-pack",
    )
    command.add_argument("register", metavar="FORMAT", help=", ".join(IMPORT_FORMATS))
    command.add_argument("files", type=Path, nargs="+", metavar="FILE", help="the published file and what goes with it")
    command.add_argument("--to", type=Path, required=True, metavar="PACK", help="folder of CSV files to add to")
    command.add_argument(
        "--dated", type=_published, metavar="DATE", help="when the file was published: a day, month or year"
    )
    command.add_argument(
        "--overwrite",
        type=_names,
        nargs="?",
        const=(),
        metavar="COLUMN,…",
        help="where the pack says something else than the source, take the source's word (in these columns only)",
    )
    command.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
    _with_output(command, ("table", "json"))


#: As ``orchestrator.intake.evidence.EVIDENCE_FORMATS`` has them; a test holds the two together.
EVIDENCE_FORMATS = (
    "360giving",
    "ocds",
    "spending",
    "meetings",
    "repd",
    "notices",
    "general",
    "graphml",
    "gexf",
    "kumu",
    "pajek",
    "dl",
    "adjacency",
)


def _evidence(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "evidence",
        "bring published records in: grants, contracts, spending, meetings, consents",
        'evidence spending-2020-04.csv --into evidence --publisher "A council"',
    )
    command.add_argument("files", type=Path, nargs="+", metavar="FILE", help="published files, each of one format")
    command.add_argument("--into", type=Path, required=True, metavar="STORE", help="folder to add to; made if missing")
    command.add_argument(
        "--format",
        type=_names,
        default=(),
        metavar="NAME,…",
        help=f"of what format the files are, where that is not told by what is in them: {', '.join(EVIDENCE_FORMATS)};"
        " and json for the report as JSON",
    )
    command.add_argument(
        "--mapping", type=Path, metavar="FILE", help="what the files do not say themselves, as TOML; docs/evidence.md"
    )
    command.add_argument(
        "--publisher", metavar="NAME", help="who published the files; where no column says who pays, it is them"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="write the report to a file")


def _match(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "match",
        "say whom the names in evidence mean, and decide about those that are left open",
        "match --evidence evidence --decisions matches.csv --mission clean-energy\n"
        '  orchestrator match --decisions matches.csv --decide accept --name "Acme" --body acme-limited --by AB',
    )
    _with_pack(command)
    command.add_argument("--evidence", type=Path, metavar="STORE", help="folder that 'orchestrator evidence' wrote to")
    command.add_argument("--decisions", type=Path, metavar="FILE", help="CSV table of what people decided about names")
    command.add_argument("--mission", metavar="MISSION", help="ask first about names beside members of this mission")
    command.add_argument("--persons", action="store_true", help="show names that look like private persons' as well")
    command.add_argument(
        "--top", type=_whole_from(1), default=20, metavar="N", help="questions on the page of text (default: 20)"
    )
    command.add_argument(
        "--decide",
        choices=("accept", "reject", "new", "none", "undo"),
        help="it is this body; it is not this body; it is a body of its own; it is no body; take a decision back",
    )
    command.add_argument("--name", metavar="NAME", help="the name, in any of its spellings")
    command.add_argument("--town", metavar="TOWN", help="only where it is written with this town")
    command.add_argument("--body", metavar="ORGANISATION", help="id of the body that is meant, or is not")
    command.add_argument("--sector", metavar="SECTOR", help="the sector of a body of its own")
    command.add_argument("--reason", metavar="TEXT", help="why; for none: person, place, heading, reference or other")
    command.add_argument("--number", type=_whole_from(1), metavar="N", help="the decision to take back")
    command.add_argument("--by", metavar="WHO", help="who decides: a role or initials")
    _with_output(command, ("table", "json", "csv"))


def _ties(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "ties",
        "make ties from published evidence by a rule file, or open one to its records",
        "ties --evidence evidence --decisions matches.csv --mission clean-energy --out my-pack\n"
        "  orchestrator ties --evidence evidence --out my-pack --explain ofgem:citizens-advice",
    )
    _with_pack(command)
    command.add_argument(
        "--evidence", type=Path, required=True, metavar="STORE", help="folder that 'orchestrator evidence' wrote to"
    )
    command.add_argument(
        "--rules", type=Path, metavar="FILE", help="rule file, as TOML; docs/evidence-ties.md (default: ours)"
    )
    command.add_argument("--decisions", type=Path, metavar="FILE", help="CSV table of what people decided about names")
    command.add_argument(
        "--mission", metavar="MISSION", help="ties of this mission only (default: of all in the rules)"
    )
    command.add_argument("--as-of", type=_day, metavar="DATE", help="the day to look from (default: today)")
    command.add_argument(
        "--engine",
        default="duckdb",
        metavar="ENGINE",
        help="duckdb (default), postgresql://USER@HOST/DATABASE, spark (on this machine) or spark://HOST:PORT",
    )
    command.add_argument("--table", metavar="NAME", help="a table of evidence that lies in the engine already")
    command.add_argument("--memory", default="4GB", metavar="SIZE", help="how much memory DuckDB takes (default: 4GB)")
    command.add_argument("--temp", type=Path, metavar="DIR", help="folder for what does not fit into it")
    command.add_argument(
        "--out", type=Path, metavar="PATH", help="NAME.csv for the ties alone, else a folder for the pack"
    )
    command.add_argument("--explain", metavar="TIE", help="print the records of this tie, or of SOURCE:TARGET")
    command.add_argument("--format", choices=("table", "json"), default="table", help="default: table")


def _published(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is not a day, month or year; write it like 2026-11-23 or 2026-11")
    return text


def _with_output(command: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    command.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")
    command.add_argument("--out", type=Path, metavar="FILE", help="write the result to a file")


def _day(text: str) -> date:
    try:
        if len(text) != len("2026-11-23"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it like 2026-11-23") from None


def _whole_from(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} on")
        return int(text)

    return read


def _amount(text: str) -> float:
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount; write it like 4 or 2.5")
    return float(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; use 1 to 65535")
    return int(text)
