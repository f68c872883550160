"""What decorators of assets and checks say, as loaded: keys, dependencies, outputs, groups, partitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.loaded.arguments import decorator_of, is_told, with_arguments

if TYPE_CHECKING:
    from migrate.loaded.answer import Answer, Step
    from migrate.loaded.changes import Changes
    from migrate.reading.constructs import Construct

DEFAULT_STORE = "io_manager"
KEYS = ("name", "key", "key_prefix")
OUTPUTS = ("outs", "specs", "internal_asset_deps", "deps", "group_name", "ins")
TOLD = "{} as Dagster {} loaded it"


class Unwritable(Exception):
    """Something of a loaded step that no source can say; names it."""


def as_decorated(changes: Changes, answer: Answer, construct: Construct) -> bool:
    """Write what reading cannot tell of a decorated function at the top of its module."""
    steps = answer.steps_of(changes.project, construct)
    decorator = decorator_of(construct, (construct.kind,))
    if len(steps) != 1 or decorator is None or construct.kind not in SPELLED:
        return False
    try:
        given, without = _given(changes, construct, steps[0])
        spelled = {name: changes.expression(construct, source) for name, source in given.items()}
    except Unwritable:
        return False
    if not spelled:
        return False
    call = decorator.decorator
    call = call if isinstance(call, cst.Call) else cst.Call(call)
    fresh = decorator.with_changes(decorator=with_arguments(call, spelled, without))
    changes.replace(changes.project.file_of(construct), decorator, fresh)
    changes.say(construct, TOLD.format(", ".join(spelled), answer.version))
    return True


def _given(changes: Changes, construct: Construct, step: Step) -> tuple[dict[str, str], list[str]]:
    """The arguments to write, and those that fall away."""
    every = SPELLED[construct.kind](step, construct)
    names = {argument.name for argument in construct.arguments}
    if {"**", "*"} & names:
        kept = [n for n in names if n in every and is_told(changes, construct, n)]
        return {n: s for n, s in every.items() if n not in kept}, ["**", "*"]
    wanted = {n for n in names if not _told(changes, construct, n)}
    if wanted & set(KEYS) and construct.kind == "asset":
        wanted |= {"key"}
        return {n: s for n, s in every.items() if n in wanted}, ["name", "key_prefix"]
    if wanted & set(OUTPUTS) and construct.kind == "multi_asset":
        wanted |= {"outs", "specs", "deps"}
        return {n: s for n, s in every.items() if n in wanted}, [n for n in OUTPUTS if n != "ins"]
    missing = wanted & set(NEEDED) - set(every)
    if missing:
        raise Unwritable(", ".join(sorted(missing)))
    return {n: s for n, s in every.items() if n in wanted}, []


NEEDED = ("deps", "key", "asset", "partitions_def", "specs", "outs")


def _told(changes: Changes, construct: Construct, name: str) -> bool:
    if name != "deps" and name != "ins":
        return is_told(changes, construct, name)
    return not _unknown_keys(changes, construct, name)


def _unknown_keys(changes: Changes, construct: Construct, name: str) -> bool:
    from migrate.model import Model
    from migrate.reading.units import keys_in

    value = changes.project.value(construct, name)
    if isinstance(value, dict):
        return not is_told(changes, construct, name)
    model = changes.__dict__.setdefault("_model", Model(changes.project))
    return not keys_in(value, model.all_keys)[1]


def asset_arguments(step: Step, construct: Construct | None = None) -> dict[str, str]:
    """Every argument of `@asset` that a loaded step has something to say for, as source."""
    if len(step["outputs"]) != 1:
        raise Unwritable(f"{len(step['outputs'])} assets of one @asset")
    out = step["outputs"][0]
    found = {"key": key(out["key"]), **_of_output(out), **_of_step(step)}
    found |= _ins(step)
    if step["deps"]:
        found["deps"] = keys(step["deps"])
    if out["value"] and out["store"] != DEFAULT_STORE:
        found["io_manager_key"] = repr(out["store"])
    if step["checks"]:
        found["check_specs"] = "[" + ", ".join(check_spec(c) for c in step["checks"]) + "]"
    if not out["required"]:
        found["output_required"] = "False"
    return found


def multi_arguments(step: Step, construct: Construct | None = None) -> dict[str, str]:
    """Every argument of `@multi_asset`: `outs` where values are handed over, else `specs`."""
    outputs: Sequence[Mapping[str, Any]] = step["outputs"]
    found = _of_step(step)
    if any(out["value"] for out in outputs):
        outs = [f"{out['name']!r}: {_asset_out(out)}" for out in outputs]
        found["outs"] = "{" + ", ".join(outs) + "}"
        outside = sorted({d for out in outputs for d in out["deps"]} & set(step["deps"]))
        found |= {"deps": keys(outside)} if outside else {}
        inner = {out["name"]: out["deps"] for out in outputs}
        if len({tuple(d) for d in inner.values()}) > 1:
            spelled = [f"{name!r}: {{{', '.join(map(_key_text, deps))}}}" for name, deps in inner.items()]
            found["internal_asset_deps"] = "{" + ", ".join(spelled).replace("{}", "set()") + "}"
    else:
        found["specs"] = "[" + ", ".join(asset_spec(out) for out in outputs) + "]"
    found |= _ins(step)
    if step["can_subset"]:
        found["can_subset"] = "True"
    if step["checks"]:
        found["check_specs"] = "[" + ", ".join(check_spec(c) for c in step["checks"]) + "]"
    return found


def check_arguments(step: Step, construct: Construct | None = None) -> dict[str, str]:
    """Every argument of `@asset_check`."""
    if len(step["checks"]) != 1 or step["outputs"]:
        raise Unwritable(f"{len(step['checks'])} checks of one @asset_check")
    check = step["checks"][0]
    found = {"asset": key(check["asset"]), "name": repr(check["name"])}
    found |= {"blocking": "True"} if check["blocking"] else {}
    found |= {"description": repr(check["description"])} if check["description"] else {}
    found |= {"additional_deps": keys(check["deps"])} if check["deps"] else {}
    return found | {k: v for k, v in _of_step(step).items() if k in ("retry_policy", "pool")}


SPELLED = {
    "asset": asset_arguments,
    "multi_asset": multi_arguments,
    "asset_check": check_arguments,
}


def key(parts: Iterable[str]) -> str:
    """A key as source."""
    return f"dagster.AssetKey({list(parts)!r})"


def _key_text(text: str) -> str:
    return key(text.split("/"))


def keys(texts: Iterable[str]) -> str:
    """A list of keys as source."""
    return "[" + ", ".join(map(_key_text, texts)) + "]"


def _ins(step: Step) -> dict[str, str]:
    """`ins`, where an input is another asset than its name says."""
    named = {name: k for name, k in step["inputs"].items() if name != k}
    if not named:
        return {}
    each = [f"{name!r}: dagster.AssetIn(key={_key_text(k)})" for name, k in named.items()]
    return {"ins": "{" + ", ".join(each) + "}"}


def _of_output(out: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, argument in {"group": "group_name", "description": "description"}.items():
        found |= {argument: repr(out[name])} if out[name] else {}
    found |= {"owners": repr(out["owners"])} if out["owners"] else {}
    found |= {"kinds": "{" + ", ".join(map(repr, out["kinds"])) + "}"} if out["kinds"] else {}
    found |= {"code_version": repr(out["code_version"])} if out["code_version"] else {}
    for name in ("tags", "metadata"):
        if "refused" in out[name]:
            raise Unwritable(f"its {name}: {out[name]['refused']}")
        found |= {name: out[name]["text"]} if out[name]["text"] != "{}" else {}
    return found


def _of_step(step: Step) -> dict[str, str]:
    found: dict[str, str] = {}
    if "refused" in step["partitions"]:
        raise Unwritable(f"its {step['partitions']['refused']}")
    found |= {"partitions_def": step["partitions"]["text"]} if step["partitions"] else {}
    found |= {"retry_policy": step["retry"]} if step["retry"] else {}
    found |= {"pool": repr(step["pools"][0])} if step["pools"] else {}
    if "refused" in step["op_tags"]:
        raise Unwritable(f"its op_tags: {step['op_tags']['refused']}")
    found |= {"op_tags": step["op_tags"]["text"]} if step["op_tags"]["text"] != "{}" else {}
    return found


def asset_spec(out: Mapping[str, Any]) -> str:
    """An `AssetSpec` as source."""
    given = _of_output(out)
    given |= {"deps": keys(out["deps"])} if out["deps"] else {}
    given |= {} if out["required"] else {"skippable": "True"}
    more = "".join(f", {name}={source}" for name, source in given.items())
    return f"dagster.AssetSpec({key(out['key'])}{more})"


def _asset_out(out: Mapping[str, Any]) -> str:
    given = {"key": key(out["key"]), **_of_output(out)}
    given |= {} if out["required"] else {"is_required": "False"}
    given |= {"io_manager_key": repr(out["store"])} if out["store"] != DEFAULT_STORE else {}
    return f"dagster.AssetOut({', '.join(f'{name}={source}' for name, source in given.items())})"


def check_spec(check: Mapping[str, Any]) -> str:
    """An `AssetCheckSpec` as source."""
    more = ", blocking=True" if check["blocking"] else ""
    more += f", description={check['description']!r}" if check["description"] else ""
    return f"dagster.AssetCheckSpec({check['name']!r}, asset={key(check['asset'])}{more})"
