"""Assets, with the edges that are declared and those that are wired."""

from __future__ import annotations

import inspect
import itertools
from typing import TYPE_CHECKING, Any

from .declared import checks_of, outputs_of, owners, retries
from .partitions import partition_choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .declared import Output
    from .trace import Call, Trace


def wired_assets(trace: Trace, call: Call) -> Iterator[frozenset[str]]:
    """What each task that a call waits for hands on: its assets, looking through plain tasks and checks."""
    waiting, seen = sorted(call.upstream), set[int]()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        above = trace.calls[number]
        made = frozenset(o.key for o in outputs_of(above.task))
        names = call.picked.get(number, set())
        made = frozenset(k for k in made if k.rpartition("/")[2] in names) or made
        if made:
            yield made
        elif checks_of(above.task):
            # A check hands on only the asset it speaks about, and only if it waited for it itself; of several
            # assets those that it can stop.
            told = checks_of(above.task)
            spoken = frozenset(a for (a, _), blocking in told.items() if blocking or not any(told.values()))
            yield from (spoken & m for m in wired_assets(trace, above) if spoken & m)
        else:
            waiting.extend(sorted(above.upstream))


def assets(tasks: list[Any], traces: dict[str, list[Trace]]) -> list[dict[str, Any]]:
    """Every asset that a task makes or names; edges are declared or wired ones."""
    found: dict[str, dict[str, Any]] = {}
    for task in tasks:
        for output in outputs_of(task):
            if output.key not in found:
                found[output.key] = asset(task, output)
    for trace in itertools.chain.from_iterable(traces.values()):
        for call in trace.calls:
            single = [m for m in wired_assets(trace, call) if len(m) == 1]
            for output in outputs_of(call.task):
                entry = found[output.key]
                if call.partitions:
                    entry["partitions"] = list(call.partitions)
                entry["flow_partitions"] = entry["flow_partitions"] or trace.partitions
                if getattr(call.task, "dbt_graph", None) is None:
                    entry["deps"] = sorted({*entry["deps"], *itertools.chain.from_iterable(single)})
    named = {d for entry in found.values() for d in entry["deps"]} | {
        a for t in tasks for a, _ in checks_of(t)
    }
    for key in named - set(found):
        found[key] = {
            "key": key,
            "deps": [],
            "group": "default",
            "partitions": None,
            "retries": None,
            "source": True,
        }
    return [found[key] for key in sorted(found)]


def asset(task: Any, output: Output) -> dict[str, Any]:
    """One asset as its task declares it."""
    keys = next(iter(partition_choice(task).values()), None)
    function = inspect.unwrap(task.fn)
    code = getattr(function, "__code__", None)
    return {
        "key": output.key,
        "deps": sorted(output.deps),
        "group": output.group,
        "partitions": keys,
        "flow_partitions": None,
        "retries": retries(task),
        "source": False,
        "tags": sorted(task.tags),
        "owners": owners(task, output.key),
        "place": (code.co_filename, code.co_firstlineno) if code else None,
    }
