"""A task whose context is handed on, or kept: it makes one of the support module, with what it knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import libcst as cst

from migrate.reading.context_uses import PERHAPS, uses_of
from migrate.reading.names import External, dotted
from migrate.reading.walking import look
from migrate.rewriting.context_remedies import HOOK, RESOURCE, STEP
from migrate.rewriting.functions import has_docstring
from migrate.rewriting.hook_contexts import HOOKS
from migrate.rewriting.init_contexts import RESOURCES
from migrate.rewriting.keys import own_key
from migrate.rewriting.layout import Item, Pair, call, lay
from migrate.rewriting.recorded_calls import RUNS
from migrate.rewriting.signature import task_parameters
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Frame, Work, statements

HANDED_ON = "Hand over what is needed of it."
DIFFERENCE = (
    "the context that is handed on is a TaskContext: the log, run, config, keys, partition and resources "
    "of the task; it raises when it is asked for anything else"
)
HAS = frozenset(
    {
        *("log", "run_id", "job_name", "run_tags", "run_config", "run", "dagster_run", "op", "op_def"),
        *("node_handle", "op_handle", "retry_number", "op_config", "step_context", "op_execution_context"),
        *("get_step_execution_context", "has_partition_key", "partition_key", "partition_keys", "asset_key"),
        *("selected_asset_keys", "has_tag", "get_tag", "add_output_metadata", "add_asset_metadata"),
        *("resources", "job_def", *(f"instance.{name}" for name in RUNS)),
    }
)
"""What a TaskContext can be asked for."""
OF_THE_STEP = frozenset(
    {
        *(
            "asset_partition_key_for_output",
            "asset_partition_key_range_for_output",
            "has_partition_key_range",
        ),
        *("asset_partition_keys_for_output", "asset_partitions_time_window_for_output", "is_subset"),
        *("multi_partition_key", "partition_time_window", "pdb", "selected_output_names", "solid_config"),
    }
)
"""What else Dagster's contexts have and only the step's own code is told."""


def handing_on(work: Work, frame: Frame, produced: Sequence[cst.BaseStatement]) -> list[cst.BaseStatement]:
    """The statements with a context made at the start of the function that hands it on."""
    problem = _problem(work, frame, produced)
    if problem or frame.unit is None:
        what, remedy = problem or _whole(work, frame, produced)
        work.unsupported(frame.function, what, remedy)
        return list(produced)
    frame.differences.append(DIFFERENCE)
    return [_with_context(work, frame, part) for part in produced]


def _problem(work: Work, frame: Frame, produced: Sequence[cst.BaseStatement]) -> tuple[str, str] | None:
    """What stands in the way: who it is handed to, or what is asked of it."""
    visitor = _Abroad(work, frame)
    for part in produced:
        look(part, visitor)
    if visitor.asked:
        name = visitor.asked[0]
        return f"context.{name}", known_remedy(frame, name)
    if visitor.found:
        what = f"`{frame.context}`, handed to {visitor.found[0]}, which is none of the project's functions,"
        return what, HANDED_ON
    asked = uses_of(work.model.project.names, work.file.module, frame.function, frame.context).attributes
    for name, known in without_equal(asked):
        if known and not _own_business(frame, name):
            return f"context.{name}, which a helper asks for,", known
    return None


def without_equal(asked: Set[str]) -> Iterator[tuple[str, str]]:
    """What a TaskContext cannot be asked for, and what to do about it where that is known.

    A name that `getattr` asks for and Dagster's contexts have not is nothing here either.
    """
    for name in sorted(asked - HAS):
        plain = name.removeprefix(PERHAPS)
        known = STEP.get(plain.split(".")[0], HANDED_ON if plain in OF_THE_STEP else "")
        if plain not in HAS and (known or plain == name):
            yield plain, known


def _whole(work: Work, frame: Frame, produced: Sequence[cst.BaseStatement]) -> tuple[str, str]:
    """What a function that is no task asks of its context, where only a part of that is known."""
    visitor = _Abroad(work, frame, frozenset())
    for part in produced:
        look(part, visitor)
    if not visitor.asked:
        return f"`{frame.context}`, handed on or kept,", HANDED_ON
    return f"context.{visitor.asked[0]}", known_remedy(frame, visitor.asked[0])


def known_remedy(frame: Frame, name: str) -> str:
    """What to do about an attribute, by the kind of function that asks for it."""
    path = frame.construct.path if frame.construct else ""
    table = RESOURCE if path in RESOURCES else HOOK if path in HOOKS else STEP
    return table.get(name, HANDED_ON)


def _own_business(frame: Frame, name: str) -> bool:
    """Whether the function itself asks for it, so that another part has judged it."""
    return f"{frame.context}.{name}" in cst.Module([]).code_for_node(frame.function.body)


class _Abroad(cst.CSTVisitor):
    """Calls that hand the context to code that expects Dagster's own, and what it is asked and has not."""

    def __init__(self, work: Work, frame: Frame, has: frozenset[str] = HAS) -> None:
        super().__init__()
        self._work, self._context, self._has = work, frame.context, has
        given = frame.unit.parameters if frame.unit else ()
        self._resources = {p.name: p.annotation for p in given if p.role == "resource"}
        self.found: list[str] = []
        self.asked: list[str] = []

    def visit_Attribute(self, node: cst.Attribute) -> None:
        path = dotted(node).split(".")
        if len(path) == 2 and path[0] == self._context and path[1] not in self._has:
            self.asked.append(path[1])

    def visit_Call(self, node: cst.Call) -> None:
        if not any(isinstance(a.value, cst.Name) and a.value.value == self._context for a in node.args):
            return
        path = dotted(node.func)
        meaning = self._work.scopes.meaning(node.func) if path else None
        root = self._resources.get(path.split(".")[0], "")
        named = root.replace(".", "").isidentifier()
        made = self._work.scopes.dagster(cst.parse_expression(root)) if named else ""
        if isinstance(meaning, External) or made:
            self.found.append(path)


def _with_context(work: Work, frame: Frame, part: cst.BaseStatement) -> cst.BaseStatement:
    if not isinstance(part, cst.FunctionDef) or not used_names(cst.Module([part])).get(frame.context):
        return part
    assert isinstance(part.body, cst.IndentedBlock)
    body = list(part.body.body)
    cut = 1 if has_docstring(body) else 0
    made = statements(f"{frame.context} = {lay(made_context(work, frame), 4, len(frame.context) + 3)}\n")
    return part.with_changes(body=part.body.with_changes(body=[*body[:cut], *made, *body[cut:]]))


def made_context(work: Work, frame: Frame) -> Item:
    """`TaskContext(...)` with what a task knows."""
    unit = frame.unit
    assert unit
    items: list[Item] = [own_key(work, frame, out.key) for out in unit.outs if out.key]
    resources = []
    for parameter in task_parameters(work.model, unit):
        if parameter.source == "partition":
            items.append(f"partition_key={parameter.name}")
        elif parameter.source == "config":
            items.append(f"config={parameter.name}")
        elif parameter.source == "resource":
            resources.append(f'"{parameter.name}": {parameter.name}')
    if resources:
        items.append(Pair("resources", "{" + ", ".join(resources) + "}"))
    return call(work.need("prefect_support.task_context", "TaskContext"), *items)
