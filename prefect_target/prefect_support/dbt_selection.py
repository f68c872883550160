"""Which nodes the running task of a dbt project takes: its calls of dbt run these and no others.

Written by `migrate convert`; yours to edit. Used by dbt_models.py and dbt_project.py.

Upstream: https://docs.getdbt.com/reference/node-selection/syntax
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

EVERYTHING = ("", "fqn:*")
_TAKE_A_SELECTION = {"build", "run", "test", "seed", "snapshot", "compile", "ls", "list"}
_TAKE_NONE = {"run-operation", "deps", "parse", "clean", "debug", "docs", "source", "show", "retry"}
_running: ContextVar[tuple[str, str, str]] = ContextVar("dbt_selection", default=("", "", ""))


@contextmanager
def selecting(select: str, exclude: str, indirect: str = "") -> Iterator[None]:
    """Calls of dbt inside the block take this selection, in dbt's own syntax; `indirect` is how tests come
    along with models."""
    token = _running.set((select, exclude, indirect))
    try:
        yield
    finally:
        _running.reset(token)


def with_selection(args: Sequence[str]) -> list[str]:
    """The arguments of a call, with the selection of the running task after them."""
    select, exclude, indirect = _running.get()
    found = list(args)
    command = next((text for text in found if text in _TAKE_A_SELECTION | _TAKE_NONE), "")
    if command not in _TAKE_A_SELECTION:
        return found
    found += ["--select", select] if select not in EVERYTHING else []
    found += ["--exclude", exclude] if exclude else []
    return [*found, "--indirect-selection", indirect] if indirect else found
