"""The project's own functions that are handed a context: they are handed what they took out of it instead."""

from __future__ import annotations

import libcst as cst

from migrate.reading.context_uses import Uses, context_parameter, uses_of
from migrate.reading.kept_contexts import keeps
from migrate.reading.names import Internal
from migrate.rewriting.work import Frame, Work


def needs(work: Work, module: str, function: cst.FunctionDef) -> tuple[str, Uses, list[str]]:
    """The context parameter of a helper, what it asks of it, and the parameters that take its place."""
    names = work.model.project.names
    context = context_parameter(names, module, function)
    uses = uses_of(names, module, function, context)
    own = [p.name.value for p in function.params.params]
    return (
        context,
        uses,
        [key for key in uses.resources if key not in own] + (["partition_key"] if uses.partition else []),
    )


def helper_frame(work: Work, function: cst.FunctionDef) -> Frame | None:
    """The frame of a helper that takes a context; without a context to look for where it keeps it."""
    names = work.model.project.names
    context = context_parameter(names, work.file.module, function)
    if not context:
        return None
    top = any(function is statement for statement in work.file.tree.body)
    kept = not top or keeps(names, work.file.module, function)
    return Frame(function, context="" if kept else context)


def without_context(work: Work, frame: Frame, updated: cst.FunctionDef) -> cst.FunctionDef:
    """The helper with its context parameter replaced, unless it keeps it."""
    if not frame.context:
        return updated
    context, _, wanted = needs(work, work.file.module, frame.function)
    params = []
    for param in updated.params.params:
        if param.name.value != context:
            params.append(param)
            continue
        for name in wanted:
            kind = "str" if name == "partition_key" else work.resource_type(name)
            params.append(
                param.with_changes(name=cst.Name(name), annotation=cst.Annotation(cst.parse_expression(kind)))
            )
    if frame.problems:
        line, what, remedy = frame.problems[0]
        message = f"{work.file.path}:{line}: {what} has no counterpart. {remedy}"
        raising = cst.parse_statement(f"raise NotImplementedError({message!r})\n")
        updated = updated.with_changes(body=cst.IndentedBlock([raising]))
    if params and updated.params.params[-1].name.value == context:
        params[-1] = params[-1].with_changes(comma=updated.params.params[-1].comma)
    return updated.with_changes(params=updated.params.with_changes(params=params))


def call_without_context(work: Work, original: cst.Call, updated: cst.Call) -> cst.Call | None:
    """A call of such a helper, with what it needs in place of the context; None for any other call."""
    found = work.internal(original.func)
    if not isinstance(found, Internal):
        return None
    node = work.model.project.names.modules[found.module].nodes[found.name][-1]
    if not isinstance(node, cst.FunctionDef) or work.model.project.place_of(node):
        return None
    context, _, wanted = needs(work, found.module, node)
    if not context or keeps(work.model.project.names, found.module, node):
        return None
    position = next(i for i, p in enumerate(node.params.params) if p.name.value == context)
    args = []
    for place, arg in enumerate(updated.args):
        if (arg.keyword and arg.keyword.value == context) or (not arg.keyword and place == position):
            args += [
                arg.with_changes(
                    value=_spelled(work, arg.value, name), keyword=arg.keyword and cst.Name(name)
                )
                for name in wanted
            ]
        else:
            args.append(arg)
    if args:
        args[-1] = args[-1].with_changes(comma=updated.args[-1].comma)
    return updated.with_changes(args=args)


def _spelled(work: Work, given: cst.BaseExpression, name: str) -> cst.BaseExpression:
    """What a helper needs: a parameter of the task, or what the context that is kept here has."""
    own = work.frame.context if work.frame else ""
    if isinstance(given, cst.Name) and given.value == own:
        return cst.Name(name)
    asked = name if name == "partition_key" else f"resources.{name}"
    return cst.parse_expression(f"{work.text(given)}.{asked}")
