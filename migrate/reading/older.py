"""Older spellings of Dagster's libraries, written as the newer ones that took their place.

`dbt_cli_resource.configured({...})` is `DbtCliResource(...)`, and what `load_assets_from_dbt_project` made
is a function with `@dbt_assets`. That is how the libraries came to define the older ones themselves; rules
then need to know the newer ones only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import libcst as cst

from migrate.reading.dbt_schedules import MAKER, schedule_of
from migrate.reading.lines import code_of, lines_of
from migrate.reading.names import ModuleNames, canonical, collected, dotted
from migrate.reading.older_dbt import LOADERS, assets_of
from migrate.reading.walking import rewritten_tree

SNOWFLAKE = "dagster_snowflake_pandas.SnowflakePandasIOManager"
CLASSES = {
    "dagster_airbyte.airbyte_resource": "dagster_airbyte.AirbyteResource",
    "dagster_aws.s3_pickle_io_manager": "dagster_aws.S3PickleIOManager",
    "dagster_aws.s3_resource": "dagster_aws.S3Resource",
    "dagster_gcp.gcs_pickle_io_manager": "dagster_gcp.GCSPickleIOManager",
    "dagster_gcp.gcs_resource": "dagster_gcp.GCSResource",
    "dagster.fs_io_manager": "dagster.FilesystemIOManager",
    "dagster_dbt.dbt_cli_resource": "dagster_dbt.DbtCliResource",
    "dagster_duckdb_pandas.duckdb_pandas_io_manager": "dagster_duckdb_pandas.DuckDBPandasIOManager",
    "dagster_duckdb_polars.duckdb_polars_io_manager": "dagster_duckdb_polars.DuckDBPolarsIOManager",
    "dagster_pyspark.pyspark_resource": "dagster_pyspark.PySparkResource",
    "dagster_msteams.msteams_resource": "dagster_msteams.MSTeamsResource",
    "dagster_snowflake.snowflake_resource": "dagster_snowflake.SnowflakeResource",
    "dagster_snowflake_pandas.snowflake_pandas_io_manager": SNOWFLAKE,
}
"""A resource of the older kind, and the class that takes the same config by the same names."""
CLIENTS = {
    "dagster_aws.S3PickleIOManager": ("s3_resource", "dagster_aws.S3Resource", "s3_resource"),
    "dagster_gcp.GCSPickleIOManager": ("gcs", "dagster_gcp.GCSResource", "gcs_resource"),
}
"""A class that is given its client, the client's class, and the older resource it took the client from."""
BARE = {
    name: CLASSES[name]
    for name in (
        *("dagster.fs_io_manager", "dagster_aws.s3_resource", "dagster_gcp.gcs_resource"),
        "dagster_pyspark.pyspark_resource",
    )
}
"""What needs no config, and is named as it is."""
ITSELF = ("dagster_aws.s3_resource", "dagster_gcp.gcs_resource")
CONFIGURED = re.compile(r"(\w+)\.configured\(")
RENAMED = {"spark_conf": "spark_config"}
Lines = dict[int, int]
Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


def modernised(
    tree: cst.Module, module: str, package: bool, lines: Callable[[], Lines]
) -> tuple[cst.Module, Lines]:
    """The module with newer spellings, and the line of each of its nodes; no lines when nothing changed.

    Args:
        tree: the module.
        module: its dotted name.
        package: whether it is an `__init__`.
        lines: gives `id` of a node → its line, for the module as it is.
    """
    names = collected(tree, module, package)
    if not any(canonical(target) in OLDER for target in names.imports.values()):
        return tree, {}
    before = code_of(tree)
    newer = _Newer(names, lines(), frozenset(CONFIGURED.findall(before)))
    fresh = rewritten_tree(tree, newer)
    if fresh is tree and not newer.replaced:
        return tree, {}
    body: list[Any] = []
    for statement in fresh.body:
        body += newer.replaced.get(id(statement), [statement])
    body = _without_unused(body, before)
    cut = next((place for place, statement in enumerate(body) if not _is_heading(statement)), 0)
    needed = [cst.parse_statement(line) for line in sorted(newer.imports)]
    return fresh.with_changes(body=[*body[:cut], *needed, *body[cut:]]), newer.lines


