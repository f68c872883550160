"""`RunRequest` → a request with flow parameters: the partition key and the run config among them.

`job_name` names the deployment to start. Assets that a request chooses by name are a flow of their own, and
the request starts that one; a choice that is only worked out when the code runs has no flow to start. What it
sets up of resources is a parameter of the flows that have them.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.asked_assets import asked_assets
from migrate.rewriting.config_names import configured_names
from migrate.rewriting.invocations import spelled_value
from migrate.rewriting.set_up_by_runs import left_out_of_requests
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule

LEFT_OUT = "the config of `{}` is left out of its run configs: the ops' values stay in memory"
ORDER = ("run_key", "run_config", "tags", "job_name", "asset_selection", "stale_assets_only", "partition_key")


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name, and partition key and run config as parameters."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.sensors", "RunRequest"))
    if not isinstance(updated, cst.Call) or any(arg.star for arg in updated.args):
        return None
    given = {a.keyword.value if a.keyword else ORDER[i]: a for i, a in enumerate(updated.args)}
    asked = _asked(work, original) if "asset_selection" in given else ""
    if "asset_selection" in given and not asked:
        work.unsupported(original, "asset_selection= of a RunRequest", "Start a flow of those assets.")
    parameters = _parameters(work, given)
    args = []
    for name, arg in given.items():
        if name in ("run_config", "partition_key"):
            if parameters:
                args.append(_named(arg, "parameters", parsed(parameters)))
                parameters = ""
        elif name == "asset_selection" and asked:
            args.append(_named(arg, "deployment", parsed(f'"{asked}/{asked}"')))
        elif name == "job_name" and not asked:
            args.append(_named(arg, "deployment", _deployment(work, arg.value)))
        elif name not in ("stale_assets_only", "asset_selection", "job_name"):
            args.append(arg)
    if args:
        args[-1] = (
            args[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT) if len(args) < len(given) else args[-1]
        )
    return updated.with_changes(args=args)


def _asked(work: Work, original: cst.BaseExpression) -> str:
    """The flow over the assets that a request names."""
    construct = work.frame.construct if work.frame else None
    found = asked_assets(work.model, construct).get(id(original)) if construct else None
    return found.flow if found else ""


def _named(arg: cst.Arg, name: str, value: cst.BaseExpression) -> cst.Arg:
    tight = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return arg.with_changes(keyword=cst.Name(name), value=value, equal=tight)


def _deployment(work: Work, node: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(node, cst.SimpleString):
        name = str(node.evaluated_value)
        return parsed(f'"{name}/{name}"')
    return parsed(f'f"{{{work.text(node)}}}/{{{work.text(node)}}}"')


def _parameters(work: Work, given: dict[str, cst.Arg]) -> str:
    key = f'"partition_key": {work.text(given["partition_key"].value)}' if "partition_key" in given else ""
    if "run_config" not in given:
        return f"{{{key}}}" if key else ""
    config = given["run_config"].value
    told = literal(work, config)
    if told is not None:
        return "{" + ", ".join([*([key] if key else []), *told]) + "}"
    left_out = left_out_of_requests(work)
    if left_out and work.frame:
        work.frame.differences += [LEFT_OUT.format(", ".join(left_out))]
    text, told_here = work.text(config), isinstance(config, cst.Dict)
    without = f", without={left_out!r}".replace("'", '"') if left_out else ""
    names = {w: n for w, n in configured_names(work.model).items() if w in text or not told_here}
    called = f", called={spelled_value(names)}" if names else ""
    spelled = f"{work.need('prefect_support.sensors', 'parameters_of')}({text}{without}{called})"
    return f"{{{key}, **{spelled}}}" if key else spelled


def literal(work: Work, node: cst.BaseExpression) -> list[str] | None:
    """`"op_config": {...}` of a run config that is written out; None for any other."""
    ops = _entry(node, "ops")
    if not isinstance(ops, cst.Dict):
        return None
    found = []
    for element in ops.elements:
        config = _entry(element.value, "config") if isinstance(element, cst.DictElement) else None
        if config is None or not isinstance(element, cst.DictElement):
            return None
        if not isinstance(element.key, cst.SimpleString):
            return None
        name = str(element.key.evaluated_value)
        found.append(f'"{configured_names(work.model).get(name, name)}_config": {work.text(config)}')
    return found


def _entry(node: cst.BaseExpression, name: str) -> cst.BaseExpression | None:
    """The only entry of a dictionary display, if it has that name."""
    if not isinstance(node, cst.Dict) or len(node.elements) != 1:
        return None
    element = node.elements[0]
    if not isinstance(element, cst.DictElement) or not isinstance(element.key, cst.SimpleString):
        return None
    return element.value if element.key.evaluated_value == name else None


RULE = Rule(("dagster.RunRequest",), "value", expression=expression)
