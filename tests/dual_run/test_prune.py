"""Old runs go; what a sign-off names, what a gate reads and what can be resumed stays."""

from __future__ import annotations

import json

import pytest

from migrate.config import load
from migrate.errors import SideError
from shims.prechecks import only_run
from shims.prune import prune


@pytest.fixture
def runs(tiny):
    folder = tiny.root / ".changeover" / "runs"

    def make(number: int, phase: int | None = None, finished: bool = True) -> str:
        name = f"20250101T00000{number:04d}Z-abcd"
        (folder / name / "dagster").mkdir(parents=True)
        (folder / name / "dagster" / "plan.duckdb").write_bytes(b"x" * 1000)
        if finished:
            (folder / name / "run.json").write_text(json.dumps({"phase": phase}))
        return name

    return make


def test_only_what_nothing_rests_on_is_removed(tiny, runs):
    signed, old, first, second = runs(1), runs(2), runs(3, phase=1), runs(4)
    broken, newest = runs(5, finished=False), runs(6, finished=False)
    report = tiny.root / ".changeover" / "sign-off" / "phase-1" / "report.json"
    report.parent.mkdir(parents=True)
    report.write_text(json.dumps({"run": {"id": signed}}))
    done = tiny.migrate("dual-run", "--prune", "--keep", "0")
    assert done.returncode == 0, done.stderr
    left = {p.name for p in (tiny.root / ".changeover" / "runs").iterdir()}
    assert left == {signed, first, newest}
    for name, why in ((signed, "sign-off/phase-1/report.json"), (first, "phase 1"), (newest, "--resume")):
        assert any(name in line and why in line for line in done.stdout.splitlines())
    assert all(f"removed {name}" in done.stdout for name in (old, second, broken))


def test_the_newest_are_kept_and_a_run_is_never_disturbed(tiny, runs):
    names = [runs(number) for number in range(4)]
    done = prune(load(tiny.root), 3)
    assert done.removed == (names[0],)
    assert done.bytes > 1000
    with only_run(tiny.root / ".changeover", "other"), pytest.raises(SideError, match="going on"):
        prune(load(tiny.root), 0)
