"""Ctrl-C while a side is asked: what runs ends before its folder goes."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from shims.verify import run_to_end

WRITES = """
import itertools, pathlib, time
for n in itertools.count():
    pathlib.Path(str(n)).touch()
    time.sleep(0.001)
"""


def interrupt_when_it_writes(folder: Path) -> None:
    end = time.monotonic() + 30
    while not (folder / "9").exists() and time.monotonic() < end:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)


def asked(folder: Path) -> None:
    """What `verify` does with a side, in a folder that goes when it is done."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        inner = Path(name)
        plan = SimpleNamespace(environment=dict(os.environ), folder=inner, paths=SimpleNamespace(logs=inner))
        threading.Thread(target=interrupt_when_it_writes, args=(inner,)).start()
        run_to_end(plan, [sys.executable, "-c", WRITES], "writes")


def test_nothing_runs_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        asked(tmp_path)
    assert not list(tmp_path.iterdir())
    assert not [p for p in psutil.process_iter(["cmdline"]) if WRITES in (p.info["cmdline"] or [])]
