"""`@op` → `@task`. Its config schema becomes a typed model, its resources and inputs parameters.

`In(Nothing)` becomes `wait_for` in the flow. Metadata of an output becomes a table artifact.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Converted
from migrate.reading.constructs import Construct
from migrate.reading.units import Input, Out, Unit, text
from migrate.reading.values import Called, Named, flat
from migrate.rewriting import assets, schemas, yields
from migrate.rewriting.deployments import told_tags
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild
from migrate.rewriting.layout import Item, call, quoted
from migrate.rewriting.storage_asks import asks
from migrate.rewriting.value_types import typed
from migrate.rewriting.work import Work
from migrate.rules import Rule
from migrate.rules.asset import returned

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {"name", "description", "ins", "out", "config_schema", "required_resource_keys", "retry_policy", "tags"}
    | {"pool", "code_version", "version"}
)


def is_nothing(given: Any) -> bool:
    """Whether an In or Out carries no value."""
    kind = given.get("dagster_type", 0) if isinstance(given, Called) else given
    return isinstance(kind, Named) and kind.path == "dagster.Nothing"


def _name_of(given: Any) -> str:
    """The name of a single output."""
    name = given.get("name") if isinstance(given, Called) else None
    return name if isinstance(name, str) else "result"


def _out(name: str, given: Any) -> Out:
    """One output of an op."""
    path = given.name if isinstance(given, Called) else given.path if isinstance(given, Named) else ""
    optional = isinstance(given, Called) and given.get("is_required") is False
    return Out(name, "", value=not is_nothing(given), dynamic=path == "dagster.DynamicOut", optional=optional)


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step this op is."""
    parameters = assets.own_parameters(model, construct)
    out = assets.value(model, construct, "out", scope)
    outs = out.items() if isinstance(out, dict) else [(_name_of(out), out)]
    ins = assets.value(model, construct, "ins", scope)
    ins = ins if isinstance(ins, dict) else {}
    named = [p.name for p in parameters if p.role == "input"]
    order = list(dict.fromkeys([*(n for n in ins if n in named or is_nothing(ins[n])), *named]))
    return Unit(
        construct=construct,
        does="op",
        name=text(assets.value(model, construct, "name", scope)) or construct.name,
        scope=scope,
        outs=tuple(_out(str(name), o) for name, o in outs),
        inputs=tuple(
            Input(name, "" if name in named else "nothing", loader=_loader(ins.get(name))) for name in order
        ),
        parameters=parameters,
        required=tuple(
            r
            for r in flat(assets.value(model, construct, "required_resource_keys", scope))
            if isinstance(r, str)
        ),
        config_model=schemas.model_name(model, construct, parameters),
    )


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as a task, after the model of its config."""
    frame, own = work.frame, work.model.unit_of(construct)
    assert own is not None
    assert frame is not None
    work.need("prefect.cache_policies", "NO_CACHE")
    items: list[Item] = []
    if own.name != updated.name.value:
        items.append(f"name={quoted(own.name)}")
    description = construct.argument("description")
    if description is not None:
        items.append(f"description={work.text(description)}")
    tags = assets.value(work.model, construct, "tags", own.scope)
    told = list(told_tags(tags))
    pool = assets.value(work.model, construct, "pool", own.scope)
    told += [f"pool:{pool}"] if isinstance(pool, str) else []
    if told:
        items.append(f"tags=[{', '.join(quoted(tag) for tag in told)}]")
    items += assets.retry_items(work, construct, own.scope)
    first, last, returns = yields.frame_lines(work, frame)
    first = [*load_lines(work, own), *first]
    work.done(construct, Adapted(assets.POOL) if construct.argument("pool") is not None else Converted())
    frame.differences += schemas.unchecked(work, construct)
    ins = assets.value(work.model, construct, "ins", own.scope)
    loaders = {_loader(i) for i in _values(ins)} - {""}
    if loaders - {i.loader for i in own.inputs} or not all(_loads_alone(work.model, k) for k in loaders):
        work.unsupported(construct.node, "an op's input that an input manager loads", LOADED)
    decorator = call(work.need("prefect", "task"), *items, "cache_policy=NO_CACHE")
    params = parameter_texts(work, own, updated)
    spelled = returns or returned(work, updated)
    done = typed(work, own, rebuild(updated, decorator, params, spelled, first, last))
    return [*schemas.model_class(work, construct, own, updated), *schemas.below(done, bool(own.config_model))]


def _loader(given: Any) -> str:
    """The key of the resource that loads an input, or the empty string."""
    return text(given.get("input_manager_key")) if isinstance(given, Called) else ""


def _loads_alone(model: Model, key: str) -> bool:
    """Whether one input manager has this key, and asks nothing of what made the value."""
    found = {str(getattr(r.value, "place", r)) for r in model.every_resource if r.key == key}
    asked = asks(model, key)
    return len(found) == 1 and not asked.unread and {p.split(".")[0] for p in asked.paths} <= ALONE


ALONE = {"log", "name", "resources"}


def _values(ins: Any) -> list[Any]:
    return list(ins.values()) if isinstance(ins, dict) else flat(ins)


LOADED = "Load the value in the task: call the load_input of the manager there."
RULE = Rule(("dagster.op",), "decorator", READ, unit=unit, function=function)
