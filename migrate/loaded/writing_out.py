"""One loaded step as a function of a module, decorated with what Dagster loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.loaded.arguments import PLAIN
from migrate.loaded.assets import SPELLED, Unwritable
from migrate.reading.factories.binding import spoken
from migrate.reading.local_names import local_names
from migrate.reading.names import dotted

if TYPE_CHECKING:
    from migrate.loaded.answer import Step
    from migrate.loaded.changes import Changes
    from migrate.loaded.closures import Closures
    from migrate.loaded.places import Standing
    from migrate.reading.project import PythonFile

SAID = frozenset(
    {
        *("name", "key", "key_prefix", "deps", "ins", "group_name", "tags", "owners", "kinds", "description"),
        *("code_version", "metadata", "partitions_def", "retry_policy", "pool", "op_tags", "io_manager_key"),
        *("check_specs", "output_required", "compute_kind", "specs", "outs", "can_subset"),
        *("internal_asset_deps", "asset", "blocking", "additional_deps", "required_resource_keys"),
    }
)
"""Arguments that a loaded step says itself; `*` and `**` are made of these."""
WAITING = ("automation_condition", "auto_materialize_policy")
LOADING = ("partition_mapping", "input_manager_key")


def function_of(
    changes: Changes, closures: Closures, standing: Standing, step: Step, name: str, home: PythonFile
) -> cst.FunctionDef:
    """The function of a step, called `name`, for a file.

    Raises:
        Unwritable: something of it cannot be said.
    """
    node, told = standing.node, step["function"]
    around = {n for f in standing.around for n in local_names(f, "", False)}
    return node.with_changes(
        name=cst.Name(name),
        decorators=[decorated(changes, node, step, home, around)],
        params=_parameters(closures, node, told, around, home),
        body=cst.IndentedBlock(closures.body(standing, told, home)),
        leading_lines=(),
        lines_after_decorators=(),
    )


def decorated(
    changes: Changes, node: cst.FunctionDef, step: Step, home: PythonFile, around: set[str]
) -> cst.Decorator:
    """Dagster's decorator of a loaded step; raises Unwritable."""
    kind, given = _arguments(step, node)
    docstring = node.get_docstring()
    if docstring is not None and given.get("description") == repr(docstring):
        del given["description"]
    dagster = changes.dagster_in(home)
    args = [cst.Arg(changes.expression_in(home, s), cst.Name(n), equal=PLAIN) for n, s in given.items()]
    args += [cst.Arg(v, cst.Name(n), equal=PLAIN) for n, v in _kept(node, around, given, step).items()]
    return cst.Decorator(cst.Call(cst.Attribute(cst.Name(dagster), cst.Name(kind)), args))


def _arguments(step: Step, node: cst.FunctionDef) -> tuple[str, dict[str, str]]:
    """Which decorator says a step, and its arguments as source."""
    outputs, checks = step["outputs"], step["checks"]
    spelled = {_short(d) for d in node.decorators}
    if not outputs and len(checks) == 1:
        kind = "asset_check"
    elif len(outputs) == 1 and outputs[0]["name"] == "result" and "multi_asset" not in spelled:
        kind = "asset"
    elif outputs:
        kind = "multi_asset"
    else:
        raise Unwritable("a step that makes several checks")
    found = SPELLED[kind](step, None)
    keys = set(step["resources"]) - {out["store"] for out in outputs} - {"io_manager"}
    keys -= {p.name.value for p in node.params.params}
    if keys:
        found["required_resource_keys"] = "{" + ", ".join(map(repr, sorted(keys))) + "}"
    return kind, found


def _short(decorator: cst.Decorator) -> str:
    node = decorator.decorator
    return dotted(node.func if isinstance(node, cst.Call) else node).rpartition(".")[2]


def _kept(
    node: cst.FunctionDef, around: set[str], given: Mapping[str, str], step: Step
) -> dict[str, cst.BaseExpression]:
    """Arguments of the decorator as it is written that no loaded step says itself."""
    found: dict[str, cst.BaseExpression] = {}
    for decorator in node.decorators:
        call = decorator.decorator
        for arg in call.args if isinstance(call, cst.Call) else ():
            name = arg.keyword.value if arg.keyword else ""
            code = cst.Module([]).code_for_node(arg.value)
            if name in SAID and any(word in code for word in LOADING):
                raise Unwritable(f"its {name}, with a {'/'.join(w for w in LOADING if w in code)}")
            if not name or name in SAID or name in given:
                continue
            if set(spoken(arg.value)) & around:
                raise Unwritable(f"its {name}")
            found[name] = arg.value
    waits = any(out["automation"] for out in step["outputs"])
    if waits and not any(name in found for name in WAITING):
        raise Unwritable("its automation condition")
    if any(out["freshness"] for out in step["outputs"]) and not any("freshness" in n for n in found):
        raise Unwritable("its freshness policy")
    return found


def _parameters(
    closures: Closures, node: cst.FunctionDef, told: Mapping[str, Any], around: set[str], home: PythonFile
) -> cst.Parameters:
    """The parameters, defaults of the function around it as they were when it was made."""
    fresh: dict[str, list[cst.Param]] = {"params": [], "kwonly_params": []}
    for kind, params in fresh.items():
        for param in getattr(node.params, kind):
            if param.annotation is not None and set(spoken(param.annotation)) & around:
                raise Unwritable(f"the type of its parameter {param.name.value}")
            default = param.default
            if default is not None and set(spoken(default)) & around:
                worth = told["defaults"].get(param.name.value, {})
                if "text" not in worth:
                    raise Unwritable(f"the default of its parameter {param.name.value}")
                default = closures.expression(worth, home)
            params.append(param.with_changes(default=default))
    return node.params.with_changes(**fresh)
