"""A year is atomic: killed at any moment and run again, it ends in the same rows; finished years are kept."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]
KILLS = os.environ.get("CHANGEOVER_KILLS", "5")  # `make soak-years`: 200
SEED = os.environ.get("CHANGEOVER_SEED", "7")
REFERENCE = os.environ.get("CHANGEOVER_REFERENCE_KILLS", "")  # `make soak-reference`: 5
DISKS = os.environ.get("CHANGEOVER_REAL_DISKS", "1")  # `make soak-years`: 5
FULL = os.environ.get("CHANGEOVER_FULL_DISKS", "3")  # `make soak-years`: 40


@pytest.fixture(scope="module")
def may_mount(tmp_path_factory: pytest.TempPathFactory) -> bool:
    """Whether this user may mount a small file system."""
    folder = tmp_path_factory.mktemp("probe")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "none", str(folder)], capture_output=True)
    if mounted.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)
    return mounted.returncode == 0


@pytest.fixture(scope="module")
def disturbed(
    prefect_api: str,
    prefect_home: Path,
    support_modules: Path,
    tmp_path_factory: pytest.TempPathFactory,
    may_mount: bool,
) -> Any:
    """What the program says at the end: it ends at once where anything was lost."""
    program = Path(__file__).with_name("years_that_are_killed.py")
    environment = {
        **os.environ,
        "PREFECT_API_URL": prefect_api,
        "PREFECT_HOME": str(prefect_home),
        "PYTHONPATH": str(support_modules),
    }
    folder = tmp_path_factory.mktemp("disturbed") / "years"
    numbers = [KILLS, FULL, SEED, DISKS if may_mount else "0"]
    done = subprocess.run(
        [sys.executable, str(program), str(folder), *numbers], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    print(done.stdout.splitlines()[-1])
    return json.loads(done.stdout.splitlines()[-1])


def test_killed_at_random_moments_or_without_room_nothing_is_lost(disturbed: Any) -> None:
    assert (disturbed["kills"], disturbed["full"]) == (int(KILLS), int(FULL))


def test_killed_by_a_real_full_disk_nothing_is_lost(disturbed: Any, may_mount: bool) -> None:
    if not may_mount:
        pytest.skip("mounting a small file system needs rights that this user does not have")
    assert disturbed["filled"] == int(DISKS)


@pytest.mark.skipif(not REFERENCE, reason="minutes: `make soak-reference`")
@pytest.mark.timeout(3600)
def test_the_reference_itself_loses_nothing(
    prefect_api: str, prefect_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program = Path(__file__).with_name("reference_that_is_killed.py")
    folder = tmp_path_factory.mktemp("reference")
    done = subprocess.run(
        [sys.executable, str(program), str(folder), REFERENCE, SEED, *map(str, range(2025, 2031))],
        env={**os.environ, "PREFECT_API_URL": prefect_api, "PREFECT_HOME": str(prefect_home)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout.splitlines()[-1])
    print(said)
    assert (said["kills"], said["differ"]) == (int(REFERENCE), [])
    assert said["tables"] >= 66


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEDGER", str(tmp_path / "ledger.txt"))
    (tmp_path / "ledger.txt").write_text("opening\n")
    (tmp_path / "code.py").write_text("one")
    return tmp_path / "ledger.txt"


def run(ledger: Path, years: tuple[str, ...], bad: str = "", **parameters: Any) -> Any:
    from prefect import flow
    from prefect_support.backfill import in_order

    @flow
    def write(partition_key: str, note: str = "") -> None:
        with Path(os.environ["LEDGER"]).open("a") as file:
            file.write(f"{partition_key}{note}\n")
        if partition_key == bad:
            raise OSError("no space left on device")

    @flow
    def years_in_order() -> Any:
        return in_order(write, years, state=("LEDGER",), inputs=(ledger.with_name("code.py"),), **parameters)

    return years_in_order(return_state=True)


def test_finished_years_are_skipped_and_changed_ones_run_again_with_all_after(
    ledger: Path, prefect: str
) -> None:
    first = run(ledger, ("2025", "2026"))
    assert first.result() == ["2025", "2026"]
    assert ledger.read_text() == "opening\n2025\n2026\n"
    assert run(ledger, ("2025", "2026", "2027")).result() == ["2027"]
    assert ledger.read_text() == "opening\n2025\n2026\n2027\n"
    assert run(ledger, ("2025", "2026", "2027"), note="!").result() == ["2025", "2026", "2027"]
    assert ledger.read_text() == "opening\n2025!\n2026!\n2027!\n"
    ledger.with_name("code.py").write_text("two")
    assert run(ledger, ("2025", "2026"), note="!").result() == ["2025", "2026"]
    kept = sorted(path.name.split("-")[0] for path in ledger.with_name("ledger.txt.partitions").glob("*-*"))
    assert kept == ["2025", "2026", "2027", "base"]


def test_a_failed_year_leaves_the_last_good_one(ledger: Path, prefect: str) -> None:
    failed = run(ledger, ("2025", "2026", "2027"), bad="2026")
    assert failed.is_failed()
    assert "write(partition_key=2026): Failed: " in failed.message
    assert ledger.read_text() == "opening\n2025\n"
    folder = ledger.with_name("ledger.txt.partitions")
    assert not (folder / "work").exists()
    (good,) = folder.glob("2025-*")
    assert (good / "LEDGER").read_text() == "opening\n2025\n"
    assert run(ledger, ("2025", "2026", "2027")).result() == ["2026", "2027"]
    assert ledger.read_text() == "opening\n2025\n2026\n2027\n"


def test_what_someone_else_wrote_is_a_new_beginning(ledger: Path, prefect: str) -> None:
    run(ledger, ("2025",))
    ledger.write_text("written by hand\n")
    assert run(ledger, ("2025", "2026")).result() == ["2025", "2026"]
    assert ledger.read_text() == "written by hand\n2025\n2026\n"


def test_one_process_at_a_time(ledger: Path, prefect: str) -> None:
    from prefect_support.snapshots import Snapshots

    with Snapshots({"LEDGER": ledger}).locked():
        state = run(ledger, ("2025",))
    assert "another process is working in" in state.message
    assert ledger.read_text() == "opening\n"


def test_changed_code_and_changed_inputs_run_again_though_nobody_named_the_code(
    ledger: Path, prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect_support import dbt_graph
    from prefect_support.backfill import in_order
    from prefect_support.code_inputs import digest_of_code

    package, dbt = tmp_path / "plan_of_a_test", tmp_path / "dbt"
    (package / "jobs").mkdir(parents=True)
    for folder in (package, package / "jobs"):
        (folder / "__init__.py").touch()
    (package / "jobs" / "years.py").write_text(YEARS)
    (dbt / "target").mkdir(parents=True)
    (dbt / "seeds.csv").write_text("a\n1\n")
    monkeypatch.setattr(dbt_graph, "PROJECTS", {dbt})
    monkeypatch.syspath_prepend(str(tmp_path))
    from plan_of_a_test.jobs.years import year  # type: ignore[import-not-found]

    (data := tmp_path / "census.parquet").write_text("rows")
    monkeypatch.setenv("CENSUS", str(data))

    def ran() -> Any:
        return in_order(year, ("2025",), state=("LEDGER",), inputs=("CENSUS",)).data

    assert (ran(), ran()) == (["2025"], [])
    for left_behind in (
        package / "jobs" / "__pycache__" / "x.py",
        package / "made.parquet",
        dbt / "target" / "run.sql",
    ):
        left_behind.parent.mkdir(exist_ok=True)
        left_behind.write_text("made by a run")
    assert ran() == []
    for changed in (package / "rates.py", dbt / "seeds.csv", data):
        changed.write_text("changed")
        assert (ran(), ran()) == (["2025"], []), changed
    data.unlink()
    with pytest.raises(FileNotFoundError, match=r"census\.parquet, an input of this backfill, is not there"):
        ran()
    assert digest_of_code(ran) != digest_of_code(year.fn)


YEARS = """
import os
from pathlib import Path

from prefect import flow


@flow
def year(partition_key: str) -> None:
    Path(os.environ["LEDGER"]).write_text(partition_key)
"""
