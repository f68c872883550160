"""Asset checks as Prefect tasks: a verdict per check, and a say in what runs next.

Written by `migrate convert`; yours to edit. Nothing here but Prefect and the standard library.

* A blocking check that fails with severity ERROR raises, so tasks that wait for it never run.
* Any other failing check ends COMPLETED under the state name `CheckFailed` or `CheckWarned`,
  and the flow goes on.
* A check function that raises fails its task, blocking or not.

The verdicts of one task run are logged a line each and sent as ONE event named
`asset-checks.evaluated`, whatever their number.

Upstream: https://docs.prefect.io/v3/concepts/states and https://docs.prefect.io/v3/concepts/events
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar, cast

from prefect import State, Task, get_run_logger
from prefect.cache_policies import NO_CACHE
from prefect.events import emit_event
from prefect.exceptions import MissingContextError
from prefect.runtime import task_run
from prefect.states import Completed

P = ParamSpec("P")
R = TypeVar("R")
EVENT = "asset-checks.evaluated"
_LEVELS = {"passed": logging.INFO, "warned": logging.WARNING, "failed": logging.ERROR}


class Severity(StrEnum):
    """What a failing check means: WARN is noted, ERROR may stop what is downstream."""

    WARN = "WARN"
    ERROR = "ERROR"


@dataclass(frozen=True)
class CheckSpec:
    """One check: its name, the asset it speaks about, and whether a failure blocks downstream."""

    name: str
    asset: str
    blocking: bool = False
    description: str | None = None


@dataclass(frozen=True)
class CheckResult:
    """What a check function returns or yields. Name and asset are needed when it has several checks."""

    passed: bool
    check_name: str | None = None
    asset: str | None = None
    severity: Severity = Severity.ERROR
    metadata: Mapping[str, Any] = field(default_factory=dict)
    description: str | None = None


@dataclass(frozen=True)
class CheckRecord:
    """The verdict of one check, as it is logged, sent in the event and kept in the task's result."""

    asset: str
    name: str
    passed: bool
    severity: str
    blocking: bool
    description: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """`passed`, `warned` or `failed`."""
        return "passed" if self.passed else "warned" if self.severity == Severity.WARN.value else "failed"

    @property
    def stops_downstream(self) -> bool:
        """True for a blocking check that failed with severity ERROR."""
        return self.blocking and self.outcome == "failed"


class CheckFailed(RuntimeError):
    """A blocking check failed with severity ERROR. `records` holds every verdict of the task."""

    def __init__(self, records: Sequence[CheckRecord]) -> None:
        self.records = tuple(records)
        failed = ", ".join(f"{r.asset} {r.name}" for r in records if r.stops_downstream)
        super().__init__(f"blocking check failed with severity ERROR: {failed}")


class CheckedTask(Task[P, R]):
    """A task that makes checks of its own, named in `.checks`."""

    checks: tuple[CheckSpec, ...] = ()


class ValidationTask(Task[P, "State[tuple[CheckRecord, ...]]"]):
    """A Prefect task that carries the specifications of its checks in `.checks`."""

    checks: tuple[CheckSpec, ...] = ()


def validation(
    asset: str | None = None,
    *,
    name: str | None = None,
    blocking: bool = False,
    description: str | None = None,
    checks: Sequence[CheckSpec] = (),
    tags: Iterable[str] = (),
    **task_options: Any,
) -> Callable[[Callable[P, Any]], ValidationTask[P]]:
    """Make a task of a check function that returns, or yields, `CheckResult`.

    Give `asset` for one check (named after the function unless `name` says otherwise), or
    `checks` for a function with several. `task_options` are those of `prefect.task`.
    """

    def decorate(function: Callable[P, Any]) -> ValidationTask[P]:
        if asset is None and not checks:
            raise TypeError(f"@validation on {function.__name__} needs an asset or a list of checks")
        single = CheckSpec(name or function.__name__, asset or "", blocking, description)
        specs = tuple(checks) or (single,)

        @functools.wraps(function)
        def judged(*args: P.args, **kwargs: P.kwargs) -> State[tuple[CheckRecord, ...]]:
            return conclude(report_checks(specs, function(*args, **kwargs)))

        task: ValidationTask[P] = ValidationTask(
            fn=judged,
            name=name or function.__name__,
            description=description or function.__doc__,
            tags={"asset-check", *tags},
            **{"cache_policy": NO_CACHE, **task_options},
        )
        task.checks = specs
        return task

    return decorate


