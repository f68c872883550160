"""The shadow schedule: what counts as a row of green ticks, and real ticks in Dagster's own reckoning."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.config import load
from migrate.workspace import Workspace
from shims import shadow
from shims.ledger import Ledger
from shims.shadow_ledger import Tick, code_now, read_ticks, streak
from shims.shadow_verdict import Side, decide

CODE = {"dagster": "a", "prefect": "b"}


def tick(outcome: str, code: dict[str, str] | None = None) -> Tick:
    return Tick("", "2026-01-01", outcome, code=code or CODE)


@pytest.mark.parametrize(
    ("ticks", "count"),
    [
        ([], 0),
        ([tick("green")] * 3, 3),
        ([tick("green"), tick("red"), tick("green")], 1),
        ([tick("green"), tick("missed"), tick("green"), tick("green")], 2),
        ([tick("green"), tick("cannot_say")], 0),
        ([tick("green"), tick("skipped"), tick("green"), tick("skipped")], 2),
        ([tick("green"), tick("green", {"dagster": "a", "prefect": "older"}), tick("green")], 1),
    ],
)
def test_a_row_is_green_ticks_of_todays_code_up_to_the_newest(ticks, count):
    assert streak(ticks, CODE)[0] == count


def test_the_partition_of_a_tick_names_its_year(tmp_path, farm_root):
    migration = load(farm_root)
    due = shadow.Due(dt.datetime.now(dt.UTC), [{"partition": "2026"}, {"partition": "2025"}], "daily")
    assert shadow.years_of(migration, due) == "2026,2025"


@pytest.mark.real
def test_missed_ticks_are_recorded_and_never_run(farm_root):
    migration, said = load(farm_root), []
    Workspace.of(migration).state.mkdir()
    now = dt.datetime.now(dt.UTC)
    with Ledger(Workspace.of(migration).shadow) as ledger:
        due = shadow.next_due(
            migration, shadow.Wanted("daily"), ledger, now - dt.timedelta(days=3), said.append
        )
    # Six in the morning in Berlin, winter or summer time.
    assert due.at > now
    assert due.at.hour in (4, 5)
    assert due.asked == [{"partition": "2025", "config": {}}]
    missed = read_ticks(Workspace.of(migration).shadow)
    assert [t.outcome for t in missed] == ["missed"] * 3
    assert not Workspace.of(migration).runs.exists()


@pytest.mark.parametrize(
    ("dagster", "prefect", "written", "outcome"),
    [
        (Side("ran", "1"), Side("ran", "1"), True, "compare"),
        (Side("ran", "1"), Side("none"), False, ""),
        (Side("waiting"), Side("failed"), False, ""),
        (Side("skipped", "bad luck"), Side("ran", "0"), False, "skipped"),
        (Side("skipped", "bad luck"), Side("ran", "0"), True, "red"),
        (Side("skipped", "bad luck"), Side("ran", "1"), False, "red"),
        (Side("failed", "boom"), Side("ran", "1"), True, "red"),
    ],
)
def test_a_tick_is_decided_by_what_both_schedulers_did(dagster, prefect, written, outcome):
    assert decide(dagster, prefect, written=written)[0] == outcome


@pytest.mark.real
@pytest.mark.skipif(not os.environ.get("CHANGEOVER_LONG"), reason="minutes of CPU: run by `make path`")
def test_a_tick_is_a_dual_run_and_a_comparison_and_one_at_a_time(farm_root, api):
    def migrate(*words: str) -> subprocess.CompletedProcess[str]:
        line = [str(Path(sys.executable).with_name("migrate")), *words]
        return subprocess.run(line, cwd=farm_root, capture_output=True, text=True, timeout=300)

    assert migrate("convert", "legacy", "--out", "target").returncode == 0
    first = migrate("shadow", "start", "--now", "--prefect-api-url", api)  # a dual run of its own
    assert first.returncode == 0, first.stdout + first.stderr
    (done,) = read_ticks(Workspace.of(load(farm_root)).shadow)
    assert (done.outcome, done.schedule) == ("green", "daily")
    assert (farm_root / ".changeover" / "runs" / done.run / "parity.json").is_file()
    source = farm_root / "target" / "farm" / "definitions.py"
    source.write_text(source.read_text().replace("sum(litres)", "sum(litres) + 1"))
    second = migrate("shadow", "start", "--now", "--prefect-api-url", api)
    assert second.returncode == 1
    ticks = read_ticks(Workspace.of(load(farm_root)).shadow)
    assert ticks[-1].outcome == "red"
    assert "milk different" in ticks[-1].reason
    board = json.loads(migrate("shadow", "status", "--json").stdout)
    assert board["streak"] == 0
    assert board["running"] is False
    with shadow.only_one(load(farm_root)):
        refused = migrate("shadow", "start", "--now", "--prefect-api-url", api)
        assert refused.returncode == 2
        assert "running already" in refused.stderr
    assert code_now(load(farm_root)) == ticks[-1].code
