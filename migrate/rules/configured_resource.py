"""`resource.configured({...})` → a call of its function with these fields.

A library's own (`duckdb_pandas_io_manager`, `snowflake_pandas_io_manager`, `dbt_cli_resource`,
`pyspark_resource`, `fs_io_manager`) is read as the class that took its place.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst
import libcst.matchers as m

from migrate.outcomes import Converted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.scope import Scope
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.resources import factory_statement
from migrate.rewriting.work import Work, led
from migrate.rules import Rule

HAND = ("its config is no dictionary of plain names", "Call the function with the fields it wants.")


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The call, with the dictionary's entries as arguments."""
    if not isinstance(updated, cst.Call) or not isinstance(updated.func, cst.Attribute) or not updated.args:
        return None
    given = updated.args[0].value
    if isinstance(original, cst.Call) and _is_told(work, original.args[0].value):
        work.done_at(original, Converted())
        return cst.Call(updated.func.value, [cst.Arg(given, star="**")])
    args = []
    for element in given.elements if isinstance(given, cst.Dict) else ():
        key = element.key if isinstance(element, cst.DictElement) else None
        name = str(key.evaluated_value) if isinstance(key, cst.SimpleString) else ""
        if not name.isidentifier():
            work.done_at(original, Manual(*HAND))
            return None
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        args.append(cst.Arg(_plain(work, element.value), keyword=cst.Name(name), equal=equal))
    if not isinstance(given, cst.Dict):
        work.done_at(original, Manual(*HAND))
        return None
    work.done_at(original, Converted())
    return cst.Call(updated.func.value, args)


def _is_told(work: Work, given: cst.BaseExpression) -> bool:
    """Whether a config that stands elsewhere is a dictionary of plain names, without `{"env": …}`."""
    if isinstance(given, cst.Dict):
        return False
    value = work.model.project.evaluator.value(given, Scope(work.file.module, {}))
    if not isinstance(value, dict) or not value:
        return False
    plain = all(isinstance(key, str) and key.isidentifier() for key in value)
    return plain and not _asks_the_environment(value)


def _asks_the_environment(value: object) -> bool:
    """Whether `{"env": "NAME"}` stands anywhere in a config."""
    if isinstance(value, dict):
        return set(value) == {"env"} or any(_asks_the_environment(worth) for worth in value.values())
    return isinstance(value, list) and any(_asks_the_environment(worth) for worth in value)


def _plain(work: Work, node: cst.BaseExpression) -> cst.BaseExpression:
    """`{"env": "NAME"}` is a variable of the environment."""
    if isinstance(node, cst.Dict) and len(node.elements) == 1:
        only = node.elements[0]
        key = only.key if isinstance(only, cst.DictElement) else None
        if isinstance(key, cst.SimpleString) and key.evaluated_value == "env":
            work.need("os")
            return cst.parse_expression(f"os.environ[{work.text(only.value)}]")
    return node


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """A resource in a variable is a function that makes it."""
    small = updated.body[0]
    assert isinstance(construct.node, cst.Call)
    value = small.value if isinstance(small, cst.Assign | cst.AnnAssign) else None
    untouched = isinstance(value, cst.Call) and m.matches(value.func, m.Attribute(attr=m.Name("configured")))
    if value is None or untouched:
        return refused_statement(work, construct, updated, Manual(*HAND))
    return factory_statement(work, updated) or led([updated], updated.leading_lines)


RULE = Rule(
    ("dagster.ResourceDefinition.configured",),
    "call",
    frozenset({"0", "config_or_config_fn", "name", "description"}),
    statement=statement,
    expression=expression,
)
