"""Flows, as jobs."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from .declared import checks_of, outputs_of, retries
from .partitions import partition_choice
from .tokens import leaves
from .values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .trace import Call, Trace


def job(flow: Any, traces: list[Trace], nested: bool) -> dict[str, Any]:
    """One flow: what it makes, checks and takes."""
    calls = [(t, c) for t in traces for c in t.calls]
    made = {o.key for _, c in calls for o in outputs_of(c.task)}
    checked = {f"{a}:{n}" for _, c in calls for a, n in checks_of(c.task)}
    steps: dict[str, dict[str, Any]] = {}
    for trace, call in calls if not made | checked else []:
        step = steps.setdefault(
            call.name,
            {
                "name": call.name,
                "deps": [],
                "after": [],
                "retries": retries(call.task),
                "tags": sorted(call.task.tags),
                "inputs": call.inputs,
            },
        )
        for part, numbers in (("deps", call.upstream), ("after", trace.ancestors(call.number))):
            step[part] = sorted({*step[part], *(trace.calls[n].name for n in numbers)})
    return {
        "name": flow.name,
        "kind": "asset" if made | checked else "op",
        "assets": sorted(made),
        "checks": sorted(checked),
        "steps": sorted(steps.values(), key=lambda s: s["name"]),
        "partitions": next(iter(partition_choice(flow).values()), None),
        "config": {**dict(fixed(calls)), **dict(configuration(flow))},
        "sequential": getattr(flow.task_runner, "_max_workers", None) == 1,
        "nested": nested,
        "untraced": next((t.problem for t in traces if t.problem), None),
    }


def fixed(calls: list[tuple[Trace, Call]]) -> Iterator[tuple[str, Any]]:
    """("op.field", value) of the configurations that the flow itself hands to its tasks."""
    for _, call in calls:
        model = type(call.config)
        if hasattr(model, "model_fields") and not list(leaves(call.config, 0)):
            yield from model_fields(call.name, model, call.config)


def configuration(flow: Any) -> Iterator[tuple[str, Any]]:
    """("op.field", default) of the flow's parameters named `<op>_config`."""
    for name, parameter in inspect.signature(flow.fn, eval_str=True).parameters.items():
        model = parameter.annotation
        if name.endswith("_config") and hasattr(model, "model_fields"):
            given = None if parameter.default is parameter.empty else parameter.default
            yield from model_fields(name.removesuffix("_config"), model, given)


def model_fields(name: str, model: Any, given: Any) -> Iterator[tuple[str, Any]]:
    """Flatten a pydantic model into ("path.field", default); required ones say so."""
    for field_name, info in model.model_fields.items():
        value = (
            getattr(given, field_name) if given is not None else info.get_default(call_default_factory=True)
        )
        if hasattr(info.annotation, "model_fields"):
            yield from model_fields(
                f"{name}.{field_name}", info.annotation, value if given is not None else None
            )
        else:
            required = given is None and info.is_required()
            yield f"{name}.{field_name}", "(required)" if required else plain(value)
