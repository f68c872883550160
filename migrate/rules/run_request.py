"""`RunRequest` → a request with flow parameters: the partition key and the run config among them.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name, and `partition_key=` among the parameters."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.sensors", "RunRequest"))
    if not isinstance(updated, cst.Call):
        return None
    args, config = [], None
    for arg in updated.args:
        name = arg.keyword.value if arg.keyword else ""
        if name == "partition_key":
            parameters = parsed(f'{{"partition_key": {work.text(arg.value)}}}')
            args.append(arg.with_changes(keyword=cst.Name("parameters"), value=parameters))
            continue
        if name in ("run_config", "asset_selection", "job_name", "stale_assets_only"):
            config = arg
        args.append(arg)
    if config is not None and config.keyword:
        what = f"{config.keyword.value}= of a RunRequest"
        work.unsupported(original, what, "Give the flow's parameters as parameters={...}.")
    return updated.with_changes(args=args)


RULE = Rule(("dagster.RunRequest",), "value", expression=expression)