def checked(*specs: CheckSpec) -> Callable[[Task[P, R]], CheckedTask[P, R]]:
    """Say which checks a task makes itself: they are its `.checks`, to be handed to `report_checks`."""

    def decorate(task: Task[P, R]) -> CheckedTask[P, R]:
        made = cast("CheckedTask[P, R]", task)
        made.checks = specs
        return made

    return decorate


def report_checks(
    specs: Sequence[CheckSpec], results: CheckResult | Iterable[CheckResult]
) -> tuple[CheckRecord, ...]:
    """Log the verdicts and send them as one event; then raise CheckFailed if one stops downstream.

    Also for checks made inside an asset's own function. Raises ValueError for a result that
    belongs to none of `specs`, and for a check without a result.
    """
    given = [results] if isinstance(results, CheckResult) else list(results)
    records = tuple(_record(specs, result) for result in given)
    missing = {(s.asset, s.name) for s in specs} - {(r.asset, r.name) for r in records}
    if missing:
        raise ValueError(f"no result for the check {', '.join(' '.join(m) for m in sorted(missing))}")
    publish(records)
    if any(record.stops_downstream for record in records):
        raise CheckFailed(records)
    return records


def publish(records: Sequence[CheckRecord]) -> None:
    """Log every verdict and send them all in one event. Raises nothing, decides nothing."""
    logger = run_logger()
    for record in records:
        detail = f": {record.description}" if record.description else ""
        facts = f" {json.dumps(record.metadata)}" if record.metadata else ""
        line = f"check {record.outcome}: {record.asset} {record.name}{detail}{facts}"
        logger.log(_LEVELS[record.outcome], line)
    if records and task_run.id:
        emit_event(
            EVENT,
            resource={"prefect.resource.id": f"prefect.task-run.{task_run.id}"},
            payload={"checks": [asdict(record) for record in records]},
        )


def conclude(records: tuple[CheckRecord, ...]) -> State[tuple[CheckRecord, ...]]:
    """The task's final state: Completed, or Completed under the name CheckFailed or CheckWarned."""
    failed = [r for r in records if r.outcome == "failed"]
    warned = [r for r in records if r.outcome == "warned"]
    if not failed and not warned:
        return Completed(data=records, message=f"{len(records)} passed")
    message = ", ".join(f"{r.outcome}: {r.asset} {r.name}" for r in (*failed, *warned))
    return Completed(data=records, name="CheckFailed" if failed else "CheckWarned", message=message)


def run_logger() -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
    """The logger of the current run, or a plain one outside of any run (as in a unit test)."""
    try:
        logger: logging.Logger | logging.LoggerAdapter[logging.Logger] = get_run_logger()
        return logger
    except MissingContextError:
        return logging.getLogger("prefect_support")


def _record(specs: Sequence[CheckSpec], result: CheckResult) -> CheckRecord:
    matching = [
        spec
        for spec in specs
        if result.check_name in (None, spec.name) and result.asset in (None, spec.asset)
    ]
    if len(matching) != 1:
        named = f"{result.asset or 'any asset'} {result.check_name or 'unnamed'}"
        raise ValueError(f"the result of {named} fits {len(matching)} of the declared checks, not one")
    spec = matching[0]
    return CheckRecord(
        asset=spec.asset,
        name=spec.name,
        passed=bool(result.passed),
        severity=Severity(result.severity).value,
        blocking=spec.blocking,
        description=result.description,
        metadata={key: plain(value) for key, value in result.metadata.items()},
    )


def plain(value: Any) -> Any:
    """A value JSON can carry: numpy scalars become Python's, anything unknown its text."""
    if hasattr(value, "item") and not hasattr(value, "__len__"):
        value = value.item()
    return json.loads(json.dumps(value, default=str))
