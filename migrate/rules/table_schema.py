"""`TableSchema`, `TableColumn`, `TableRecord`, `TableColumnLineage` → plain dictionaries in the metadata.

Prefect's asset metadata is JSON; the names inside are Dagster's.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule

PLACES = {
    "TableSchema": ("columns", "constraints"),
    "TableColumn": ("name", "type", "description", "constraints", "tags"),
    "TableConstraints": ("other",),
    "TableColumnConstraints": ("nullable", "unique", "other"),
    "TableColumnDep": ("asset_key", "column_name"),
}
INNER = {"TableRecord": "data", "TableColumnLineage": "deps_by_column"}


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The dictionary of a call; the bare name, in an annotation, is `dict`."""
    kind = path.rpartition(".")[2]
    if not isinstance(updated, cst.Call):
        return parsed(f"dict[str, {work.need('typing', 'Any')}]")
    if any(argument.star for argument in updated.args):
        return None
    if kind == "from_name_type_dict":
        return _of_types(work, updated)
    if kind in INNER:
        return updated.args[0].value if updated.args else parsed("{}")
    given = zip(PLACES[kind], updated.args, strict=False)
    pairs = [(a.keyword.value if a.keyword else name, work.text(a.value)) for name, a in given]
    if kind == "TableColumn" and not {"type"} & {name for name, _ in pairs}:
        pairs.append(("type", '"string"'))
    return parsed("{" + ", ".join(f'"{name}": {value}' for name, value in pairs) + "}")


def _of_types(work: Work, call: cst.Call) -> cst.BaseExpression:
    """`TableSchema.from_name_type_dict({...})`: a column for every pair."""
    types = work.text(call.args[0].value)
    return parsed(f'{{"columns": [{{"name": name, "type": kind}} for name, kind in {types}.items()]}}')


RULE = Rule(tuple(f"dagster.{name}" for name in (*PLACES, *INNER)), "value", expression=expression)