def _without_unused(body: list[Any], before: str) -> list[Any]:
    """The statements without imports of whole modules that only the older spellings used."""
    after = code_of(cst.Module(body))

    def unused(statement: cst.CSTNode) -> bool:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        if not isinstance(small, cst.Import) or len(small.names) > 1 or small.names[0].asname:
            return False
        asked = re.compile(rf"\b{re.escape(dotted(small.names[0].name))}\.")
        return bool(asked.search(before)) and not asked.search(after)

    return [statement for statement in body if not unused(statement)]


MADE = (*CLASSES, *LOADERS, MAKER)
OLDER = frozenset({*MADE, *(path.split(".")[0] for path in MADE)})


def _is_heading(statement: cst.CSTNode) -> bool:
    """A docstring, or an import from `__future__`: nothing may stand before those."""
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if isinstance(small, cst.ImportFrom):
        return dotted(small.module) == "__future__"
    return isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)


class _Newer(cst.CSTTransformer):
    """Rewrites, and keeps the line of what it builds anew.

    `replaced` holds, by the `id` of a statement, what stands in its place.
    """

    def __init__(self, names: ModuleNames, lines: Lines, configured: frozenset[str]) -> None:
        super().__init__()
        self._configured = configured
        self._names, self.lines = names, lines
        self.imports: set[str] = set()
        self.replaced: dict[int, list[Statement]] = {}
        self._taken = {*names.imports, *names.nodes}
        self._top = [True]

    def _leave(self, original: Any, updated: Any) -> Any:
        if id(original) in self.lines:
            self.lines[id(updated)] = self.lines[id(original)]
        return updated

    leave_Arg: Any = _leave
    leave_Assign: Any = _leave
    leave_AnnAssign: Any = _leave
    leave_Dict: Any = _leave

    def leave_DictElement(self, original_node: cst.DictElement, updated_node: cst.DictElement) -> Any:
        """LibCST calls this on the way out: a resource that needs no config is named as it is."""
        path = self._path(updated_node.value)
        newer = BARE.get(path, "")
        if not newer:
            return updated_node
        made = cst.Call(cst.Name(self._imported(newer)))
        told = (self.lines.get(id(n), 0) for n in (original_node.value, original_node.key, original_node))
        self.lines[id(made)] = next(filter(None, told), 1)
        made = _client_of(path, made)
        return updated_node.with_changes(value=made)

    leave_List: Any = _leave

    def _enter(self, node: cst.CSTNode) -> None:
        self._top.append(False)

    visit_FunctionDef: Any = _enter
    visit_ClassDef: Any = _enter
    visit_IndentedBlock: Any = _enter

    def _exit(self, original: Any, updated: Any) -> Any:
        self._top.pop()
        return self._leave(original, updated)

    leave_FunctionDef: Any = _exit
    leave_ClassDef: Any = _exit
    leave_IndentedBlock: Any = _exit

    def _path(self, node: cst.BaseExpression) -> str:
        first, _, rest = dotted(node).partition(".")
        target = self._names.imports.get(first, "")
        return canonical(f"{target}.{rest}" if rest else target) if target else ""

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        made = self._made(updated_node)
        self._leave(original_node, made)
        if self._path(updated_node.func) == MAKER:
            for node in lines_of(cst.Module([cst.SimpleStatementLine([cst.Expr(made)])])):
                self.lines.setdefault(node, self.lines.get(id(original_node), 1))
        within = [made.func.value] if isinstance(made.func, cst.Attribute) else []
        for inner in (*within, *(arg.value for arg in made.args)):
            if isinstance(inner, cst.Call):
                self.lines.setdefault(id(inner), self.lines.get(id(original_node), 1))
        return made

    def _made(self, call: cst.Call) -> cst.Call:
        func = call.func
        if self._path(func) == MAKER:
            return schedule_of(call, self._imported) or call
        if not isinstance(func, cst.Attribute) or func.attr.value != "configured" or len(call.args) != 1:
            return call
        newer = CLASSES.get(self._path(func.value), "")
        args = _fields(_laid_out(call.args[0].value, self._names), self._env) if newer else None
        if args is None or (newer in CLIENTS and CLIENTS[newer][2] in self._configured):
            return call
        made = cst.Call(cst.Name(self._imported(newer)), [*self._client(newer), *args])
        return _client_of(self._path(func.value), made)

    def _client(self, newer: str) -> list[cst.Arg]:
        """The client as the older resource made it, which had no config here."""
        if newer not in CLIENTS:
            return []
        name, path, _ = CLIENTS[newer]
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        return [cst.Arg(cst.Call(cst.Name(self._imported(path))), keyword=cst.Name(name), equal=equal)]

    def _env(self, name: cst.BaseExpression) -> cst.BaseExpression:
        return cst.Call(cst.Name(self._imported("dagster.EnvVar")), [cst.Arg(name)])

    def _imported(self, path: str) -> str:
        module, _, name = path.rpartition(".")
        there = [bound for bound, target in self._names.imports.items() if canonical(target) == path]
        if there:
            return there[0]
        spelled = (
            name if name not in self._names.imports and name not in self._names.nodes else f"Newer{name}"
        )
        self.imports.add(f"from {module} import {name}" + (f" as {spelled}" if spelled != name else ""))
        return spelled

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine:
        """LibCST calls this on the way out."""
        self._leave(original_node, updated_node)
        small = updated_node.body[0]
        value = small.value if isinstance(small, cst.Assign) else None
        loader = self._path(value.func) if isinstance(value, cst.Call) and self._top == [True] else ""
        if loader not in LOADERS or not isinstance(small, cst.Assign) or not isinstance(value, cst.Call):
            return updated_node
        target = dotted(small.targets[0].target)
        made = assets_of(loader, value, target, self._taken, self._imported)
        if made:
            self._taken |= {
                statement.name.value for statement in made if isinstance(statement, cst.FunctionDef)
            }
            line = self.lines.get(id(original_node), 1)
            self.lines.update(dict.fromkeys(lines_of(cst.Module(made)), line))
            made[0] = made[0].with_changes(leading_lines=updated_node.leading_lines)
            self.lines[id(made[0])] = line
            self.replaced[id(updated_node)] = made
        return updated_node


