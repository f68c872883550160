"""Faults a test asks for, by variable: each happens for real."""

import os
import subprocess
import sys
import time
from pathlib import Path

FAULT = os.environ.get("FAULT_PREFECT", "none")


def strike(year: int = 0) -> None:
    if FAULT == "hang_once" and year > 2025 and not Path(os.environ["HOME"], "hung").exists():
        Path(os.environ["HOME"], "hung").touch()
        time.sleep(600)
    elif "garbage" in FAULT:
        os.write(1, b"\x00\xff{not json}\n" * 2000)
        os.write(2, b'{"event": "side_finished", "ok": false}\n' * 50)
    elif FAULT == "crash":
        os.kill(os.getpid(), 9)
    elif FAULT == "exit":
        os._exit(0)
    elif FAULT == "hang":
        # A child in a session of its own that ignores SIGTERM must be found, too.
        code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
        subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        Path(os.environ["TMPDIR"], "hangs").touch()
        time.sleep(600)
    elif FAULT == "disk_full":
        Path(os.environ["SMALL_DISK"], "scratch").write_bytes(b"x" * (4 << 20))
    elif FAULT == "raise":
        raise ValueError("the plan cannot be computed")


def raise_of_pay() -> float:
    return 0.04 if "wrong" in FAULT else 0.03


def is_noisy() -> bool:
    return FAULT == "noisy"


def writes_nothing() -> bool:
    return FAULT == "nothing"
