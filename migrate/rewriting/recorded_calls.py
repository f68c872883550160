"""What code asks Dagster's instance about events and runs: asked of what Prefect recorded."""

from __future__ import annotations

import libcst as cst

from migrate.reading.walking import look
from migrate.rewriting.aliases import asked_path
from migrate.rewriting.counted_runs import only_counted
from migrate.rewriting.work import Frame, Work

EVENTS = (
    *("get_event_records", "fetch_materializations", "fetch_observations", "get_materialized_partitions"),
    *("get_latest_materialization_event", "get_latest_materialization_events"),
)
RUNS = (*("get_runs", "get_run_records", "get_runs_count", "get_run_by_id", "get_run_stats", "add_run_tags"),)
KEYS = (
    *("get_dynamic_partitions", "has_dynamic_partition"),
    *("add_dynamic_partitions", "delete_dynamic_partition"),
)
"""Of these a function is told that is handed the instance; asked in place they have a shorter spelling."""
KEPT = (
    "it asks Prefect's events, which are kept for seven days unless "
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD says otherwise"
)


def expect(frame: Frame, node: cst.Call) -> None:
    """Note, on the way in, the places of the instance in a call that the way out turns round."""
    if _asked(frame, node) and isinstance(node.func, cst.Attribute):
        frame.settled |= {id(node.func), id(node.func.value)}


def call(work: Work, frame: Frame, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The same call of `Recorded()`; None when it is about something else."""
    name = _asked(frame, original)
    if not name:
        return None
    if name in EVENTS:
        frame.differences.append(KEPT)
    made = cst.Call(cst.Name(work.need("prefect_support.recorded", "Recorded")))
    return updated.with_changes(func=cst.Attribute(made, cst.Name(name)))


def _asked(frame: Frame, node: cst.Call) -> str:
    """The method of the instance that a call asks, if it has an equal."""
    start, _, name = asked_path(frame, node.func).rpartition(".")
    known = name in EVENTS or (name in RUNS and not _counted(frame, node, name))
    return name if frame.context and start == f"{frame.context}.instance" and known else ""


def _counted(frame: Frame, node: cst.Call, name: str) -> bool:
    """Whether only their number matters, which has a shorter spelling."""
    return name in ("get_runs", "get_run_records") and only_counted(frame, node)


def handed_on(work: Work, frame: Frame, node: cst.Attribute) -> cst.BaseExpression | None:
    """`Recorded()` for an instance handed to a function of the project, which asks what that knows."""
    if asked_path(frame, node) != f"{frame.context}.instance":
        return None
    calls = _Calls()
    look(frame.function, calls)
    for call_ in calls.found:
        for place, arg in enumerate(call_.args):
            asked = _asked_there(work, call_, place, arg) if arg.value is node else frozenset[str]()
            if asked and asked <= {*EVENTS, *RUNS, *KEYS}:
                frame.differences += [KEPT] if asked & {*EVENTS} else []
                return cst.Call(cst.Name(work.need("prefect_support.recorded", "Recorded")))
    return None


def _asked_there(work: Work, call_: cst.Call, place: int, arg: cst.Arg) -> frozenset[str]:
    """What the called function asks of this argument; nothing when it does anything else with it."""
    found = work.internal(call_.func)
    bound = work.model.project.names.modules[found.module].nodes[found.name][-1] if found else None
    if not isinstance(bound, cst.FunctionDef) or arg.star:
        return frozenset()
    own = [p.name.value for p in bound.params.params]
    name = arg.keyword.value if arg.keyword else own[place] if place < len(own) else ""
    asked = _Asked(name)
    look(bound.body, asked)
    return frozenset(asked.names) if asked.spoken == len(asked.names) else frozenset()


class _Calls(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.Call] = []

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        self.found.append(node)


class _Asked(cst.CSTVisitor):
    """How often a name is spoken of, and the attributes it is asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self.spoken = name, 0
        self.names: list[str] = []

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.spoken += node.value == self._name

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        if isinstance(node.value, cst.Name) and node.value.value == self._name:
            self.names.append(node.attr.value)
