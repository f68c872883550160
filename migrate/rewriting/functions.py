"""Putting a converted function together: decorators, parameters, return annotation, first lines, body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Unit
from migrate.reading.walking import look
from migrate.rewriting.layout import Group, lay, quoted
from migrate.rewriting.partition_contexts import several_dimensions
from migrate.rewriting.signature import Load, TaskParameter, asks_whether_partitioned, loads, task_parameters
from migrate.rewriting.storage_asks import takes_several
from migrate.rewriting.stored_at import FILES
from migrate.rewriting.told_storage import told_of_load
from migrate.rewriting.work import Work, statements

if TYPE_CHECKING:
    from migrate.rewriting.layout import Item


def has_docstring(body: Sequence[cst.CSTNode]) -> bool:
    """Whether a body starts with a docstring."""
    return (
        bool(body)
        and cst.Module([])._codegen_impl is not None
        and (
            isinstance(body[0], cst.SimpleStatementLine)
            and isinstance(body[0].body[0], cst.Expr)
            and isinstance(body[0].body[0].value, cst.SimpleString | cst.ConcatenatedString)
        )
    )


def docstring_of(function: cst.FunctionDef | cst.ClassDef) -> str:
    """The docstring's first paragraph on one line, or the empty string."""
    text = (function.get_docstring() or "").split("\n\n")[0]
    return " ".join(text.split())


def docstring_code(work: Work, function: cst.FunctionDef) -> str:
    """The docstring as it is written; empty when there is none."""
    first = function.body.body[0] if function.get_docstring(clean=False) is not None else None
    said = first.body[0] if isinstance(first, cst.SimpleStatementLine) else first
    return work.text(said.value) if isinstance(said, cst.Expr) else ""


def parameter_texts(work: Work, unit: Unit, updated: cst.FunctionDef) -> list[str]:
    """The parameters of the task, spelled with their annotations."""
    params = updated.params
    by_name = {p.name.value: p for p in [*params.posonly_params, *params.params, *params.kwonly_params]}
    return [_parameter(work, unit, p, by_name) for p in task_parameters(work.model, unit)]


def _parameter(work: Work, unit: Unit, parameter: TaskParameter, by_name: dict[str, cst.Param]) -> str:
    if parameter.source == "partition":
        several, maybe = several_dimensions(unit), asks_whether_partitioned(work.model, unit)
        kind = work.need("prefect_support.partitions", "MultiKey") if several else "str"
        return f"{parameter.name}: {kind}{' | None' if maybe else ''}"
    legacy = by_name.get(parameter.name)
    if parameter.legacy and legacy is not None and legacy.annotation:
        annotation = work.text(legacy.annotation.annotation)
        if parameter.source == "resource" and annotation.startswith("ResourceParam["):
            annotation = annotation.removeprefix("ResourceParam[").removesuffix("]")
        return f"{parameter.name}: {annotation}" + _default(work, unit, parameter, legacy, " = ")
    if parameter.source == "resource":
        return f"{parameter.name}: {work.resource_type(parameter.of)}"
    if parameter.source == "config":
        return f"{parameter.name}: {parameter.of}"
    return parameter.name + (_default(work, unit, parameter, legacy, "=") if legacy is not None else "")


def _default(work: Work, unit: Unit, parameter: TaskParameter, legacy: cst.Param, equals: str) -> str:
    """The default of an op's input."""
    if unit.does != "op" or parameter.source != "input" or legacy.default is None:
        return ""
    return equals + work.text(legacy.default)


