"""The same faults in Dagster, which runs beside once Prefect counts. Part of `make faults`."""

from __future__ import annotations

import os

import pytest
from test_faults import HANG, nothing_runs

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (os.environ.get("CHANGEOVER_LONG") or os.environ.get("CHANGEOVER_WRITE_FAULTS")),
        reason="a minute of CPU: run by `make faults`",
    ),
]
PREPARED = "open('prepared', 'w').write('yes')"


@pytest.fixture
def hurt(tiny, api):
    """A dual run whose Dagster side is hurt: how that ended; the Prefect side must be whole."""

    def run(status: str, fault: str = "", **settings: str):
        if fault:
            tiny.set('FAULT_DAGSTER = "none"', f'FAULT_DAGSTER = "{fault}"')
        if settings.get("prepare"):
            tiny.set(PREPARED, settings["prepare"])
        if settings.get("limits"):
            tiny.set("[outputs]", f"[dual_run]\n{settings['limits']}\n\n[outputs]")
        done = tiny.run("--years", "2025", "--prefect-api-url", api)
        assert tiny.statuses() == {"dagster": status, "prefect": "succeeded"}, done.stderr
        assert done.returncode == 1
        assert nothing_runs(tiny.folder.name)
        return done

    return run


def test_a_crash(tiny, hurt, noted):
    noted("crash (SIGKILL of its process)", "dagster", tiny, hurt("crashed", "crash"))


def test_an_exception(tiny, hurt, noted):
    noted("exception in a step", "dagster", tiny, hurt("failed", "raise"))


def test_a_full_disk(tiny, hurt, noted, tmp_path):
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "scratch").symlink_to("/dev/full")
    tiny.set('FAULT_PREFECT = "none"', f'FAULT_PREFECT = "none"\nSMALL_DISK = "{tmp_path}/small"')
    noted("disk full", "dagster", tiny, hurt("failed", "disk_full"))


def test_a_hang(tiny, hurt, noted):
    words = f"import sys; '/dagster/' in '{{side}}' or sys.exit();{HANG}"
    done = hurt("timed_out", prepare=words, limits="time_limit_seconds = { dagster = 2 }")
    noted("hang, with a child that ignores SIGTERM", "dagster", tiny, done)


def test_a_memory_ceiling(tiny, hurt, noted):
    words = "import time; hog = '/dagster/' in '{side}' and [b'1' * 300_000_000, time.sleep(60)]"
    done = hurt("out_of_memory", prepare=words, limits="memory_limit_mb = { dagster = 200 }")
    noted("more memory than its ceiling", "dagster", tiny, done)
