"""Supervised commands: nothing outlives them, nothing of their CPU time is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from shims.processes import MARK, Supervised, kill_stragglers, stragglers

BURN = "import time\nwhile time.process_time() < {seconds}: pass\n"


def start(folder: Path, code: str, mark: str = "x") -> Supervised:
    environment = {"PATH": os.environ["PATH"], MARK: mark}
    return Supervised(
        [sys.executable, "-c", code], environment=environment, folder=folder, logs=folder, name="it"
    )


@pytest.fixture
def mark(tmp_path: Path):
    name = f"test-{tmp_path}"
    yield name
    assert kill_stragglers(name) == 0


def test_the_exit_code_and_what_it_said(tmp_path, mark):
    process = start(tmp_path, "import sys; print('said'); sys.exit('why')", mark)
    assert process.outcome().exit == 1
    assert process.out_log.read_text() == "said\n"
    assert process.log_tail() == "why"
    assert start(tmp_path, "import os; os.kill(os.getpid(), 9)", mark).outcome().exit == -9


def test_cpu_time_of_children_grandchildren_and_orphans_is_counted(tmp_path, mark):
    burn = BURN.format(seconds=0.3)
    (tmp_path / "burn.py").write_text(burn)
    orphan = "import subprocess, sys; subprocess.Popen([sys.executable, 'burn.py'], start_new_session=True)"
    child = (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, 'burn.py'])\n"
        f"subprocess.run([sys.executable, '-c', {orphan!r}])\n"
        f"{burn}time.sleep(1)"
    )
    outcome = start(tmp_path, child, mark).outcome()
    assert outcome.exit == 0
    assert 0.85 < outcome.cpu_seconds < 2.5
    assert outcome.max_rss_bytes > 5e6


def test_ending_it_ends_what_ignores_and_what_hides(tmp_path, mark):
    stubborn = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    code = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', {stubborn!r}], start_new_session=True)\n"
        "time.sleep(60)"
    )
    process = start(tmp_path, code, mark)
    while "up" not in process.out_log.read_text():
        time.sleep(0.02)
    assert len(stragglers(mark)) == 3
    process.ask_to_end()
    outcome = process.outcome(timeout=15)
    assert (outcome.exit, outcome.ended_by) == (-15, "signal")
    assert stragglers(mark) == []


def test_a_killed_supervisor_is_noticed_and_its_command_ended(tmp_path, mark):
    process = start(tmp_path, BURN.format(seconds=0.3) + "time.sleep(60)", mark)
    while len(stragglers(mark)) < 2:
        time.sleep(0.02)
    while process.sampled_cpu_seconds <= 0.1:  # however busy the machine is
        process.sample()
        time.sleep(0.02)
    psutil.Process(process._process.pid).kill()
    outcome = process.outcome()
    assert outcome.ended_by == "lost"
    assert outcome.cpu_seconds > 0.1
    assert stragglers(mark) == []


def test_letting_go_of_the_lifeline_ends_it(tmp_path, mark):
    process = start(tmp_path, "import time; time.sleep(60)", mark)
    process.close()
    outcome = process.outcome(timeout=15)
    assert outcome.ended_by == "lifeline"


@pytest.mark.real
def test_a_servers_own_pages_ask_it_and_not_the_usual_port(api: str) -> None:
    with urlopen(f"{api.removesuffix('/api')}/ui-settings", timeout=10) as answer:
        assert json.load(answer)["api_url"] == api


@pytest.mark.real
def test_a_new_server_keeps_an_empty_database_and_replaces_a_broken_one(
    api: str, empty_database: Path
) -> None:
    with closing(sqlite3.connect(empty_database)) as connection:
        assert connection.execute("select count(*) from flow_run").fetchone() == (0,)
