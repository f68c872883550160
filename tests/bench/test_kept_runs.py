"""A benchmark that was stopped goes on where it was: finished runs are neither lost nor made again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FLOOR = "bare dbt, in process"
OTHER = "Prefect, the target"


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The area's module, as `run.py` imports it: from its own folder."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    known = set(sys.modules)
    import area_runtime

    yield area_runtime
    for name in set(sys.modules) - known:
        if getattr(sys.modules[name], "__file__", None) and Path(__file__).parent.samefile(
            Path(str(sys.modules[name].__file__)).parent
        ):
            del sys.modules[name]


def _measures(runtime: Any, kept: Any, made: list[str], rows: str = "same", stop_after: int = 99) -> Any:
    """`measured` over runs that cost nothing: what a run does is not what is tested here."""
    from kept_runs import Run
    from row import Row

    def one(area: str, case: str, subject: str, *_: object) -> Any:
        if len(made) >= stop_after:
            raise KeyboardInterrupt
        made.append(subject)
        cpu = Row(area, case, subject, "CPU", 10.0 * len(made), "s")
        return Run(area, case, subject, (cpu,), {"people": (3, rows if subject != FLOOR else "same")})

    runtime.one = one
    return runtime.measured(kept, "runtime", "1 year", [FLOOR, OTHER], 2, Path(), (2025,))


def test_a_stopped_measurement_goes_on(
    runtime: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kept_runs import KeptRuns

    file, made = tmp_path / "build" / "runs.jsonl", list[str]()
    with pytest.raises(KeyboardInterrupt):
        _measures(runtime, KeptRuns(file), made, stop_after=3)
    assert f"1 year; {OTHER}: CPU 20.0 s" in capsys.readouterr().out
    with file.open("a") as out:
        out.write('{"area": "runtime", "case": "1 ye')  # what a kill leaves of a line
    kept = [json.loads(line) for line in file.read_text().splitlines()[:3]]
    git = ["git", "rev-parse", "--short=12", "HEAD"]
    commit = subprocess.run(git, cwd=Path(__file__).parent, capture_output=True, text=True).stdout.strip()
    assert {(run["commit"], run["load"] > 0) for run in kept} == {(commit, True)}
    found = _measures(runtime, KeptRuns(file), made)
    assert made == [FLOOR, OTHER, FLOOR, OTHER]
    assert {row.subject: row.value for row in found if row.metric == "CPU"} == {FLOOR: 20.0, OTHER: 30.0}
    _measures(runtime, KeptRuns(file), made)
    assert len(made) == 4


def test_what_a_year_after_the_first_costs(runtime: Any) -> None:
    from area_growth import further_years
    from row import Row

    told = {"1 year": {FLOOR: 10.0, OTHER: 12.0}, "6 years": {FLOOR: 35.0, OTHER: 47.0}}
    rows = [
        Row("growth", f"1,000 models, {years}", subject, "CPU", value, "s")
        for years, by_subject in told.items()
        for subject, value in by_subject.items()
    ]
    stopped = Row(
        "growth", "1,000 models, 6 years", "Dagster, asset job", "CPU", 9.0, "s", note="stopped after 9 s"
    )
    found = {(row.case, row.subject, row.metric): row.value for row in further_years([*rows, stopped])}
    named = ("1,000 models, a further year (of 6 years)", FLOOR, "CPU")
    assert found == {named: 5.0, (named[0], OTHER, named[2]): 7.0}


def test_runs_of_another_day_that_left_other_tables_are_not_compared(runtime: Any, tmp_path: Path) -> None:
    from kept_runs import KeptRuns

    file = tmp_path / "runs.jsonl"
    with pytest.raises(SystemExit, match="left other rows than"):
        _measures(runtime, KeptRuns(file), [], rows="other")
