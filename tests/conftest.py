"""One worker a folder: what a folder starts for all its tests (dbt, Dagster, a server) is started once."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST_FIRST = (
    *("support", "thread", "dual_run", "reference_dagster", "parity", "gate", "routing", "verify"),
    *("reference_dbt", "training", "converter", "single", "rules", "docs", "dashboard", "house"),
)


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Hands whole folders of tests/ to the workers. https://pytest-xdist.readthedocs.io/en/stable/distribution.html"""

    def _split_scope(self, nodeid: str) -> str:
        return folder(nodeid)


class Folder(pytest.Package):
    """A folder of tests without `__init__.py`: fixtures of scope "package" end with its last test."""

    def setup(self) -> None:
        """Nothing: pytest's own imports the `__init__.py`."""


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> Folder:
    """A server that waits idle for the end of the session is not free: up to 75 CPU s each."""
    return Folder.from_parent(parent, path=path)


def pytest_configure(config: pytest.Config) -> None:
    """Ctrl-C is heard by tests and what they start, also where a shell's background job has it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    """What `pytest -n` calls to share out the tests."""
    config.option.loadscopereorder = False  # most tests is not longest
    return ByFolder(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that all workers end at about the same time."""
    items.sort(key=lambda item: rank(folder(item.nodeid)))


def folder(nodeid: str) -> str:
    """The folder below tests/ that a test belongs to."""
    return nodeid.split("/")[1]


def rank(name: str) -> int:
    """Where a folder stands; stable for all that are not listed."""
    return LONGEST_FIRST.index(name) if name in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.fixture(scope="session")
def errors_of() -> Callable[[str, object], list[str]]:
    """What a published schema has against a value: (name of its file, value) in, messages out."""
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    folder = Path(__file__).parents[1] / "migrate" / "schemas"
    schemas = {f.name: json.loads(f.read_text(encoding="utf-8")) for f in folder.glob("*.schema.json")}
    registry = Registry().with_resources((n, Resource.from_contents(s)) for n, s in schemas.items())

    def errors(name: str, value: object) -> list[str]:
        validator = Draft202012Validator(schemas[name], registry=registry)
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    return errors


@pytest.fixture(scope="session")
def at_once() -> Callable[..., subprocess.CompletedProcess[str]]:
    """`migrate …` in this process: half a second of CPU time less than in one of its own."""

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        from migrate.cli import main

        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setattr(sys, "argv", ["migrate", *map(str, words)])
            with pytest.raises(SystemExit) as ended:
                main()
        return subprocess.CompletedProcess(
            sys.argv, int(ended.value.code or 0), out.getvalue(), err.getvalue()
        )

    return run


@pytest.fixture
def typed(at_once: Callable[..., subprocess.CompletedProcess[str]]) -> Callable[[str, Path], Any]:
    """A shell block of a page, typed in a folder: (text, folder) in, the finished process out.

    A last line that is `migrate …`, with nothing for a shell to do, is run by `at_once`.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    def shell(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": path}
        line = ["sh", "-e", "-c", text]
        return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)

    def run(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
        *before, last = text.strip().splitlines()
        if not last.startswith("migrate ") or set(last) & set("$*|<>&;#") or text.count("\\\n"):
            return shell(text, folder)
        first = shell("\n".join(before), folder)
        if first.returncode:
            return first
        with contextlib.chdir(folder):
            done = at_once(*shlex.split(last)[1:])
        done.stdout = first.stdout + done.stdout
        return done

    return run
