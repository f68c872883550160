"""Faults of every kind, injected where dbt's adapter executes SQL: what is run again, and what never is.

The faults are real ones where this machine has them (two transactions in conflict, a closed connection, no
memory, an I/O error of the kernel); adapters that are not here are stood in for by their SQLSTATE.
"""

import json
import re
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


class Coded(Exception):
    """A driver's error with a SQLSTATE, as psycopg's."""

    def __init__(self, sqlstate: str, message: str) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


def conflict() -> None:
    """Two transactions change the same row."""
    with duckdb.connect() as connection:
        connection.execute("create table t as select 1 as i")
        first, second = connection.cursor(), connection.cursor()
        first.execute("begin")
        second.execute("begin")
        first.execute("update t set i = 2")
        second.execute("update t set i = 3")


def closed() -> None:
    """A connection that is closed already."""
    connection = duckdb.connect()
    connection.close()
    connection.execute("select 1")


def full() -> None:
    """More memory than DuckDB may take, and no disk to go to."""
    with duckdb.connect(config={"memory_limit": "5MB", "temp_directory": ""}) as connection:
        connection.execute("create table t as select i, i::varchar || 'abcdef' from range(5000000) r (i)")


def duplicate() -> None:
    """Two transactions insert the same key: a TransactionException, but of a constraint."""
    with duckdb.connect() as connection:
        connection.execute("create table t (i integer primary key)")
        first, second = connection.cursor(), connection.cursor()
        for cursor in (first, second):
            cursor.execute("begin")
            cursor.execute("insert into t values (1)")
        first.execute("commit")
        second.execute("commit")


def histories(flow_run: str, api: str, expected: int) -> dict[str, list[str]]:
    """The states that each task run of a flow run had, by its name, once the server knows so many runs."""

    def asked(path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{api}/{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    body = {"flow_runs": {"id": {"any_": [flow_run]}}, "limit": 200}
    for _ in range(75):
        runs = asked("task_runs/filter", body)
        if sum(run["state_name"] not in ("Running", "AwaitingRetry") for run in runs) >= expected:
            break
        time.sleep(0.2)
    states = {run["name"]: asked(f"task_run_states/?task_run_id={run['id']}") for run in runs}
    return {
        name: [one["name"] for one in sorted(told, key=lambda one: one["timestamp"])]
        for name, told in states.items()
    }


def raising(error: Exception) -> Callable[[], None]:
    def fault() -> None:
        raise error

    return fault


AGAIN: dict[str, Callable[[], object]] = {
    "conflict": conflict,
    "closed": closed,
    "memory": full,
    "memory_of_python": lambda: bytearray(1 << 62),
    "disk": Path("/proc/self/mem").read_bytes,  # errno EIO
    "lock": raising(Coded("55P03", "la ligne est prise")),
    "connection": raising(Coded("08006", "auf Wiedersehen")),
    "odd": raising(duckdb.TransactionException("nobody has seen this before")),
    "said": raising(RuntimeError("could not obtain lock on relation")),  # only its message says so
}
NEVER: dict[str, Callable[[], object]] = {
    "duplicate": duplicate,
    "wrong": lambda: duckdb.sql('select "connection reset, lock wait timeout"'),
    "check": raising(Coded("23514", "connection reset: lock wait timeout")),
    "syntax": raising(duckdb.ProgrammingError("could not set lock: connection refused")),
    "missing": raising(FileNotFoundError(2, "No file", "connection refused.csv")),
    "bug": raising(KeyError("deadlock detected")),
    "unknown": raising(RuntimeError("nobody has seen this either")),
}


@pytest.fixture
def faulty(project: Any, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """A model a fault, which it raises the first time it is executed; how often each was executed."""
    from dbt.adapters.duckdb.environments.local import DuckDBCursorWrapper

    models, faults = project.project_dir / "models", AGAIN | NEVER
    for name in faults:
        (models / f"{name}.sql").write_text("select 1 as one")
    (models / "held_up.sql").write_text("select * from {{ ref('conflict') }}")
    (models / "never.sql").write_text("select * from {{ ref('check') }}")
    (project.project_dir / "tests").mkdir()
    (project.project_dir / "tests" / "locked.sql").write_text("select 'deadlock' as x")
    executed, execute = Counter[str](), DuckDBCursorWrapper.execute

    def injected(self: Any, sql: str, bindings: Any = None) -> Any:
        found = re.search(r'"node_id": "model\.bakery\.(\w+)"', sql)
        if found and "create" in sql and (name := found[1]) in faults:
            executed[name] += 1
            if executed[name] == 1:
                faults[name]()
        return execute(self, sql, bindings)

    monkeypatch.setattr(DuckDBCursorWrapper, "execute", injected)
    return executed


def test_class_and_code_decide_what_is_run_again_and_the_server_saw_it_wait(
    project: Any, faulty: Counter[str], prefect: str
) -> None:
    from prefect import flow, task

    patient = project.model_copy(update={"retries": 2, "retry_delay_seconds": 0.05})
    chosen = ["build", "--select", *AGAIN, *NEVER, "held_up", "never", "locked"]

    @task
    def models() -> Any:
        return patient.cli(chosen, raise_on_error=False)

    state = flow(lambda: models(), name="faults")(return_state=True)
    nodes = {node.unique_id.split(".")[2]: node for node in state.result().nodes}
    assert {name: nodes[name].status for name in AGAIN} == dict.fromkeys(AGAIN, "success")
    assert {name: nodes[name].status for name in NEVER} == dict.fromkeys(NEVER, "error")
    assert faulty == Counter(dict.fromkeys(AGAIN, 2) | dict.fromkeys(NEVER, 1))
    assert (nodes["held_up"].status, nodes["never"].status) == ("success", "skipped")
    assert nodes["locked"].status == "fail"

    seen = histories(str(state.state_details.flow_run_id), prefect, len(nodes) + 1)
    assert {name for name in AGAIN if seen[f"model {name}"] != ["AwaitingRetry", "Completed"]} == set()
    assert {name for name in NEVER if seen[f"model {name}"] != ["Failed"]} == set()
    assert seen["test locked"] == ["Failed"]
