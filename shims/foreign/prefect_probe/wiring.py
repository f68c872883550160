"""Is what is declared also wired?"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from .declared import checks_of, outputs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .trace import Trace


def wiring(traces: dict[str, list[Trace]]) -> list[dict[str, Any]]:
    """Dependencies declared but not waited for, and blocking checks that block nothing."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for name, trace in ((n, t) for n, ts in traces.items() for t in ts):
        makers: dict[str, set[int]] = {}
        for call in trace.calls:
            for output in outputs_of(call.task):
                makers.setdefault(output.key, set()).add(call.number)
        for what, key, text in itertools.chain(unwired(trace, makers), toothless(trace, makers)):
            found[what, key, name] = {"what": what, "key": key, "flow": name, "problem": text}
    return [found[key] for key in sorted(found)]


def unwired(trace: Trace, makers: dict[str, set[int]]) -> Iterator[tuple[str, str, str]]:
    """Declared dependencies that the same flow makes, without making the dependant wait."""
    for call in trace.calls:
        before = trace.ancestors(call.number)
        for output in outputs_of(call.task):
            for dep in sorted(output.deps):
                made_by = makers.get(dep, set())
                if made_by and call.number not in made_by and not made_by & before:
                    text = f"declared, but {call.name} does not wait for {dep}"
                    yield "edge", f"{dep} -> {output.key}", text


def toothless(trace: Trace, makers: dict[str, set[int]]) -> Iterator[tuple[str, str, str]]:
    """Blocking checks that a task downstream of the checked asset does not wait for."""
    for check in trace.calls:
        for (asset_key, check_name), blocking in checks_of(check.task).items():
            if not blocking or check.number in makers.get(asset_key, set()):
                continue
            for call in trace.calls:
                uses = any(asset_key in o.deps for o in outputs_of(call.task))
                own = call.number in makers.get(asset_key, set())
                if uses and not own and check.number not in trace.ancestors(call.number):
                    text = f"does not block: {call.name} does not wait for it"
                    yield "check", f"{asset_key}:{check_name}", text
