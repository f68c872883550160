"""The training is right: unfinished exercises fail, solutions pass, and mistakes are named in plain words."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate import course
from shims import learning

sys.path.insert(0, str(Path(__file__).parent))
from mistakes import MISTAKES

LONG = os.environ.get("CHANGEOVER_LONG") == "1"
RAN = Path(__file__).with_name("dbt_side_ran.txt")
"""Digest of the exercise whose Dagster side costs most (dbt, three times), when it last ran and agreed."""
MIGRATE = str(Path(sys.executable).with_name("migrate"))
pytestmark = pytest.mark.real


def test_every_exercise_is_whole_and_unfinished_in_plain_sight():
    for exercise in course.exercises():
        names = {file.name for file in exercise.folder.iterdir()}
        assert {"README.md", "dagster_side.py", "start", "solution", "check.py", "expected.json"} <= names
        start = exercise.folder / "start"
        assert exercise.solution().keys() == {
            str(f.relative_to(start))
            for f in start.rglob("*")
            if f.is_file() and "__pycache__" not in f.parts
        }
        assert "TODO" in "".join(f.read_text() for f in start.rglob("*.*") if f.suffix != ".pyc")
        assert not any("TODO" in text for text in exercise.solution().values())
        assert f"migrate learn check {exercise.number}" in (exercise.folder / "README.md").read_text()


@pytest.fixture(scope="module")
def verdicts(checked, solved, tmp_path_factory) -> dict[str, list[learning.Verdict]]:
    """Of unfinished exercises, of solutions, and of mistakes in solutions; all in one process."""
    tries: dict[str, list[learning.Try]] = {"unfinished": [], "solved": [], "mistaken": []}
    for exercise in course.exercises():
        folder = tmp_path_factory.mktemp("unfinished") / exercise.name
        exercise.start(folder)
        tries["unfinished"].append(learning.Try(exercise, folder))
        tries["solved"].append(solved(exercise.number))
    for number, right, wrong, _ in MISTAKES:
        made = solved(number)
        files = [f for f in made.folder.rglob("*.*") if f.suffix != ".pyc" and f.name != "dagster_side.py"]
        (file,) = [f for f in files if right in f.read_text()]
        file.write_text(file.read_text().replace(right, wrong))
        tries["mistaken"].append(made)
    answers = iter(checked([one for group in tries.values() for one in group]))
    return {name: [next(answers) for _ in group] for name, group in tries.items()}


def test_unfinished_versions_fail_and_solutions_pass(verdicts):
    assert len(verdicts["unfinished"]) == len(course.exercises())
    for verdict in verdicts["unfinished"]:
        assert not verdict.passed, verdict
        assert "TODO" in verdict.said, verdict
    assert [v.said for v in verdicts["solved"]] == [""] * len(course.exercises())


def test_mistakes_are_named_in_plain_words(verdicts):
    answers = zip(verdicts["mistaken"], MISTAKES, strict=True)
    missed = [(verdict, mistake) for verdict, mistake in answers if mistake[3] not in verdict.said]
    assert not missed


def of_the_dbt_side() -> str:
    """Digest of all that the Dagster side of the dbt exercise reads, and of what it is to make."""
    folder = course.TRAINING / "03_dbt"
    files = [folder / "dagster_side.py", folder / "expected.json", *sorted((folder / "shared").rglob("*.*"))]
    named = [(str(f.relative_to(folder)), f.read_text()) for f in files if f.is_file()]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()


def test_the_dbt_side_is_the_one_that_ran():
    assert LONG or RAN.read_text().strip() == of_the_dbt_side(), "run `make training`"


def test_expected_is_what_the_dagster_side_makes(tmp_path):
    """All of them in one process: Dagster is imported once. The one with dbt runs in `make training`."""
    program = (
        "import contextlib, io, json, os, runpy, sys\n"
        "made = {}\n"
        "for file in sys.argv[1:]:\n"
        "    os.chdir(os.path.dirname(file)); sys.path.insert(0, os.path.dirname(file))\n"
        "    with contextlib.redirect_stdout(io.StringIO()) as said:\n"
        "        runpy.run_path(file, run_name='__main__')\n"
        "    made[os.path.basename(os.path.dirname(file))] = json.loads(said.getvalue().splitlines()[-1])\n"
        "print(json.dumps(made))"
    )
    files = []
    for exercise in course.exercises():
        if exercise.name == "03_dbt" and not LONG:
            continue
        exercise.start(tmp_path / exercise.name)
        files.append(str(tmp_path / exercise.name / "dagster_side.py"))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # dbt is found there
    done = subprocess.run(
        [sys.executable, "-c", program, *files],
        env={**os.environ, "PATH": path, "DAGSTER_DISABLE_TELEMETRY": "yes"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers = json.loads(done.stdout.splitlines()[-1])
    assert len(answers) == len(files) >= 9
    for name, made in answers.items():
        assert made == json.loads((course.TRAINING / name / "expected.json").read_text()), name
    if LONG:
        RAN.write_text(of_the_dbt_side() + "\n")


def test_the_commands_lead_through_an_exercise(api, tmp_path):
    def learn(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([MIGRATE, "learn", *words], cwd=tmp_path, capture_output=True, text=True)

    listed = learn("list")
    assert [line.split()[0] for line in listed.stdout.splitlines()[:2]] == ["1", "2"]
    assert learn("check").returncode == 2
    assert learn("start", "1").returncode == 0
    assert learn("start", "1").returncode == 2  # never over somebody's work
    assert learn("start", "99").returncode == 2
    again = learn("check", "1", "--prefect-api-url", api)
    assert again.returncode == 1
    assert "flow.py:" in again.stdout
    assert learn("solution", "1", "--out", "01_assets").returncode == 0
    done = learn("check", "--prefect-api-url", api, "--json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)[0]["exercise"] == "01_assets"
    assert not list(tmp_path.rglob("__pycache__"))
