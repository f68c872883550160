"""Faults a test asks for by the variable FAULT: each happens for real."""

import os
import subprocess
import sys
import time
from pathlib import Path


def strike() -> None:
    fault = os.environ.get("FAULT", "none")
    if fault == "garbage":
        os.write(1, b"\x00\xff{not json}\n" * 2000)
        os.write(2, b'{"event": "side_finished", "ok": false}\n' * 50)
    elif fault == "crash":
        os.kill(os.getpid(), 9)
    elif fault == "exit":
        os._exit(0)
    elif fault == "hang":
        # A daemon of its own session and a child that ignores SIGTERM: both must be found.
        code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
        subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        time.sleep(600)
    elif fault == "disk_full":
        Path(os.environ["SMALL_DISK"], "scratch").write_bytes(b"x" * (4 << 20))
    elif fault == "raise":
        raise ValueError("the plan cannot be computed")


def writes_nothing() -> bool:
    return os.environ.get("FAULT") == "nothing"
