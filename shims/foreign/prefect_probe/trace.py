"""What is noted on a pass through a flow's body."""

from __future__ import annotations

import contextlib
import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .tokens import Partition, Token, leaves
from .values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prefect import Task


@dataclass
class Call:
    """One call of a task in a flow's body; `upstream` and `after` are earlier calls' numbers.

    `picked` holds, for calls of which only single outputs are taken, the names of these outputs.
    """

    number: int
    task: Task[Any, Any]
    name: str
    within: str
    upstream: set[int]
    after: set[int]
    partitions: tuple[str, ...] | None
    picked: dict[int, set[str]]
    inputs: dict[str, Any]
    config: Any = None


@dataclass
class Trace:
    """One pass through a flow's body. `answer` is what a task's result says when it is asked."""

    answer: bool
    partitions: list[str] | None = None
    calls: list[Call] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    prefix: str = ""
    finished: set[int] = field(default_factory=set)
    branched: bool = False
    problem: dict[str, Any] | None = None

    def ancestors(self, number: int) -> set[int]:
        """Every call that has ended well before this one starts."""
        seen: set[int] = set()
        waiting = [number]
        while waiting:
            call = self.calls[waiting.pop()]
            new = (call.upstream | call.after) - seen
            seen |= new
            waiting.extend(new)
        return seen

    def record(self, task: Task[Any, Any], arguments: Any, waits: Any) -> Call:
        """Note a call and what it depends on."""
        found = list(leaves((arguments, waits), 0))
        partitions = next((leaf.keys for leaf in found if isinstance(leaf, Partition)), None)
        results = [leaf for leaf in found if not isinstance(leaf, Partition)]
        upstream = {origin for leaf in results for origin in leaf.origins}
        whole = {origin for leaf in results if leaf.output is None for origin in leaf.origins}
        picked: dict[int, set[str]] = {}
        for leaf in results:
            for origin in leaf.origins - whole:
                picked.setdefault(origin, set()).add(str(leaf.output))
        # A second call is named as Dagster names a second invocation: step, step_2, step_3.
        same = sum(c.task.name == task.name and c.within == self.prefix for c in self.calls)
        name = self.prefix + task.name + (f"_{same + 1}" if same else "")
        call = Call(
            len(self.calls),
            task,
            name,
            self.prefix,
            upstream,
            set(self.finished),
            partitions,
            picked,
            dict(inputs_of(task, *arguments)),
            bound_to(task, *arguments).get("config"),
        )
        self.calls.append(call)
        return call


def bound_to(task: Any, args: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a call by parameter; none if it would fail: what it does not take is not asked."""
    with contextlib.suppress(TypeError):
        return dict(inspect.signature(task.fn).bind_partial(*args, **given).arguments)
    return {}


def inputs_of(task: Any, args: tuple[Any, ...], given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(parameter, value) of what a call gets from no other task: its default, a constant, or the flow's."""
    bound = bound_to(task, args, given)
    for name, parameter in inspect.signature(task.fn).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if name not in bound:
            yield name, "(required)" if parameter.default is parameter.empty else plain(parameter.default)
        elif isinstance(bound[name], Token) and not bound[name].origins:
            yield name, "(required)"
        elif not list(leaves(bound[name], 0)) and isinstance(
            bound[name], (str, int, float, bool, type(None))
        ):
            yield name, plain(bound[name])
