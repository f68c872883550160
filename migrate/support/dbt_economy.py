"""What a dbt call in this process need not spend: a write a line of its log, and walks through what stays.

Written by `migrate convert`; yours to edit. Used by dbt_call.py.

* dbt writes and flushes `dbt.log` line by line, from all of its threads, each of which then waits for the
  others. Here its own handler gets the same lines some at a time: after `EVERY` seconds at the latest,
  and at once with a warning or an error.
* Python's garbage collector walks the parsed project and all imported modules again and again, though
  they stay. During a call it looks at what the call itself made, and less often.

Upstream: https://docs.python.org/3/library/gc.html#gc.freeze and
https://docs.python.org/3/library/logging.handlers.html#rotatingfilehandler
"""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

import yaml

EVERY = 1.0
MANY = 200
COLLECT_AFTER = 20_000
"""So many new objects before the collector looks at them; as Python comes: 700."""


@contextmanager
def collecting_less() -> Iterator[None]:
    """Inside of the block, what was there before is not looked at by the garbage collector."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(max(before[0], COLLECT_AFTER) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def file_log(project_dir: Path, args: Sequence[str]) -> list[str]:
    """The option for dbt's default level of its log file, unless someone has said which.

    Without it `--log-level none`, which keeps dbt off the console, would silence the file, too.
    """
    file = project_dir / "dbt_project.yml"
    flags = ((yaml.safe_load(file.read_text("utf-8")) or {}) if file.is_file() else {}).get("flags") or {}
    said = "DBT_LOG_LEVEL_FILE" in os.environ or "log_level_file" in flags
    given = any(text.split("=")[0] == "--log-level-file" for text in args)
    return [] if said or given else ["--log-level-file", "debug"]


class GatheredLog:
    """dbt's log file during one call of dbt; `begin` when its first event says that the file is open."""

    def __init__(self) -> None:
        self._handlers = list[_Gathered]()
        self._over = threading.Event()

    def begin(self) -> None:
        """Put ours in place of dbt's handler of a file; a dbt that has none keeps what it has."""
        log = logging.getLogger("file_log")
        for handler in log.handlers:
            if isinstance(handler, RotatingFileHandler):
                gathered = _Gathered(handler)
                log.removeHandler(handler)
                log.addHandler(gathered)
                self._handlers.append(gathered)
                threading.Thread(target=self._flush, daemon=True, name="dbt log").start()
                return

    def finish(self) -> None:
        """The call is over: every line is in the file, and dbt has its own handler again."""
        self._over.set()
        log = logging.getLogger("file_log")
        for handler in self._handlers:
            if handler in log.handlers:
                log.removeHandler(handler)
                log.addHandler(handler.file)
            handler.close()

    def _flush(self) -> None:
        while not self._over.wait(EVERY):
            for handler in list(self._handlers):
                handler.flush()


class _Gathered(logging.Handler):
    """Hands lines to another handler, many as one record, so that this one rotates the file as before."""

    def __init__(self, file: logging.Handler) -> None:
        super().__init__()
        self.file, self._lines = file, list[str]()

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())
        if len(self._lines) >= MANY or record.levelno >= logging.WARNING:
            self.flush()

    def flush(self) -> None:
        self.acquire()
        try:
            if self._lines:
                text, self._lines = "\n".join(self._lines), []
                self.file.handle(logging.makeLogRecord({"msg": text}))
        finally:
            self.release()

    def close(self) -> None:
        self.flush()
        super().close()