class _Names(cst.CSTVisitor):
    """The names of a function's body."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def visit_Name(self, node: cst.Name) -> None:
        self.found.add(node.value)


def load_lines(work: Work, unit: Unit) -> list[str]:
    """The first lines of a task whose values come out of a store; one that nothing reads is only loaded."""
    node, names = unit.construct.node, _Names()
    if isinstance(node, cst.FunctionDef):
        look(node.body, names)
    lines = [(item.name, _load_line(work, unit, item)) for item in loads(work.model, unit)]
    return [line if name in names.found else line.removeprefix(f"{name} = ") for name, line in lines]


def _load_line(work: Work, unit: Unit, item: Load) -> str:
    from migrate.rewriting.partition_maps import MAPS, upstream_keys  # it asks for variables of the flow

    store = item.store
    if store == FILES:
        store = f"{work.need('prefect_support.pickled_files', 'PickledFiles')}()"
    named = item.key or f"{unit.name}/{item.name}"
    asset, told = (store, f'"asset://{named}"'), told_of_load(work, unit, item)
    if not item.partitioned:
        return _assigned(item.name, work.need("prefect_support.io", "load"), *asset, *told)
    read = upstream_keys(work, unit, item.partitions, item.mapping)
    if read.problem and work.frame:
        what = f"{item.name} reads {item.key} by {read.problem}, which"
        work.unsupported(work.frame.function, what, "Load the partitions you need in the task.")
    if read.several and not takes_several(work.model, item.store):
        return _assigned(item.name, work.need(MAPS, "load_each"), *asset, read.text)
    return _assigned(item.name, work.need("prefect_support.io", "load"), *asset, read.text, *told)


def _assigned(name: str, function: str, *arguments: str) -> str:
    return f"{name} = {lay(Group(f'{function}(', arguments, ')'), 0, len(name) + 7)}"


def rebuild(
    updated: cst.FunctionDef,
    decorator: Group | str,
    parameters: Sequence[str],
    returns: str,
    first: Sequence[str] = (),
    last: Sequence[str] = (),
) -> cst.FunctionDef:
    """A function with a new decorator, parameters and return annotation, and lines around its body.

    Other decorators stay below the new one; so do comments, the docstring and the order of everything.
    """
    name = updated.name.value
    after = (f" -> {returns}" if returns else "") + ":"
    items: tuple[Item, ...] = tuple(parameters)
    header = lay(Group(f"def {name}(", items, ")"), 0, 0, len(after)) + after
    start = f"@{lay(decorator, 0, 1)}\n" if decorator else ""
    parsed = statements(f"{start}{header}\n    pass\n")[0]
    assert isinstance(parsed, cst.FunctionDef)
    body = (
        list(updated.body.body) if isinstance(updated.body, cst.IndentedBlock) else list(_block(updated).body)
    )
    cut = 1 if has_docstring(body) else 0
    body[cut:cut] = [s for line in first for s in statements(line + "\n")]
    body += [s for line in last for s in statements(line + "\n")]
    block = updated.body if isinstance(updated.body, cst.IndentedBlock) else _block(updated)
    return parsed.with_changes(
        body=block.with_changes(body=body),
        leading_lines=updated.leading_lines,
        decorators=[*parsed.decorators, *updated.decorators[1:]] if decorator else updated.decorators,
        asynchronous=updated.asynchronous,
        type_parameters=updated.type_parameters,
    )


def _block(function: cst.FunctionDef) -> cst.IndentedBlock:
    suite = function.body
    assert isinstance(suite, cst.SimpleStatementSuite)
    return cst.IndentedBlock([cst.SimpleStatementLine([small]) for small in suite.body])


def refuse(work: Work, construct: Construct, updated: cst.FunctionDef, outcome: Manual) -> cst.FunctionDef:
    """A function that raises, naming its source and what to do; its old body as comments.

    A step stays a task, so that the other steps of a run are made and its own failure says why.
    """
    from migrate.rules import rule_for  # rules refuse, too

    work.done(construct, outcome)
    message = f"{construct.file}:{construct.line}: {outcome.reason}. {outcome.remedy}"
    raising = statements(raise_code(message))
    original = construct.node
    assert isinstance(original, cst.FunctionDef)
    body = list(updated.body.body)
    kept, old = ([body[0]], original.body.body[1:]) if has_docstring(body) else ([], original.body.body)
    code = "".join(work.text(part) for part in old).strip("\n").splitlines()
    comments = [cst.EmptyLine(comment=cst.Comment(f"# {line}".rstrip())) for line in code]
    block = cst.IndentedBlock([*kept, *raising], footer=comments)  # type: ignore[list-item]
    rule = rule_for(construct.path)
    head = f"@{work.need('prefect', 'task')}\n" if rule and rule.rule.unit else ""
    star = cst.parse_statement(
        f"{head}def {updated.name.value}(*_args: object, **_kwargs: object) -> object: ...\n"
    )
    assert isinstance(star, cst.FunctionDef)
    return star.with_changes(
        body=block, leading_lines=updated.leading_lines, asynchronous=updated.asynchronous
    )


def raise_code(message: str) -> str:
    """A statement that raises; a long message in several literals."""
    lines, line = [], ""
    for word in message.split(" "):
        if line and len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line += f"{word} "
    parts = [*lines, line.rstrip()]
    if len(parts) == 1 and len(message) < 50:
        return f"raise NotImplementedError({quoted(message)})\n"
    inside = "".join(f"    {quoted(part)}\n" for part in parts)
    return f"raise NotImplementedError(\n{inside})\n"
