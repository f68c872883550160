"""Imports modules one by one and writes down what each raised; nothing but the standard library is needed."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .stand_ins import Gone, StandInFinder


class TooLong(BaseException):
    """A module that does not come back; no `except Exception` of its own may keep this."""


def main(arguments: Sequence[str]) -> int:
    """Read the request from one file, write an answer a line into another, as soon as each is known."""
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    sys.path[:0] = request["roots"]
    for name in request["needed"]:  # before the clock runs: an interrupted library stays half imported
        importlib.import_module(name)
    finder = StandInFinder(request["tree"], request["own"], request["needed"], request["gone"])
    sys.meta_path.insert(0, Gone(finder))
    sys.meta_path.append(finder)
    sys.argv = ["imported"]
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _late)
    with Path(arguments[1]).open("w", encoding="utf-8") as out:
        for name in request["modules"]:
            out.write(json.dumps(_answer(name, request)) + "\n")
            out.flush()
    os._exit(0)  # threads that a module started do not keep this process


def _late(*_signal: Any) -> None:
    raise TooLong("it takes too long")


def _answer(name: str, request: dict[str, Any]) -> dict[str, Any]:
    signal.setitimer(signal.ITIMER_REAL, request["seconds"])
    try:
        importlib.import_module(name)
    except BaseException as problem:  # also SystemExit: a module that ends its process cannot be imported
        signal.setitimer(signal.ITIMER_REAL, 0)
        file, line = _origin(problem, request["tree"])
        text = " ".join(str(problem).split()) or "(no message)"
        return {"module": name, "error": type(problem).__name__, "text": text, "file": file, "line": line}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {"module": name, "error": ""}


def _origin(problem: BaseException, tree: str) -> tuple[str, int]:
    """The innermost line of the project that the error came through."""
    if isinstance(problem, SyntaxError) and (problem.filename or "").startswith(tree):
        return os.path.relpath(str(problem.filename), tree), problem.lineno or 0
    found = ("", 0)
    for frame, line in traceback.walk_tb(problem.__traceback__):
        file = frame.f_code.co_filename
        if file.startswith(tree):
            found = (os.path.relpath(file, tree), line)
    return found
