"""The rule file: what it says is read exactly, and whatever is wrong with it is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.errors import BadData
from orchestrator.evidence import Step, packaged_rules, read_rules

SOUND = """\
name = "Small"

[age]
years = [[1, 1.0], [5, 0.5]]

[[ties]]
name = "grants"
evidence = "grant"
kind = "funds"
level = [[0, 1], [1000.50, 2]]
strength = 1.25
confidence = [[1, 0.6], [3, 0.9]]

[[missions]]
name = "all grants"
mission = "m"
programme = "*"
"""


def _read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return read_rules(path)


def test_numbers_are_kept_as_whole_pence_millionths_and_days(tmp_path: Path) -> None:
    rules = _read(tmp_path, SOUND)
    (tie,) = rules.ties  # type: ignore[attr-defined]
    assert tie.level == (Step(0, 1), Step(100_050, 2))
    assert tie.strength == (Step(0, 1_250_000),)
    assert tie.confidence == (Step(1, 600_000), Step(3, 900_000))
    assert rules.age == (Step(365, 1_000_000), Step(1826, 500_000))  # type: ignore[attr-defined]


def test_the_packaged_rules_make_no_tie_above_level_two_and_none_above_one_of_a_meeting() -> None:
    rules = packaged_rules()
    levels = {rule.name: max(step.value for step in rule.level) for rule in rules.ties}
    assert max(levels.values()) <= 2
    assert all(levels[rule.name] == 1 for rule in rules.ties if "meeting" in rule.evidence)
    assert {kind for rule in rules.ties for kind in rule.evidence} >= {"grant", "contract", "payment", "meeting"}


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("[[1, 1.0], [5, 0.5]]", "[[5, 1.0], [1, 0.5]]", 4, "no steps of years"),
        ("[[1, 1.0], [5, 0.5]]", "[[1, 1.0000001]]", 4, "no steps of years"),
        ('evidence = "grant"', 'evidence = "grnat"', 8, "'grnat' is no kind of evidence"),
        ('evidence = "grant"\nkind', 'evidence = "meeting"\nkind', 10, "a meeting is contact"),
        ('kind = "funds"', 'kind = "fund"', 9, "Did you mean 'funds'?"),
        ("level = [[0, 1], [1000.50, 2]]", "level = 3", 10, "no level that evidence can make"),
        ("level = [[0, 1], [1000.50, 2]]", "level = true", 10, "no level that evidence can make"),
        ("strength = 1.25", "strength = 0", 11, "no steps of strength"),
        ("strength = 1.25", "strength = [[5, 1]]", 11, "leaves out what is below it"),
        ("strength = 1.25", "strenght = 1", 11, "Did you mean 'strength'?"),
        ("strength = 1.25", "lasts_days = 0", 11, "no number of days"),
        ("strength = 1.25", "standing = 1", 11, "neither true nor false"),
        ("strength = 1.25", "from_pounds = -1", 11, "no amount in pounds"),
        ("strength = 1.25", 'title = "a\\\\b"', 11, "is no pattern"),
        ("[[1, 0.6], [3, 0.9]]", "1.5", 12, "no steps of confidence"),
        ('programme = "*"', "", 14, "nothing says which records belong to the mission"),
        ('programme = "*"', "programme = []", 17, "is no pattern"),
        ('mission = "m"', "", 14, "the rule has no mission"),
        ('name = "Small"', 'nam = "Small"', 1, "'nam' has no meaning here"),
        ('kind = "funds"', "kind = ", 9, "it is no TOML file"),
        ("[age]\nyears = [[1, 1.0], [5, 0.5]]", "", None, "there is no [age] with years"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, before: str, after: str, line: int | None, said: str) -> None:
    assert before in SOUND
    with pytest.raises(BadData) as caught:
        _read(tmp_path, SOUND.replace(before, after, 1))
    (problem,) = [each for each in caught.value.problems if said in str(each)]
    assert problem.file == "rules.toml"
    assert problem.line == line


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    _, _, ties = SOUND.partition("[[ties]]")
    tie, _, _ = ties.partition("[[missions]]")
    with pytest.raises(BadData, match="two rules are called 'grants'"):
        _read(tmp_path, SOUND + "\n[[ties]]" + tie)


@pytest.mark.parametrize("text", ["", "ties = 3\nmissions = 4", "[age]\nyears=[[1,1]]\n[[ties]]\n"])
def test_a_file_without_rules_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadData):
        _read(tmp_path, text)


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="cannot be read"):
        read_rules(tmp_path / "none.toml")
    (tmp_path / "rules.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(BadData, match="not UTF-8"):
        read_rules(tmp_path / "rules.toml")
