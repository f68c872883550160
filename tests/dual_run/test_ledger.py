"""The ledger survives crashes, and says what it could not keep."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.errors import EvidenceError
from shims.ledger import Ledger, read_ledger
from shims.side_run import EventTail


def test_records_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "ledger.jsonl"
    with Ledger(path) as ledger:
        ledger.add("start", run="x", years=[2025])
        ledger.add("exit", "dagster", code=0, text="zwei\nZeilen")
    first, second = read_ledger(path)
    assert (first.what, first.side, first.facts) == ("start", "", {"run": "x", "years": [2025]})
    assert (second.side, second.facts["text"]) == ("dagster", "zwei\nZeilen")
    assert first.at <= second.at


def test_each_record_is_on_disk_at_once_and_a_kill_loses_none(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from shims.ledger import Ledger\n"
        "ledger = Ledger(Path(sys.argv[1]))\n"
        "for n in range(50): ledger.add('step', n=n)\n"
        "os.kill(os.getpid(), 9)"
    )
    path = tmp_path / "ledger.jsonl"
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert [record.facts["n"] for record in read_ledger(path)] == list(range(50))


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_torn_last_line_is_left_out(tmp_path, cut):
    path = tmp_path / "ledger.jsonl"
    with Ledger(path) as ledger:
        ledger.add("start")
        ledger.add("end", outcome="fine and dandy")
    os.truncate(path, path.stat().st_size - cut)
    found = [record.what for record in read_ledger(path)]
    assert found == (["start", "end"] if cut == 1 else ["start"])


def test_a_broken_line_in_the_middle_is_named(tmp_path):
    path = tmp_path / "ledger.jsonl"
    path.write_text(
        '{"at": "", "what": "start", "side": ""}\nbroken\n{"at": "", "what": "end", "side": ""}\n'
    )
    with pytest.raises(EvidenceError) as caught:
        read_ledger(path)
    assert caught.value.line == 2
    with pytest.raises(EvidenceError, match="there is no ledger"):
        read_ledger(tmp_path / "gone")


def test_a_full_disk_is_said_and_stops_nothing():
    with Ledger(Path("/dev/full")) as ledger:
        ledger.add("start")
        ledger.add("end")
    assert ledger.broken.startswith("No space left on device")


def test_events_are_read_as_they_come_and_garbage_is_told_apart(tmp_path):
    path = tmp_path / "events.jsonl"
    tail = EventTail(path)
    assert tail.read() == []
    path.write_bytes(b'{"event": "check"}\n{"event": "st')
    assert tail.read() == [{"event": "check"}]
    with path.open("ab") as stream:
        stream.write(b'ep"}\n\xff\xfe\n[1]\n{"event": "year_started"}\n')
    read = tail.read()
    assert read[0] == {"event": "step"}
    assert [event["event"] for event in read[1:]] == ["log", "log", "log"]
