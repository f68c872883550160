"""Which failures may go away by themselves: locks, lost connections, busy services, memory pressure.

Written by `migrate convert`; yours to edit.

    @task(retries=3, retry_delay_seconds=exponential(1, 3), retry_condition_fn=if_transient)

Everything else is permanent: wrong SQL, failed tests, missing files, no rights, a full disk, a bug. An
error nobody here knows counts as permanent: running it again would only hide it for a while.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from typing import Any

_CLASSES = frozenset(
    {
        *("ConnectionError", "TimeoutError", "BlockingIOError", "InterruptedError", "MemoryError"),
        *("ConnectionException", "HTTPException", "OutOfMemoryException"),  # DuckDB
        *("DeadlockDetected", "SerializationFailure", "LockNotAvailable", "TooManyConnections"),  # psycopg
        *("ServiceUnavailable", "TooManyRequests", "InternalServerError"),  # google.api_core
        *("ReadTimeout", "ConnectTimeout", "PoolTimeout", "RemoteProtocolError"),  # httpx
    }
)
_ERRNO = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ETXTBSY, errno.ENOMEM, errno.EIO})
_SQLSTATE = re.compile(r"08...|40001|40P01|53[03]00|53200|55P03|57P0[123]|57014")
_MESSAGE = re.compile(
    r"could not set lock|conflicting lock|database is locked|could not obtain lock|lock wait timeout"
    r"|deadlock|could not serialize access|transaction conflict|write-write conflict|conflict on tuple"
    r"|connection (?:refused|reset|closed|aborted|timed out|error)|server closed the connection|broken pipe"
    r"|timed? ?out\b|temporarily unavailable|service unavailable|too many (?:connections|requests)"
    r"|rate ?limit ?exceeded|backend ?error|bad gateway|\bhttp error\b.*\b(?:429|50[234])\b"
    r"|out of memory|cannot allocate memory|could not allocate|input/output error|resource busy",
    re.IGNORECASE,
)
_PERMANENT = re.compile(
    r"\b(?:compilation|parser|syntax|binder|catalog|conversion|constraint|type|permission|not implemented"
    r"|invalid input|out of range) error\b|no such file|no files found|permission denied|no space left"
    r"|is not a valid|contract error|got \d+ results?, configured to fail",
    re.IGNORECASE,
)


def is_transient(error: BaseException | str) -> bool:
    """True when the same work may succeed a little later.

    Args:
        error: an exception (its causes and the driver's own error count too), or the message of an adapter.
    """
    if isinstance(error, str):
        return bool(_MESSAGE.search(error)) and not _PERMANENT.search(error)
    return any(_one_is_transient(cause) for cause in _chain(error))


def if_transient(task: Any, task_run: Any, state: Any) -> bool:
    """For a task's `retry_condition_fn`: retry only what may go away by itself."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, BaseException) and is_transient(error)


def _one_is_transient(error: BaseException) -> bool:
    code = next((c for name in ("sqlstate", "pgcode") if (c := getattr(error, name, None))), None)
    if isinstance(code, str) and len(code) == 5:
        return bool(_SQLSTATE.fullmatch(code))
    if isinstance(error, OSError) and error.errno is not None and error.errno in _ERRNO:
        return True
    if _CLASSES.intersection(kind.__name__ for kind in type(error).__mro__):
        return True
    return is_transient(str(error))


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
        waiting += [current.__cause__, inner if isinstance(inner, BaseException) else None]
