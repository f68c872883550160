"""Which failures may go away by themselves: locks, lost connections, busy services, memory pressure.

Written by `migrate convert`; yours to edit.

    @task(retries=3, retry_delay_seconds=exponential(1, 3), retry_condition_fn=if_transient)

What decides, the first that says anything, from the innermost cause outwards:

1. the adapter's code: SQLSTATE, SQLite's error name, BigQuery's reason, an HTTP status, errno;
2. the exception's class: a parser's error is permanent and a conflict of transactions transient, whatever
   their messages say;
3. the message, only where neither says anything (a bare RuntimeError, an I/O error, a driver without codes).

Everything else is permanent: wrong SQL, failed tests, missing files, no rights, a full disk, a bug. An
error nobody here knows counts as permanent: running it again would only hide it for a while.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/retries and
https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

_TRANSIENT = frozenset(
    {
        *("ConnectionError", "TimeoutError", "BlockingIOError", "InterruptedError", "MemoryError"),
        *("ConnectionException", "HTTPException", "OutOfMemoryException", "TransactionException"),  # DuckDB
        "ResourceInUseException",
        *("DeadlockDetected", "SerializationFailure", "LockNotAvailable", "TooManyConnections"),  # psycopg
        *("ServiceUnavailable", "TooManyRequests", "InternalServerError"),  # google.api_core
        *("ReadTimeout", "ConnectTimeout", "PoolTimeout", "RemoteProtocolError"),  # httpx
        "SSLEOFError",
    }
)
_PERMANENT = frozenset(
    {
        *("DataError", "IntegrityError", "ProgrammingError", "NotSupportedError"),  # PEP 249, DuckDB
        *("PermissionException", "SequenceException", "DependencyException", "InterruptException"),  # DuckDB
        "SerializationException",  # DuckDB's: a plan that cannot be written, not two transactions
        *("CompilationError", "ParsingError", "DbtValidationError", "DbtConfigError", "DbtProfileError"),
        *("DbtSelectorsError", "DbtUsageException", "TemplateError"),
        *("ArithmeticError", "AssertionError", "AttributeError", "ImportError", "LookupError", "NameError"),
        *("NotImplementedError", "RecursionError", "SyntaxError", "TypeError", "UnicodeError"),
    }
)
_ERRNO = frozenset(
    {
        *(errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ETXTBSY, errno.ENOMEM, errno.EIO, errno.ESTALE),
        *(errno.EDEADLK, errno.ENOLCK, errno.ENOBUFS, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN),
        *(errno.ECONNREFUSED, errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE, errno.ETIMEDOUT),
        socket.EAI_AGAIN,
    }
)
_SQLSTATE = re.compile(r"08...|40001|40P01|53[03]00|53200|55P03|57P0[123]|57014|58030")
_SAYS_NOTHING = frozenset({"00000", "HY000", "XX000"})
_SQLITE = re.compile(r"SQLITE_(?:BUSY|LOCKED|IOERR|NOMEM|PROTOCOL)")
_REASONS = re.compile(r"(?:job)?(?:backend|internal)Error|(?:job)?rateLimitExceeded", re.IGNORECASE)
_STATUS = frozenset({408, 425, 429, 502, 503, 504})
_STATUS_SAYS_NOTHING = frozenset({400, 403, 500})  # BigQuery's limits are 403, its conflicts 400
_TOLD = re.compile(r'"errno": ?"(?P<errno>\d+)"|\bHTTP (?:code )?(?P<status>[45]\d\d)\b')

_MESSAGE = re.compile(
    r"could not set lock|conflicting lock|database is locked|could not obtain lock|lock wait timeout"
    r"|deadlock|could not serialize access|transaction conflict|write-write conflict|conflict on tuple"
    r"|connection (?:refused|reset|(?:already |is )?closed|aborted|timed out|error)"
    r"|server closed the connection|broken pipe|too many clients"
    r"|database system is (?:starting up|shutting down|in recovery)"
    r"|timed? ?out\b|temporarily unavailable|service unavailable|too many (?:connections|requests)"
    r"|rate ?limit ?exceeded|backend ?error|bad gateway|\bhttp error\b.*\b(?:429|50[234])\b"
    r"|out of memory|cannot allocate memory|could not allocate|input/output error|resource busy",
    re.IGNORECASE,
)
_MESSAGE_PERMANENT = re.compile(
    r"\b(?:compilation|parser|syntax|binder|catalog|conversion|constraint|type|permission|not implemented"
    r"|invalid input|out of range) error\b|no such file|no files found|permission denied|no space left"
    r"|is not a valid|contract error|got \d+ results?, configured to fail|constraint violat"
    r"|within a transaction|different configuration|authentication failed",
    re.IGNORECASE,
)


def is_transient(error: BaseException | str) -> bool:
    """True when the same work may succeed a little later.

    Args:
        error: an exception (its causes and the driver's own error count too), or the message of an adapter
            that left no exception.
    """
    if isinstance(error, str):
        return bool(_MESSAGE.search(error)) and not _MESSAGE_PERMANENT.search(error)
    causes = list(_chain(error))
    for cause in reversed(causes):  # the innermost is nearest to what happened
        verdict = _by_code(cause)
        verdict = _by_class(cause) if verdict is None else verdict
        if verdict is not None:
            return verdict
    return any(is_transient(str(cause)) for cause in causes)


def if_transient(task: Any, task_run: Any, state: Any) -> bool:
    """For a task's `retry_condition_fn`: retry only what may go away by itself."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, BaseException) and is_transient(error)


def _by_code(error: BaseException) -> bool | None:
    """What the code says that the adapter, the service or the system gave; None without one."""
    state = _sqlstate(error)
    if state is not None and state not in _SAYS_NOTHING:
        return bool(_SQLSTATE.fullmatch(state))
    if isinstance(name := getattr(error, "sqlite_errorname", None), str):
        return bool(_SQLITE.match(name))
    if reason := _reason(error):
        # BigQuery calls two writers of one table an invalid query
        return bool(_REASONS.fullmatch(reason)) or "could not serialize access" in str(error).lower()
    told = _TOLD.search(str(error)) if "IOException" in _names(error) else None
    if told and told["errno"]:
        return int(told["errno"]) in _ERRNO
    status = int(told["status"]) if told else _status(error)
    if status is not None and 400 <= status < 600 and status not in _STATUS_SAYS_NOTHING:
        return status in _STATUS
    of_system = isinstance(error, OSError) and not {"HTTPError", "SSLError"} & _names(error)
    number = getattr(error, "errno", None) if of_system else None
    return None if number is None else number in _ERRNO


def _by_class(error: BaseException) -> bool | None:
    names = _names(error)
    if names & _PERMANENT:
        return False
    if names & _TRANSIENT:  # but a commit may also fail on a constraint, a connection on its settings
        return not _MESSAGE_PERMANENT.search(str(error))
    return None


def _names(error: BaseException) -> frozenset[str]:
    return frozenset(kind.__name__ for kind in type(error).__mro__)


def _sqlstate(error: BaseException) -> str | None:
    """Five letters and digits, as psycopg, psycopg2, Snowflake and Redshift keep them."""
    told = error.args[0] if error.args and isinstance(error.args[0], Mapping) else {}
    codes = (getattr(error, "sqlstate", None), getattr(error, "pgcode", None), told.get("C"))
    return next((code for code in codes if isinstance(code, str) and len(code) == 5), None)


def _reason(error: BaseException) -> str | None:
    """BigQuery's word for what went wrong."""
    errors = getattr(error, "errors", None)
    first = errors[0] if isinstance(errors, (list, tuple)) and errors else None
    reason = first.get("reason") if isinstance(first, Mapping) else None
    return reason if isinstance(reason, str) else None


def _status(error: BaseException) -> int | None:
    """The HTTP status, of httpx, requests, urllib, google.api_core or DuckDB."""
    code = getattr(error, "code", None)
    of_http = isinstance(code, HTTPStatus) or "HTTPError" in _names(error)
    answer = getattr(error, "response", None)
    told = (getattr(error, "status_code", None), getattr(answer, "status_code", None), of_http and code)
    return next((int(one) for one in told if isinstance(one, int) and not isinstance(one, bool)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen = set[int]()
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = getattr(current, "orig", None)  # SQLAlchemy keeps the driver's error there
        waiting += [_cause(current), inner if isinstance(inner, BaseException) else None]


def _cause(error: BaseException) -> BaseException | None:
    """What it was raised from; dbt's adapters wrap a driver's error at times without saying `from`."""
    wraps = type(error).__module__.split(".")[0] in ("dbt", "dbt_common")
    return error.__cause__ or (error.__context__ if wraps and not error.__suppress_context__ else None)
