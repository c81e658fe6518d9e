"""`orchestrator partners` as a user types it, on a small pack and on the packaged mission."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.cli import main

SMALL = {
    "organisations": """organisation_id,name,sector,tier,capacity,family
unit,Mission Delivery Unit,central,uk,,
north,Northern Authority,regional,region,,
fitters,Fitters Ltd,firm,uk,2,
trust,Warm Trust,civil-society,local,1,
helpers,Helpers,civil-society,local,,
""",
    "missions": "mission_id,title,centre_id\nretrofit,Warm homes,unit\nskills,Skills,unit\nempty,Empty,unit\n",
    "places": "place_id,name,level,parent_id\nN,North,region,\nS,South,region,\n",
    "capabilities": "capability_id,name\nfit,Fitting\nask,Advice\n",
    "requirements": """requirement_id,mission_id,capability_id,place_id,minimum,weight
q1,retrofit,fit,N,2,2
q2,retrofit,fit,S,1,1
q3,retrofit,ask,N,1,1
q4,retrofit,ask,S,1,1
""",
    "offers": """organisation_id,capability_id,place_id
north,fit,N
fitters,fit,N
fitters,fit,S
trust,ask,N
helpers,ask,N
""",
    "engagements": """organisation_id,mission_id,status,load
north,retrofit,committed,1
fitters,skills,delivering,1
trust,skills,delivering,1
""",
    "ties": """source_id,target_id,mission_id,kind,level
unit,north,retrofit,commissions,3
north,fitters,,delivers-with,2
north,helpers,,meets,
""",
}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack that is right, as a folder."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command: its exit code, what it printed, and what it told."""

    def typed(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return typed


def test_json_has_the_names_of_the_contract(run: Run, pack: Path) -> None:
    code, out, _ = run("partners", "retrofit", "--pack", pack, "--as-of", "2026-06-01", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert (found["objective_today"], found["objective"], found["bound"]) == (2.0, 5.0, 5.0)
    assert found["within_percent_of_best"] == 0.0
    fitters, helpers = found["chosen"]
    assert fitters["organisation_id"] == "fitters"
    assert (fitters["closes"], fitters["strengthens"]) == (["q1", "q2"], [])
    assert fitters["only_known_candidate_for"] == ["q1", "q2"]
    assert (fitters["load_before"], fitters["load_after"], fitters["capacity"]) == (1.0, 2.0, 2.0)
    assert (fitters["introducers"], fitters["next_best"]) == (["north"], None)
    assert fitters["reason"] == (
        "Closes Fitting in North and South. No other candidate is known for Fitting in North and South. Nobody else on "
        "record could do any of it. Its load over all missions would go from 1 to 2, of the 2 that it can carry. "
        "Ask Northern Authority, which works with both of you."
    )
    assert helpers["organisation_id"] == "helpers"  # the trust is at capacity
    assert found["no_known_candidate"] == ["q4"]
    assert found["look_for"][0]["look_for"] == (
        "No known candidate for Advice in South: look for a body that delivers there. "
        "Elsewhere it is offered by civil society of tier local (two bodies)."
    )
    assert found["notes"][0] == "At capacity and so not asked: Warm Trust."
    assert found["introductions"] == []


def test_the_page_and_the_table_for_spreadsheets(run: Run, pack: Path, tmp_path: Path) -> None:
    code, out, _ = run("partners", "retrofit", "--pack", pack, "--as-of", "2026-06-01")
    assert code == 0
    assert "With two bodies more, the need grid would go from 2 to 5 points; one requirement would stay" in out
    code, out, _ = run(
        "partners", "retrofit", "--pack", pack, "--as-of", "2026-06-01", "--format", "csv", "--out", tmp_path / "a.csv"
    )
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    assert (code, out, [row["organisation_id"] for row in rows]) == (0, "", ["fitters", "helpers", ""])


def test_limits_are_kept_to(run: Run, pack: Path) -> None:
    typed = ("partners", "retrofit", "--pack", pack, "--as-of", "2026-06-01", "--format", "json")
    for words, expected in (
        (("--max-new", 1), ["fitters"]),
        (("--budget", "1"), ["fitters"]),
        (("--within", 2), ["fitters"]),
        (("--sectors", "civil-society"), ["helpers"]),
        (("--sectors", "firm:0-0"), ["helpers"]),
        (("--min-level", 1, "--within", 2), ["fitters", "helpers"]),
        (("--min-level", 3, "--within", 2), []),
    ):
        code, out, _ = run(*typed, *words)
        assert code == 0
        assert [one["organisation_id"] for one in json.loads(out)["chosen"]] == expected, words


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("empty",), 3, "The mission 'empty' has no requirements"),
        (("retrofit", "--budget", "0"), 2, "--budget 0 leaves nothing to choose"),
        (("retrofit", "--budget", "-1"), 2, "leaves nothing to choose"),
        (("retrofit", "--budget", "much"), 2, "is not an amount"),
        (("retrofit", "--max-new", "0"), 2, "--max-new 0 leaves nothing to choose"),
        (("retrofit", "--within", "0"), 2, "--within 0 reaches nobody"),
        (("retrofit", "--sectors", "firms"), 4, "There is no sector 'firms'. Did you mean 'firm'?"),
        (("retrofit", "--sectors", "firm:2-1"), 2, "asks for at least 2 and at most 1"),
        (("retrofit", "--sectors", "firm:2-"), 2, "at least 2 asked for, but 1 of that sector"),
        (("retrofti",), 4, "Did you mean 'retrofit'?"),
    ],
)
def test_one_clear_error_each(run: Run, pack: Path, words: tuple[str, ...], code: int, said: str) -> None:
    ended, out, err = run("partners", *words, "--pack", pack, "--as-of", "2026-06-01")
    assert (ended, out) == (code, "")
    assert said in err


def test_the_packaged_mission_gets_advice_that_says_how_good_it_is(run: Run) -> None:
    typed = ("partners", "clean-energy", "--as-of", "2026-11-23", "--format", "json")
    code, out, _ = run(*typed)
    found = json.loads(out)
    assert code == 0
    assert found["within_percent_of_best"] == 0.0
    assert found["cost"] == found["cost_bound"] == len(found["chosen"])
    assert len(found["introductions"]) == found["introductions_bound"]
    assert all(one["reason"] and (one["closes"] or one["strengthens"]) for one in found["chosen"])
    assert run(*typed)[1] == out
    code, out, _ = run(*typed, "--max-new", 3)
    assert (code, len(json.loads(out)["chosen"])) == (0, 3)


def test_other_commands_do_not_load_the_solver() -> None:
    asked = "import sys; from orchestrator.cli import main; main(['missions']); print('scipy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "False"
