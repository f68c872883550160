"""What a hook asks of its context, and where Prefect's task, task run and state have it."""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.context_remedies import HOOK, remedy
from migrate.rewriting.layout import quoted
from migrate.rewriting.work import Frame, Work, expression

OPEN = "Open and close it in the hook, with `with`."
CHOOSE = "Make the one that is meant in the hook: a job gives another than the definitions."
HOOKS = ("dagster.success_hook", "dagster.failure_hook")


def hook_attribute(
    work: Work, frame: Frame, node: cst.Attribute, parts: list[str]
) -> cst.BaseExpression | None:
    """The counterpart of `context.x` in a hook; None leaves it to what stands around it."""
    assert frame.construct
    asked = ".".join(parts[1:])
    if parts[1] == "resources":
        return _resource(work, frame, node, parts)
    if asked == "hook_def.name":
        name = work.model.project.value(frame.construct, "name")
        return expression(quoted(name if isinstance(name, str) else frame.construct.name))
    simple = {
        "op.name": "task.name",
        "step_key": "task.name",
        "op_exception": "state.result(raise_on_failure=False)",
        "op_output_values": "state.result()",
        "run_id": "str(task_run.flow_run_id)",
    }
    if asked in simple:
        return expression(simple[asked])
    if asked == "op_config":
        return expression(f"{work.need('prefect_support.run_facts', 'task_config')}()")
    if asked == "log":
        return expression(f"{work.need('prefect_support.validations', 'run_logger')}()")
    if asked == "job_name":
        return expression(f"{work.need('prefect.runtime', 'flow_run')}.flow_name")
    if len(parts) == 2 and parts[1] not in ("op", "hook_def"):
        work.unsupported(node, f"context.{asked} of a hook", remedy(HOOK, asked))
    return None


def _resource(work: Work, frame: Frame, node: cst.Attribute, parts: list[str]) -> cst.BaseExpression | None:
    """A resource is made anew: hooks run beside the flow."""
    if len(parts) != 3:
        return None
    resource = work.model.resources.get(parts[2])
    if resource is None or not resource.function:
        work.unsupported(node, f"the resource {parts[2]} of a hook", "Make it in the hook.")
        return None
    from migrate.rewriting.flow_resources import has_life, yields  # flows have hooks

    if any(yields(work, way) or has_life(work, way) for way in resource.ways):
        work.unsupported(node, f"the resource {parts[2]} of a hook, which has to be closed", OPEN)
    elif any(
        r.key == parts[2] and (r.module, r.function) != (resource.module, resource.function)
        for r in work.model.every_resource
    ):
        work.unsupported(node, f"the resource {parts[2]} of a hook, of which there are several", CHOOSE)
    if resource.module == work.file.module:
        return expression(f"{resource.function}()")
    return expression(f"{work.own_module(resource.module)}.{resource.function}()")
