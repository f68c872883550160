"""Sling replications: a task whose assets are the streams of a replication, and the connections to run it.

Written by `migrate convert`; yours to edit.

    target = SlingConnection(name="TARGET", type="duckdb", instance="a.duckdb")
    sling = SlingConnections(connections=[target])

    @sling_streams("replication.yaml")
    def loaded(sling: SlingConnections) -> None:
        sling.replicate()

Needs the package `sling`, which brings Sling's executable.

Upstream: https://docs.slingdata.io/concepts/replication
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec

from prefect.assets import add_asset_metadata
from pydantic import BaseModel, ConfigDict, PrivateAttr

from .loaded_assets import Load, LoadingTask, loading_task, running
from .sling_names import Replication, StreamNames, read_replication, streams_of
from .validations import run_logger

P = ParamSpec("P")
COLOURS = re.compile(r"\x1B\[[0-?]*[ -/]*[@-~]")
STAMP = re.compile(r"^\d{1,2}:\d{2}[AP]M\s+(INF|WRN|ERR|DBG)\s+")
INSERTED = re.compile(r".*inserted (\d+) rows into (.*) in.*")


def sling_streams(
    replication: Replication, *, names: StreamNames | None = None, **options: Any
) -> Callable[[Callable[P, object]], LoadingTask[P]]:
    """Make a task of a function that calls `SlingConnections.replicate`; one asset for each stream.

    `options` are `name`, `tags`, and those of `prefect.task`. Raises OSError when the file is not there.
    """
    config, naming = read_replication(replication), names or StreamNames()
    assets = {stream["name"]: naming.get_asset_spec(stream) for stream in streams_of(config)}
    return loading_task(Load(config, naming, assets), "sling", **options)


class SlingConnection(BaseModel):
    """A connection as Sling knows it: its name in replications, its type, and its type's own settings."""

    model_config = ConfigDict(extra="allow")

    name: str
    type: str
    connection_string: str | None = None

    def settings(self) -> dict[str, Any]:
        """What Sling is told, through an environment variable of the connection's name."""
        given = self.model_dump()
        address = given.pop("connection_string")
        return {**given, "url": address} if address else given


class SlingConnections(BaseModel):
    """The connections that replications name, and Sling to run them."""

    connections: list[SlingConnection] = []
    _lines: list[str] = PrivateAttr(default_factory=list)

    def replicate(
        self,
        *,
        replication_config: Replication | None = None,
        names: StreamNames | None = None,
        debug: bool = False,
        stream: bool = False,
    ) -> Replicated:
        """Run a replication: the one given, else that of the task. Sling's lines are in the run's log.

        Raises RuntimeError when Sling fails, or when no replication was named. `stream` makes no difference.
        """
        load = running.get()
        if replication_config is not None:
            config, naming = (
                read_replication(replication_config),
                names or (load and load.naming) or StreamNames(),
            )
            assets = {s["name"]: naming.get_asset_spec(s) for s in streams_of(config)}
            load = Load(config, naming, assets)
        if load is None:
            raise RuntimeError("no replication was named: give one, or call it in a task of @sling_streams")
        start = time.time()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "replication.json"
            file.write_text(json.dumps(load.config, default=str), encoding="utf-8")
            self._run(["run", *(["-d"] if debug else []), "-r", str(file)])
        done = Replicated(self, load)
        target = load.config.get("target")
        for name, asset in load.assets.items():
            config = (load.config.get("streams") or {}).get(name) or {}
            table = f"{target}.{config.get('object') or name}" if target else None
            told = {"elapsed_time": time.time() - start, "stream_name": name, "dagster/table_name": table}
            add_asset_metadata(str(asset.key), told)
        return done

    def stream_raw_logs(self) -> Iterator[str]:
        """The lines of the last replications."""
        yield from self._lines

    def run_sling_cli(self, args: Sequence[str], force_json: bool = False) -> str:
        """What Sling's executable writes for these arguments; raises CalledProcessError when it fails."""
        more = {"SLING_OUTPUT": "json"} if force_json else {}
        return subprocess.check_output([_executable(), *args], text=True, env={**os.environ, **more})

    def get_row_count_for_table(self, target_name: str, table_name: str) -> int:
        """How many rows a table of a connection has."""
        query = f"select count(*) as ct from {table_name}"
        return int(self._asked(["conns", "exec", target_name, query])[0]["ct"])

    def get_column_info_for_table(self, target_name: str, table_name: str) -> list[dict[str, str]]:
        """The columns of a table of a connection."""
        return self._asked(["conns", "discover", target_name, "--pattern", table_name, "--columns"])

    def _asked(self, args: Sequence[str]) -> list[dict[str, str]]:
        with _environment(self._settings()):
            found = json.loads(self.run_sling_cli(args, force_json=True).strip())
        return [dict(zip(found["fields"], row, strict=False)) for row in found["rows"]]

    def _settings(self) -> dict[str, str]:
        return {c.name: json.dumps(c.settings(), default=str) for c in self.connections}

    def _run(self, args: Sequence[str]) -> None:
        command, log = [_executable(), *args], run_logger()
        env = {**os.environ, **self._settings()}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=env
        ) as process:
            assert process.stdout
            for line in process.stdout:
                clean = STAMP.sub("", COLOURS.sub("", line.rstrip("\n")))
                self._lines.append(clean)
                log.info(clean)
        if process.returncode:
            said = "; ".join(line.strip() for line in self._lines[-3:])
            raise RuntimeError(f"sling ended with {process.returncode}: {said}")


@dataclass
class Replicated:
    """A replication that has run; ask it for what its tables hold now."""

    sling: SlingConnections
    load: Load
    _tables: dict[str, str] = field(default_factory=dict)

    def fetch_row_count(self) -> Replicated:
        """Add each table's number of rows to its asset."""
        return self._each(
            lambda target, table: {"dagster/row_count": self.sling.get_row_count_for_table(target, table)}
        )

    def fetch_column_metadata(self) -> Replicated:
        """Add each table's columns and their types to its asset."""

        def columns(target: str, table: str) -> dict[str, Any]:
            found = self.sling.get_column_info_for_table(target, table)
            told = [{"name": c["Column"].lower(), "type": c["General Type"]} for c in found]
            return {"dagster/column_schema": {"columns": told}}

        return self._each(columns)

    def _each(self, ask: Callable[[str, str], dict[str, Any]]) -> Replicated:
        for name, asset in self.load.assets.items():
            table = self._table(name)
            try:
                found = ask(self.load.config["target"], table) if table else {}
            except Exception as problem:  # what cannot be told of a table does not undo its load
                run_logger().warning(f"Nothing could be told of {table}, made of {name}: {problem}")
                continue
            if found:
                add_asset_metadata(str(asset.key), found)
        return self

    def _table(self, stream: str) -> str:
        """The table that Sling's lines name for a stream; empty when they name none."""
        heard = False
        for line in self.sling.stream_raw_logs():
            heard = heard or stream in line
            said = INSERTED.match(line) if heard else None
            if said:
                return said.group(2).replace('"', "")
            if heard and not line.strip():
                return ""
        return ""


class _environment:
    """Environment variables for the time of a block."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given, self._before = dict(given), {name: os.environ.get(name) for name in given}

    def __enter__(self) -> None:
        os.environ.update(self._given)

    def __exit__(self, *_problem: object) -> None:
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _executable() -> str:
    """Sling's program: the one that SLING_BINARY names, else that of the package `sling`."""
    if "SLING_BINARY" in os.environ:
        return os.environ["SLING_BINARY"]
    import sling

    return str(sling.SLING_BIN)