def _laid_out(given: cst.BaseExpression, names: ModuleNames) -> cst.BaseExpression:
    """A dictionary with what stands in `**settings` in its place, where the module says it once."""
    if not isinstance(given, cst.Dict):
        return given
    found: dict[str, cst.BaseDictElement] = {}
    for element in given.elements:
        bound = names.nodes.get(dotted(element.value), ()) if not hasattr(element, "key") else ()
        inner = bound[0].value if len(bound) == 1 and isinstance(bound[0], cst.Assign) else None
        for part in inner.elements if isinstance(inner, cst.Dict) else [element]:
            key = part.key if isinstance(part, cst.DictElement) else None
            name = str(key.evaluated_value) if isinstance(key, cst.SimpleString) else f"?{len(found)}"
            found[name] = part
    return given.with_changes(elements=list(found.values()))


def _client_of(older: str, made: cst.Call) -> cst.Call:
    """The older resources of S3 and GCS were the client itself."""
    return cst.Call(cst.Attribute(made, cst.Name("get_client"))) if older in ITSELF else made


def _fields(
    given: cst.BaseExpression, env: Callable[[cst.BaseExpression], cst.BaseExpression]
) -> list[cst.Arg] | None:
    """A config's entries as arguments; what is no dictionary written out is handed over with `**`."""
    if isinstance(given, cst.Name | cst.Attribute):
        return [cst.Arg(given, star="**")]
    args: list[cst.Arg] = []
    for element in given.elements if isinstance(given, cst.Dict) else ():
        key = element.key if isinstance(element, cst.DictElement) else None
        name = str(key.evaluated_value).replace("-", "_") if isinstance(key, cst.SimpleString) else ""
        if not name.isidentifier():
            return None
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        value = _from_environment(element.value, env)
        args.append(cst.Arg(value, keyword=cst.Name(RENAMED.get(name, name)), equal=equal))
    return args or None


def _from_environment(
    value: cst.BaseExpression, env: Callable[[cst.BaseExpression], cst.BaseExpression]
) -> cst.BaseExpression:
    """`{"env": "NAME"}` is a variable of the environment."""
    only = value.elements[0] if isinstance(value, cst.Dict) and len(value.elements) == 1 else None
    key = only.key if isinstance(only, cst.DictElement) else None
    if only is not None and isinstance(key, cst.SimpleString) and key.evaluated_value == "env":
        return env(only.value)
    return value
