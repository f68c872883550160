"""What the rules of asset-like functions share: reading their arguments, and spelling the decorator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.scope import Scope
from migrate.reading.signatures import parameters
from migrate.reading.units import Input, Out, Unit, is_unknown, key_of, keys_in, text
from migrate.reading.values import Called, Decorated, flat
from migrate.rewriting import keys
from migrate.rewriting.asset_facts import owners_of, tags_of
from migrate.rewriting.functions import docstring_of
from migrate.rewriting.group_tags import group_tags
from migrate.rewriting.layout import Group, Item, Pair, call, lay, listing, quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.retrying import condition_items
from migrate.rewriting.work import Frame, Work, expression

if TYPE_CHECKING:
    from migrate.model import Model

POOL = "its pool is a tag: give the tag the pool's limit with `prefect concurrency-limit create pool:NAME`"


def own_parameters(model: Model, construct: Construct) -> Any:
    """The parameters of a construct's function with their roles."""
    return parameters(model.project.names, construct, model.project.file_of(construct).tree)


def value(
    model: Model, construct: Construct, name: str, scope: Mapping[str, Any], position: int | None = None
) -> Any:
    """What an argument is worth."""
    return model.project.value(construct, name, position, scope)


def prefix_of(given: Any) -> list[str]:
    """A key prefix as a list; empty where it could not be told."""
    parts = [given] if isinstance(given, str) else given if isinstance(given, list | tuple) else ()
    return [p for p in parts if isinstance(p, str)]


DEPS = ("deps", "non_argument_deps", "additional_deps")


