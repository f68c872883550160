"""The runbooks of dual runs: each command on the page, typed against the fault the page is about."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docsite.blocks import Block, shell
from shims.ledger import read_ledger

RUNBOOKS = Path(__file__).parents[2] / "docs" / "runbooks"
pytestmark = pytest.mark.real


@pytest.fixture
def type_in(tiny, api, tmp_path):
    """Runs a block as somebody at the keyboard; dual runs share one Prefect server, to save CPU time."""
    # The proof of parameters is two more runs, which these pages are not about.
    tiny.set("parameters = { other_year = 2026, impossible_year = 1999 }", "")
    folder = tmp_path / "bin"
    folder.mkdir()
    real = Path(sys.executable).with_name("migrate")
    own = f'exec {real} "$@"'
    (folder / "migrate").write_text(
        "#!/bin/sh\n"
        f'case "$*" in dual-run*--prune*) ;; dual-run*) {own} --prefect-api-url {api};; esac\n{own}\n'
    )
    (folder / "migrate").chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])

    def run(block: Block, **variables: str) -> str:
        done = subprocess.run(
            ["sh", "-e", "-c", block.text],
            cwd=tiny.root,
            env={**os.environ, "PATH": path, **variables},
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == block.exit_code, (block.place, done.stdout[-1500:], done.stderr[-1500:])
        return done.stdout + done.stderr

    return run


def fault(tiny, name: str, more: str = "") -> None:
    tiny.set('FAULT_PREFECT = "none"', f'FAULT_PREFECT = "{name}"{more}')


def newest(tiny) -> dict[str, str]:
    """How the sides of the newest run ended."""
    file = max((tiny.root / ".changeover" / "runs").glob("*/run.json"))
    sides = json.loads(file.read_text())["sides"]
    return {name: side["status"] for name, side in sides.items()}


def mend(tiny) -> None:
    file = tiny.root / "target" / "plan" / "faults.py"
    line = 'FAULT = os.environ.get("FAULT_PREFECT", "none")'
    assert line in file.read_text()
    file.write_text(file.read_text().replace(line, 'FAULT = "none"'))


def test_a_stuck_run(tiny, api, type_in, waiting):
    look, end, go_on = shell(RUNBOOKS / "stuck-run.md")
    fault(tiny, "hang")
    stuck = tiny.start("--phase", "1", "--prefect-api-url", api)
    try:
        waiting(lambda: list(tiny.root.glob(".changeover/runs/*/prefect/scratch/**/hangs")), 120)
        assert "ledger.jsonl" not in type_in(look)
        assert read_ledger(tiny.folder / "ledger.jsonl")
        type_in(end, PID=str(stuck.pid))
        assert stuck.wait(timeout=60) == 128 + signal.SIGINT
    finally:
        stuck.kill()
        stuck.communicate()
    mend(tiny)
    type_in(go_on)
    assert newest(tiny) == {"dagster": "succeeded", "prefect": "succeeded"}


def test_a_failed_year_and_a_full_disk(tiny, api, type_in, tmp_path):
    """One run with both faults, a side each; the pages end with the same command, which is typed once."""
    look, go_on = shell(RUNBOOKS / "failed-year.md")
    largest, prune, once_more = shell(RUNBOOKS / "full-disk.md")
    assert go_on.text == once_more.text
    small = tmp_path / "small"
    small.mkdir()
    (small / "scratch").symlink_to("/dev/full")
    fault(tiny, "raise", f'\nSMALL_DISK = "{small}"')
    tiny.set('FAULT_DAGSTER = "none"', 'FAULT_DAGSTER = "disk_full"')
    old = tiny.root / ".changeover" / "runs" / "20200101T000000000Z-01d1"
    old.mkdir(parents=True)
    (old / "run.json").write_text('{"phase": "1"}')
    os.utime(old, (time.time() - 10**8,) * 2)
    assert tiny.run("--phase", "1", "--prefect-api-url", api).returncode == 1
    assert "the plan cannot be computed" in type_in(look)
    assert "01d1" in type_in(largest)
    type_in(prune)
    assert not old.exists()
    assert "No space left on device" in tiny.record["sides"]["dagster"]["reason"]
    (small / "scratch").unlink()
    mend(tiny)
    type_in(go_on)
    assert newest(tiny) == {"dagster": "succeeded", "prefect": "succeeded"}
