"""What can be known to go wrong before anything is made: each a clear error with its remedy."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from migrate.errors import ConfigError, SideError
from shims import freeze
from shims.run_plan import frozen_names

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.run_plan import RunPlan, SidePlan

SPACE_MARGIN = 64 * 1024 * 1024
"""Bytes that must stay free beside the two copies: logs, the server's database, what the sides write."""
LOCK_NAME = "dual-run.lock"


def check(plan: RunPlan) -> None:
    """Check everything `plan` needs; nothing is made.

    Raises:
        ConfigError, SideError: the first thing that is missing or taken, with a remedy.
    """
    migration = plan.migration
    _folder(migration, migration.legacy.root, "legacy.root", "Point it at the Dagster project.")
    remedy = "Run `migrate convert` first: the target has not been converted yet."
    _folder(migration, migration.target.root, "target.root", remedy)
    module = Path(migration.target.root, *migration.target.flow.partition(":")[0].split("."))
    if not any((migration.root / module).with_suffix(s).exists() for s in ("", ".py")):
        raise ConfigError(f"target.flow: there is no module {module}", file=migration.file, remedy=remedy)
    for side in plan.sides:
        _interpreter(side, migration)
    if plan.dagster.database == plan.prefect.database:
        raise ConfigError(
            "outputs.database: both sides would write the same file",
            file=migration.file,
            remedy="Let it begin with {side}, the folder each side has for itself.",
        )
    _inputs(migration)
    _state_apart(migration)
    _space(plan, *plan.sides)
    if plan.api_url:
        _answers(plan.api_url)
    elif plan.port is not None and not port_is_free(plan.port):
        raise SideError(
            f"port {plan.port} is taken",
            remedy="Choose another with --prefect-port, or leave it out: a free one is found.",
        )


def check_side(plan: RunPlan, side: SidePlan) -> None:
    """Check what one side alone needs; nothing is made.

    Raises:
        ConfigError, SideError: the first thing that is missing, with a remedy.
    """
    migration = plan.migration
    key = "legacy" if side.name == "dagster" else "target"
    _folder(migration, side.root, f"{key}.root", "Point it at the project, or convert it first.")
    _interpreter(side, migration)
    _inputs(migration)
    _state_apart(migration)
    _space(plan, side)


def _folder(migration: Migration, name: str, key: str, remedy: str) -> None:
    if not (migration.root / name).is_dir():
        raise ConfigError(f"{key}: there is no folder {name}", file=migration.file, remedy=remedy)


def _interpreter(side: SidePlan, migration: Migration) -> None:
    if not os.access(side.python, os.X_OK) or Path(side.python).is_dir():
        key = "legacy" if side.name == "dagster" else "target"
        raise ConfigError(
            f"{key}.python: {side.python} cannot be executed",
            file=migration.file,
            remedy="Name the Python of the environment this side is installed in.",
        )


def _inputs(migration: Migration) -> None:
    for name in migration.input.freeze:
        if not (migration.root / name).exists():
            raise ConfigError(
                f"input.freeze: {name} does not exist",
                file=migration.root / name,
                remedy="Make it first (the project's README says how), or take it out of input.freeze.",
            )


def _state_apart(migration: Migration) -> None:
    """The state folder must not be part of what is copied: a run would contain itself."""
    state = (migration.root / migration.state).resolve()
    for name in (migration.legacy.root, migration.target.root, *migration.input.freeze):
        frozen = (migration.root / name).resolve()
        if state.is_relative_to(frozen) and state.name not in freeze.CACHES:
            raise ConfigError(
                f"state: {migration.state} lies inside {name}, which is copied for each run",
                file=migration.file,
                remedy="Put `state` beside the projects, not inside one of them.",
            )


def _space(plan: RunPlan, *sides: SidePlan) -> None:
    migration = plan.migration
    needed = SPACE_MARGIN + sum(
        freeze.size(migration.root, frozen_names(migration, side.root)) for side in sides
    )
    place = migration.root / migration.state
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < needed:
        raise SideError(
            f"this run needs {needed / 1e6:,.0f} MB, {free / 1e6:,.0f} MB are free",
            file=place,
            remedy="Free some space, or let `state` in migration.toml name a folder on another disk.",
        )


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(api_url: str) -> None:
    if not api_url.startswith(("http://", "https://")):
        raise SideError(f"{api_url} is no address of an API", remedy="It looks like http://host:4200/api.")
    try:
        with urlopen(f"{api_url.rstrip('/')}/health", timeout=10):  # noqa: S310 - http(s) only, checked above
            return
    except (URLError, OSError) as problem:
        raise SideError(
            f"the Prefect API at {api_url} does not answer: {problem}",
            remedy="Start it, or leave --prefect-api-url out: a server is then started for the run.",
        ) from None


@contextlib.contextmanager
def only_run(state: Path, run_id: str) -> Iterator[None]:
    """Hold the state folder's lock. It dies with its holder, whatever ends it.

    Raises:
        SideError: another dual run holds it.
    """
    state.mkdir(parents=True, exist_ok=True)
    path = state / LOCK_NAME
    while True:
        stream = path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            holder = stream.read().strip() or "just starting"
            stream.close()
            raise SideError(
                f"another dual run is going on here ({holder})",
                file=path,
                remedy="Wait for it or stop it; two would disturb each other's timing.",
            ) from None
        if _same_file(stream.fileno(), path):
            break
        stream.close()  # its last holder removed it just now: take the new one
    with stream:
        stream.truncate(0)
        stream.write(f"process {os.getpid()}, run {run_id}\n")
        stream.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