def ins_of(model: Model, construct: Construct, scope: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """What is said of the parameters that are values of other assets, and whether all of it could be told."""
    given = value(model, construct, "additional_ins" if construct.kind == "asset_check" else "ins", scope)
    if given is None or not isinstance(given, dict):
        return {}, given is None
    one = [v for v in given.values() if isinstance(v, Called)]
    keys = [v.get("key", 0) for v in one] + [v.get("key_prefix") for v in one]
    return given, len(one) == len(given) and not any(is_unknown(key) for key in keys)


def inputs_of(
    model: Model, construct: Construct, scope: Mapping[str, Any], first: str = ""
) -> tuple[Input, ...]:
    """The parameters that are values of other assets; `first` is the key of a check's own asset."""
    ins, _ = ins_of(model, construct, scope)
    found = []
    for parameter in own_parameters(model, construct):
        if parameter.role != "input":
            continue
        given = ins.get(parameter.name)
        key, mapping, loader = "", None, ""
        if isinstance(given, Called):
            mapping, loader = given.get("partition_mapping"), text(given.get("input_manager_key"))
            prefix = prefix_of(given.get("key_prefix"))
            key = key_of(given.get("key", 0)) or "/".join([*prefix, parameter.name])
        elif first:
            key, first = first, ""
        found.append(Input(parameter.name, key or parameter.name, mapping, loader))
    return tuple(found)


def deps_of(model: Model, construct: Construct, scope: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """Bare dependencies, and whether all could be told."""
    given = [value(model, construct, name, scope) for name in DEPS]
    known = _Keys(model)
    found, complete = keys_in([g for g in given if g is not None], known)
    ins, told = ins_of(model, construct, scope)
    complete = complete and told
    names = [p.name for p in own_parameters(model, construct)]
    for name, given_in in ins.items():
        if name not in names and isinstance(given_in, Called):
            found.append(key_of(given_in) or name)
    return tuple(dict.fromkeys(found)), complete


def keys_told(model: Model, given: Any) -> tuple[str, ...]:
    """The keys of a list of dependencies, asset functions among them, as far as they can be told."""
    return tuple(keys_in(given, _Keys(model))[0])


class _Keys(dict[str, tuple[str, ...]]):
    """The keys of asset functions by identity, worked out when asked for."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._model = model

    def get(self, name: str, default: Any = None) -> Any:
        place = name.split("@", maxsplit=1)[0]
        return (
            self._model.keys_of(Decorated(place))
            if "@" not in name
            else self._model._keys_so_far.get(name, ())
        )


def retry_items(work: Work, construct: Construct, scope: Mapping[str, Any]) -> list[Item]:
    """`retries` and `retry_delay_seconds`, or the project's own policy unpacked."""
    from migrate.rules.retry_policy import spelled

    node = construct.argument("retry_policy")
    policy: list[Item] = []
    if node is not None and work.text(node) != "None":
        policy = [*spelled(work, node)] or [f"**{_perhaps(work, node)}"]
    return [*policy, *condition_items(work, construct, policy, scope)]


def _perhaps(work: Work, node: cst.BaseExpression) -> str:
    if not isinstance(node, cst.IfExp):
        return rewritten(work, node)
    one, other = (_perhaps(work, p).replace("None", "{}") for p in (node.body, node.orelse))
    return f"({one} if {work.text(node.test)} else {other})"


def asset_item(
    work: Work, frame: Frame, out: Out, scope: Mapping[str, Any], updated: cst.FunctionDef
) -> Item:
    """`Asset(key=…, properties=AssetProperties(…))` of one output."""
    construct = frame.construct
    assert construct
    asset, about = work.need("prefect.assets", "Asset"), work.need("prefect.assets", "AssetProperties")
    key = keys.own_key(work, frame, out.key)
    name: Item = quoted(out.key.rsplit("/", 1)[-1])
    if construct.within:
        node = keys.name_node(construct)
        name = work.text(node) if node is not None else name
    named: dict[str, Any] = {"name": name}
    description = description_of(work, construct, out, updated)
    if description:
        named["description"] = description
    owners = work.model.project.value(construct, "owners", None, scope)
    told = [quoted(o) for o in [*flat(owners), *owners_of(out)] if isinstance(o, str)]
    if told:
        named["owners"] = listing(told)
    return call(asset, key=key, properties=call(about, **named))


def description_of(work: Work, construct: Construct, out: Out, updated: cst.FunctionDef) -> str:
    """The description as Python: the argument as it is spelled, else the docstring's first paragraph."""
    if out.description:
        return quoted(out.description)
    given = construct.argument("description")
    if given is not None:
        return work.text(given)
    doc = docstring_of(updated)
    return quoted(doc) if doc else ""


def upstream_item(work: Work, construct: Construct, unit: Unit) -> Item | None:
    """The value of `asset_deps`; in a factory the expression, since each call has its own."""
    node = construct.argument("deps")
    if not construct.within or node is None:
        return listing([keys.literal(key) for key in unit.upstream]) if unit.upstream else None
    values = [keys.literal(i.key) for i in unit.inputs]
    if isinstance(node, cst.List | cst.Tuple):
        items = [_dependency(work, e.value, unit) for e in node.elements]
        return listing([*items, *values])
    spelled = rewritten(work, node)
    kinds = {
        "AssetKey" if isinstance(item, Called) and item.name == "dagster.AssetKey" else type(item)
        for item in _deps_of_calls(work.model, construct, unit)
    }
    if kinds == {str}:
        spelled = f'[f"asset://{{key}}" for key in {spelled}]'
    elif kinds - {"AssetKey"}:
        spelled = f"{work.need('prefect_support.asset_edges', 'named')}({spelled})"
    return f"[*{spelled}, {', '.join(values)}]" if values else spelled


def _deps_of_calls(model: Model, construct: Construct, unit: Unit) -> list[Any]:
    """What every call of a factory gives as dependencies."""
    scopes = [made.scope for made in model.instances.get(construct.place, ())] or [unit.scope]
    return [item for scope in scopes for item in flat(model.project.value(construct, "deps", None, scope))]


def _dependency(work: Work, node: cst.BaseExpression, unit: Unit) -> str:
    found = work.model.project.evaluator.value(node, Scope(work.file.module, dict(unit.scope)))
    if isinstance(found, str):
        return keys.from_expression(work, node)
    made = work.model.keys_of(found) if isinstance(found, Decorated) else ()
    return ", ".join(keys.literal(key) for key in made) if made else rewritten(work, node)


def materialize(
    work: Work, frame: Frame, unit: Unit, updated: cst.FunctionDef, extra: Sequence[Item] = ()
) -> Group:
    """The whole `@materialize(...)`."""
    construct = frame.construct
    assert construct
    work.need("prefect.cache_policies", "NO_CACHE")
    items: list[Item] = [asset_item(work, frame, out, unit.scope, updated) for out in unit.outs]
    upstream = upstream_item(work, construct, unit)
    named: list[Item] = []
    if unit.name != updated.name.value and not construct.within:
        named.append(f"name={quoted(unit.name)}")
    elif construct.within:
        node = construct.argument("name")
        if node is not None:
            named.append(f"name={work.text(node)}")
    if upstream is not None:
        named.append(Pair("asset_deps", upstream) if not isinstance(upstream, Pair) else upstream)
    tags = group_tags(work.model, work, construct, unit.scope, unit.group)
    tags += [quoted(tag) for tag in tags_of(unit.outs) if quoted(tag) not in tags]
    if tags:
        named.append(Pair("tags", listing(tags)))
    named += retry_items(work, construct, unit.scope)
    return call(work.need("prefect.assets", "materialize"), *items, *named, *extra, "cache_policy=NO_CACHE")


def store_of(model: Model, given: Any) -> str:
    """The resource that keeps an output; empty when it stays in memory, handed on as an argument."""
    key = text(given) or ("io_manager" if "io_manager" in model.resources else "")
    resource = model.resources.get(key)
    path = getattr(resource.value, "name", "") or getattr(resource.value, "path", "") if resource else ""
    return "" if path in ("dagster.InMemoryIOManager", "dagster.mem_io_manager") else key


def with_edges(work: Work, unit: Unit, function: cst.FunctionDef) -> cst.FunctionDef:
    """The task with what each of its assets needs, when they do not all need the same."""
    own = {out.key: out.deps if out.deps is not None else unit.upstream for out in unit.outs}
    if all(set(deps) == set(unit.upstream) for deps in own.values()):
        return function
    pairs = [f"{keys.literal(k)}: [{', '.join(keys.literal(d) for d in deps)}]" for k, deps in own.items()]
    edges = call(work.need("prefect_support.asset_edges", "needs"), Group("{", tuple(pairs), "}"))
    decorator = cst.Decorator(expression(lay(edges, 0, 1)))
    return function.with_changes(decorators=[decorator, *function.decorators])


def check_items(work: Work, unit: Unit) -> list[Item]:
    """`CheckSpec(…)` of each check."""
    spec = work.need("prefect_support.validations", "CheckSpec")
    specs: list[Item] = []
    for check in unit.checks:
        more = [f"description={quoted(check.description)}"] if check.description else []
        more = ["blocking=True", *more] if check.blocking else more
        specs.append(call(spec, quoted(check.name), keys.literal(check.asset), *more))
    return specs


def with_checks(work: Work, unit: Unit, function: cst.FunctionDef) -> cst.FunctionDef:
    """The task with the checks that it makes itself."""
    function = with_edges(work, unit, function)
    if not unit.checks:
        return function
    checked = call(work.need("prefect_support.validations", "checked"), *check_items(work, unit))
    decorator = cst.Decorator(expression(lay(checked, 0, 1)))
    return function.with_changes(decorators=[decorator, *function.decorators])


def group_of(model: Model, construct: Construct, scope: Mapping[str, Any]) -> str:
    """The asset's group name, empty for none."""
    return text(value(model, construct, "group_name", scope))
