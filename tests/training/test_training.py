"""The training is right: unfinished exercises fail, solutions pass, and mistakes are named in plain words."""

from __future__ import annotations

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


def test_unfinished_versions_fail_and_solutions_pass(checked, solved, tmp_path):
    tries = []
    for exercise in course.exercises():
        exercise.start(tmp_path / "unfinished" / exercise.name)
        tries.append(learning.Try(exercise, tmp_path / "unfinished" / exercise.name))
    unfinished = len(tries)
    tries += [solved(exercise.number, f"solved-{exercise.name}") for exercise in course.exercises()]
    verdicts = checked(tries)
    for verdict in verdicts[:unfinished]:
        assert not verdict.passed, verdict
        assert "TODO" in verdict.said, verdict
    assert [v.said for v in verdicts[unfinished:]] == [""] * (len(tries) - unfinished)


def test_mistakes_are_named_in_plain_words(checked, solved):
    tries = []
    for at, (number, right, wrong, _) in enumerate(MISTAKES):
        made = solved(number, f"mistake-{at}")
        files = [f for f in made.folder.rglob("*.*") if f.suffix != ".pyc" and f.name != "dagster_side.py"]
        (file,) = [f for f in files if right in f.read_text()]
        file.write_text(file.read_text().replace(right, wrong))
        tries.append(made)
    answers = zip(checked(tries), MISTAKES, strict=True)
    missed = [(verdict, mistake) for verdict, mistake in answers if mistake[3] not in verdict.said]
    assert not missed


def test_expected_is_what_the_dagster_side_makes(tmp_path):
    """All of them in one process: Dagster is imported once."""
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
    for name, made in json.loads(done.stdout.splitlines()[-1]).items():
        assert made == json.loads((course.TRAINING / name / "expected.json").read_text()), name


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
