"""What the storage class of a resource asks its contexts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.names import Internal
from migrate.reading.storage_uses import asked_by, asked_in
from migrate.reading.values import Called, Decorated
from migrate.rules import rule_for

if TYPE_CHECKING:
    from migrate.model import Model

TABLES = (
    "dagster_duckdb_pandas.DuckDBPandasIOManager",
    "dagster_duckdb_polars.DuckDBPolarsIOManager",
    "dagster_snowflake_pandas.SnowflakePandasIOManager",
)
METADATA = ("metadata", "definition_metadata")
UPSTREAM = tuple(f"upstream_output.{name}" for name in METADATA)
PARTITIONS = ("asset_partitions_def", "asset_partitions_time_window")
OF_TABLES = frozenset({*METADATA, *UPSTREAM, *PARTITIONS})


@dataclass(frozen=True)
class Asks:
    """What a storage class asks for, by the first part of the name or by two."""

    paths: frozenset[str]
    table: bool = False
    unread: bool = False

    def any_of(self, *names: str) -> bool:
        """Whether one of these is asked, or a part of it."""
        return any(p == n or p.startswith(f"{n}.") for p in self.paths for n in names)


def asks(model: Model, key: str) -> Asks:
    """What the storage class of a resource asks; nothing is known of one that is not read."""
    resource = next((r for r in model.every_resource if r.key == key), None)
    path = resource.type_path if resource else ""
    if path in TABLES:
        return Asks(OF_TABLES, True)
    value = resource.value if resource else None
    made = model.project.constructs.get(value.place) if isinstance(value, Decorated) else None
    if made and made.path == "dagster.input_manager" and isinstance(made.node, cst.FunctionDef):
        names, inner = model.project.names, _returned(model, value)
        own = asked_in(names, made.module, made.node)
        return Asks(own | asked_by(names, *inner) if inner else own)
    found = _class(model, path) or (_returned(model, resource.value) if resource else None)
    factory = (
        next((_made_in(model, found[0], f) for f in found[1].body.body if _creates(f)), None)
        if found
        else None
    )
    found = factory or found
    if found is None:
        return Asks(frozenset(), unread=rule_for(path) is None)
    return Asks(asked_by(model.project.names, *found))


def _class(model: Model, path: str) -> tuple[str, cst.ClassDef] | None:
    module, _, name = path.partition(":")
    nodes = model.project.names.modules[module].nodes.get(name, []) if name else []
    return (module, nodes[-1]) if nodes and isinstance(nodes[-1], cst.ClassDef) else None


def _returned(model: Model, value: Any) -> tuple[str, cst.ClassDef] | None:
    """The class that a `@io_manager` function makes, `configured` or not."""
    while isinstance(value, Called) and value.args and isinstance(value.args[0], Decorated | Called):
        value = value.args[0]
    construct = model.project.constructs.get(value.place) if isinstance(value, Decorated) else None
    if construct is None or not isinstance(construct.node, cst.FunctionDef):
        return None
    return _made_in(model, construct.module, construct.node)


def _creates(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.FunctionDef) and node.name.value == "create_io_manager"


def _made_in(model: Model, module: str, function: cst.CSTNode) -> tuple[str, cst.ClassDef] | None:
    """The class that a function makes in what it returns."""
    assert isinstance(function, cst.FunctionDef)
    for statement in function.body.body:
        small = statement.body[-1] if isinstance(statement, cst.SimpleStatementLine) else None
        made = small.value if isinstance(small, cst.Return) else None
        name = made.func.value if isinstance(made, cst.Call) and isinstance(made.func, cst.Name) else ""
        found = model.project.names.resolve(module, name) if name else None
        if isinstance(found, Internal) and not found.rest:
            return _class(model, f"{found.module}:{found.name}")
    return None


def takes_several(model: Model, key: str) -> bool:
    """Whether a storage class reads several partitions in one call: one of the project's, or of tables."""
    resource = next((r for r in model.every_resource if r.key == key), None)
    path = resource.type_path if resource else ""
    return path in TABLES or ":" in path or bool(resource and _returned(model, resource.value))


def resources_asked(model: Model, key: str) -> list[str]:
    """The resources that a storage class asks its contexts for."""
    parts = [p.split(".") for p in sorted(asks(model, key).paths)]
    return [p[1] for p in parts if p[0] == "resources" and len(p) > 1]
