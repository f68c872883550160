"""The project's own functions that are handed a context: they are handed what they took out of it instead."""

from __future__ import annotations

import libcst as cst

from migrate.reading.context_uses import Uses, context_parameter, uses_of
from migrate.reading.names import Internal
from migrate.rewriting.work import Frame, Work

KNOWN = frozenset({"log", "resources", "partition_key"})


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


def without_context(work: Work, frame: Frame, updated: cst.FunctionDef) -> cst.FunctionDef:
    """The helper with its context parameter replaced."""
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
    if not context:
        return None
    position = next(i for i, p in enumerate(node.params.params) if p.name.value == context)
    args = []
    for place, arg in enumerate(updated.args):
        if (arg.keyword and arg.keyword.value == context) or (not arg.keyword and place == position):
            args += [
                arg.with_changes(value=cst.Name(name), keyword=arg.keyword and cst.Name(name))
                for name in wanted
            ]
        else:
            args.append(arg)
    if args:
        args[-1] = args[-1].with_changes(comma=updated.args[-1].comma)
    return updated.with_changes(args=args)
