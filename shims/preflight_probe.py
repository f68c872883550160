"""Asks one side's interpreter what it has, and watches a trial import of the project.

    python preflight_probe.py request.json

Runs in the side's own interpreter, handed over by path: one file without dependencies, for Python 3.8 and
newer. The answer goes to the file that the request names. What the import opens for writing, connects to
and starts is seen through an audit hook: https://docs.python.org/3/library/sys.html#sys.addaudithook
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

DISTRIBUTIONS = ("dagster", "dagster-dbt", "prefect", "prefect-dbt", "dbt-core", "dbt-duckdb", "duckdb")
HARMLESS = ("/dev/", "/proc/", "/sys/")


def main(request_file: str) -> int:
    """Answer the request; always 0, what went wrong is in the answer."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    answer: dict[str, Any] = {
        "versions": versions(),
        "missing": [name for name in request["packages"] if not there(name)],
        "extensions": extensions(),
        "import": {},
    }
    if request["module"]:
        sys.path.insert(0, request["root"])
        answer["import"] = trial(request["module"])
    Path(request["answer"]).write_text(json.dumps(answer), encoding="utf-8")
    return 0


def versions() -> dict[str, str]:
    """Installed versions, Python's among them."""
    found = {"python": platform.python_version()}
    for name in DISTRIBUTIONS:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def there(name: str) -> bool:
    """Whether a package can be found, without importing it."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def extensions() -> list[str]:
    """DuckDB's extensions that need no download, aliases too."""
    try:
        import duckdb

        rows = duckdb.sql(
            "select extension_name, aliases from duckdb_extensions() where installed"
        ).fetchall()
    except Exception:  # no DuckDB, or one that knows no such function: nothing is known to be there
        return []
    return sorted({name for row in rows for name in (row[0], *(row[1] or []))})


def trial(module: str) -> dict[str, Any]:
    """Import the module and say what that did."""
    seen: dict[str, list[str]] = {"written": [], "connected": [], "started": []}
    watching = [True]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if not watching[0]:
            return
        if event == "open":
            note_open(arguments, seen["written"])
        elif event == "socket.connect" and isinstance(arguments[1], tuple):
            seen["connected"].append(":".join(str(part) for part in arguments[1][:2]))
        elif event == "socket.getaddrinfo" and arguments[0] not in (
            None,
            "",
            "localhost",
            "127.0.0.1",
            "::1",
        ):
            seen["connected"].append(str(arguments[0]))
        elif event == "subprocess.Popen":
            line = arguments[1]
            seen["started"].append(line if isinstance(line, str) else " ".join(os.fsdecode(w) for w in line))

    sys.addaudithook(hook)
    error = ""
    try:
        importlib.import_module(module)
    except BaseException as problem:  # whatever the import does is the answer
        error = f"{type(problem).__name__}: {problem}"
    watching[0] = False
    return {"error": error, **{key: sorted(set(values)) for key, values in seen.items()}}


def note_open(arguments: tuple[Any, ...], written: list[str]) -> None:
    """Note a file that is opened for writing."""
    name, mode, flags = arguments
    if not isinstance(name, (str, bytes)):
        return
    writes = (
        any(letter in mode for letter in "wax+")
        if isinstance(mode, str)
        else bool(flags & (os.O_WRONLY | os.O_RDWR))
    )
    path = os.path.abspath(os.fsdecode(name))  # noqa: PTH100 - no links resolved: as it was spelled
    if writes and not path.startswith(HARMLESS):
        written.append(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
