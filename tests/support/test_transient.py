"""What is run again and what never is: by the adapter's code, the exception's class, else its message."""

import errno
import io
import sqlite3
import urllib.error
from email.message import Message

import duckdb
import pytest

AGAIN = [
    "IO Error: Could not set lock on file",
    'Runtime Error in model x: IO Error: Could not set lock on file "a.duckdb": Conflicting lock is held',
    'TransactionContext Error: Catalog write-write conflict on alter with "t"',
    "Out of Memory Error: could not allocate block of size 256.0 KiB",
    "could not serialize access due to concurrent update",
    "deadlock detected",
    "server closed the connection unexpectedly",
    "503 Service Unavailable",
    "HTTP Error: HTTP GET error on 's3://…' (HTTP 503)",
    "[Errno 5] Input/output error",
]
NEVER = [
    "Got 3 results, configured to fail if != 0",
    'Parser Error: syntax error at or near "selct"',
    'Binder Error: Referenced column "timeout" not found',
    "Catalog Error: Table with name deadlock detected does not exist",
    "Constraint Error: Duplicate key",
    "Compilation Error: dbt found two models",
    'IO Error: No files found that match the pattern "connection refused.parquet"',
    "OSError: No space left on device",
    "Permission denied: connection refused",
    "something nobody has seen before",
]


@pytest.mark.parametrize("message", AGAIN)
def test_it_may_go_away(message: str) -> None:
    from prefect_support.transient import is_transient

    assert is_transient(message)


@pytest.mark.parametrize("message", NEVER)
def test_it_will_not_go_away(message: str) -> None:
    from prefect_support.transient import is_transient

    assert not is_transient(message)


class Coded(Exception):
    def __init__(self, sqlstate: str, message: str = "") -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


class OfGoogle(Exception):
    """As google.api_core's: a list of errors, each with BigQuery's reason."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message)
        self.errors = [{"reason": reason}]


def of_http(status: int) -> Exception:
    return urllib.error.HTTPError("http://api", status, "timed out", Message(), io.BytesIO())


def of_sqlite(name: str) -> Exception:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (ConnectionResetError("peer"), True),
        (TimeoutError(), True),
        (MemoryError(), True),
        (OSError(errno.EAGAIN, "busy"), True),
        (OSError(errno.ENOSPC, "No space left on device"), False),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), False),
        (ValueError("wrong"), False),
        (KeyError("timed out"), False),
        (RuntimeError("timed out"), True),
        (OSError(errno.EIO, "?"), True),
        (OSError(errno.ENOTDIR, "connection refused"), False),
        (Coded("40P01"), True),
        (Coded("57P01"), True),
        (Coded("42601"), False),
        (Coded("23505"), False),
        (Coded("23505", "deadlock detected"), False),
        (Coded("HY000", "Lock wait timeout exceeded"), True),
        (RuntimeError({"C": "40001", "M": "?"}), True),
        (OfGoogle("rateLimitExceeded"), True),
        (OfGoogle("invalidQuery", "column connection reset not found"), False),
        (OfGoogle("invalidQuery", "Could not serialize access to table t due to concurrent update"), True),
        (of_http(503), True),
        (of_http(404), False),
        (of_sqlite("SQLITE_BUSY"), True),
        (of_sqlite("SQLITE_CONSTRAINT"), False),
        (duckdb.TransactionException("nobody has seen this"), True),
        (duckdb.TransactionException("Failed to commit: PRIMARY KEY constraint violation"), False),
        (duckdb.ConnectionException("same database file with a different configuration"), False),
        (duckdb.IOException('{"exception_message":"timed out","errno":"28"}'), False),
        (duckdb.IOException('{"exception_message":"?","errno":"5"}'), True),
        (duckdb.HTTPException("HTTP GET error on 'https://x' (HTTP 404)"), False),
        (duckdb.HTTPException("HTTP GET error on 'https://x' (HTTP 503)"), True),
        (duckdb.BinderException("connection reset"), False),
        (duckdb.OutOfMemoryException("x"), True),
        (duckdb.ParserException("x"), False),
        (duckdb.ConstraintException("Duplicate key"), False),
    ],
)
def test_exceptions(error: BaseException, again: bool) -> None:
    from prefect_support.transient import is_transient

    assert is_transient(error) is again


def test_the_driver_s_error_inside_another_counts() -> None:
    from prefect_support.transient import is_transient

    outer = RuntimeError("the query did not work")
    outer.__cause__ = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
    assert is_transient(outer)
    outer.__cause__ = duckdb.BinderException("deadlock detected")
    assert not is_transient(outer)
    wrapped = RuntimeError("again")
    wrapped.orig = Coded("40001")  # type: ignore[attr-defined]
    assert is_transient(wrapped)


def test_an_adapter_s_error_counts_though_dbt_does_not_say_from() -> None:
    from dbt_common.exceptions import DbtDatabaseError
    from prefect_support.transient import is_transient

    def seen(raised: Exception, inner: Exception) -> bool:
        try:
            try:
                raise inner
            except Exception:
                raise raised  # noqa: B904
        except Exception as error:
            return is_transient(error)

    assert seen(DbtDatabaseError("nobody knows"), Coded("40P01"))
    assert not seen(DbtDatabaseError("deadlock detected"), Coded("42601"))
    assert not seen(ValueError("nobody knows"), Coded("40P01"))  # what was handled is not its cause


def test_what_is_downstream_of_a_permanent_failure_stays_skipped() -> None:
    from prefect_support.dbt_retries import to_run_again

    upstream = {"b": ["a"], "c": ["b"], "y": ["x"], "z": ["y", "c"], "t": ["b"]}
    failed = {"a": True, "x": False}
    assert to_run_again(failed, ["b", "c", "y", "z", "t"], upstream) == ["a", "b", "c", "t"]
    assert to_run_again({"x": False}, ["y"], upstream) == []


def test_pauses_double_and_jitter_upwards() -> None:
    from prefect_support.dbt_retries import pause

    for attempt, planned in ((1, 2.0), (2, 4.0), (3, 8.0)):
        drawn = {pause(attempt, 2.0) for _ in range(20)}
        assert len(drawn) > 1
        assert all(planned <= seconds <= planned * 1.25 for seconds in drawn)
