"""Column-level lineage, by sqlglot: which columns a model's column is made of, across dbt, Python and years.

Models are read in the order in which they need each other, so that a `select *` knows its columns. An asset's
columns are those of its one `SELECT`; what pandas adds afterwards only running would tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from migrate.lineage.graph import ColumnEdge, Lineage, Node
from migrate.lineage.sql import parsed
from migrate.lineage.static import tables_of

if TYPE_CHECKING:
    from migrate.lineage.subject import Subject

Origin = tuple[str, str]
"""A table as the SQL names it, and a column of it."""
Columns = dict[str, dict[str, str]]


def with_columns(lineage: Lineage, subject: Subject) -> Lineage:
    """The graph with columns of nodes and the edges between them."""
    tables = tables_of(subject)
    texts = dict(_texts(subject))
    # columns that YAML documents are rarely all there are: only what has no SQL is known by them
    told = {n.id: n.columns for n in lineage.nodes.values() if n.columns}
    known = {key: columns for key, columns in told.items() if key not in texts}
    schema: Columns = {t: dict.fromkeys(known[k], "") for t, k in tables.single() if k in known}
    kinds = {(e.source, e.target): e.kind for e in lineage.edges}
    found: dict[ColumnEdge, None] = {}
    for key in _in_order(lineage, texts):
        columns: dict[str, None] = {}
        for sql, dialect in texts[key]:
            for column, origins in traced(sql, dialect, schema).items():
                columns[column] = None
                for table, name in sorted(origins):
                    source = tables.key_of(table)
                    across = kinds.get((source, key)) == "year"
                    found[ColumnEdge(source, name, key, column, across)] = None
        known[key] = tuple(dict.fromkeys([*columns, *told.get(key, ())]))
        for table in tables.names_of(key):
            schema[table] = dict.fromkeys(known[key], "")
    nodes: Mapping[str, Node] = {
        i: replace(n, columns=known[i]) if i in known else n for i, n in lineage.nodes.items()
    }
    return replace(lineage, nodes=nodes, columns=tuple(c for c in found if c.source in nodes))


def _texts(subject: Subject) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Key → the SQL that makes it, in every rendering, with its dialect."""
    for project in subject.dbt_projects:
        for node in project.nodes.values():
            sql = [(r.sql, project.dialect) for r in node.rendered if r.sql.strip()]
            if sql:
                yield node.key, sql
    for part in subject.parts:
        for unit in part.units:
            module = part.python.modules.get(unit.construct.file)
            name = getattr(getattr(unit.construct.node, "name", None), "value", "")
            function = module.at(name, unit.construct.line) if module and name else None
            if unit.does == "asset" and len(unit.keys) == 1 and module and function:
                reads = [s.text for s in part.python.statements(module, function) if _selects(s.text)]
                if len(reads) == 1:
                    yield unit.keys[0], [(reads[0], "duckdb")]


def _selects(text: str) -> bool:
    trees = parsed(text)
    return bool(trees) and type(trees[0]).__name__ in ("Select", "Union") if trees else False


def _in_order(lineage: Lineage, wanted: Mapping[str, Any]) -> Iterator[str]:
    """The wanted nodes, each after what it needs in the same year."""
    done: set[str] = set()
    for start in wanted:
        stack = [(start, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                if node in wanted:
                    yield node
            elif node not in done:
                done.add(node)
                stack.append((node, True))
                above = lineage.above.get(node, ())
                stack += [(e.source, False) for e in above if e.kind != "year" and e.source not in done]


def traced(sql: str, dialect: str, schema: Columns) -> dict[str, set[Origin]]:
    """The columns a SELECT gives, and what each is made of; empty when it cannot be read."""
    from sqlglot.errors import SqlglotError
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    trees = parsed(sql, dialect) or ()
    found: dict[str, set[Origin]] = {}
    for tree in trees[-1:]:
        try:
            nested = _nested(schema)
            ready = qualify(
                tree.copy(),
                dialect=dialect,
                schema=nested,
                validate_qualify_columns=False,
                quote_identifiers=False,
                identify=False,
            )
            scope = build_scope(ready)
        except (SqlglotError, RecursionError, ValueError, KeyError, AttributeError):
            continue
        if scope is not None:
            memo: dict[tuple[int, str], set[Origin]] = {}
            selects: Any = scope.expression
            for name in selects.named_selects:
                if name and name != "*":
                    found[name.lower()] = _origins(scope, name, memo)
    return found


def _nested(schema: Columns) -> dict[str, Any]:
    """sqlglot wants one depth for all tables: those of a schema are looked up by their last part too."""
    return {table: columns for table, columns in schema.items() if "." not in table and columns}


def _origins(scope: Any, name: str, memo: dict[tuple[int, str], set[Origin]]) -> set[Origin]:
    key = (id(scope), name)
    if key in memo:
        return memo[key]
    memo[key] = set()  # a recursive CTE asks for itself
    # sqlglot 30 calls them so; before, they were the scopes of a union
    parts = getattr(scope, "set_operation_scopes", None) or getattr(scope, "union_scopes", None)
    if parts:
        names = list(scope.expression.named_selects)
        place = names.index(name) if name in names else -1
        for inner in parts:
            selects = inner.expression.named_selects
            if 0 <= place < len(selects):
                memo[key] |= _origins(inner, selects[place], memo)
        return memo[key]
    for projection in scope.expression.selects:
        if projection.alias_or_name == name:
            memo[key] |= _of_expression(projection, scope, memo)
    return memo[key]


def _of_expression(expression: Any, scope: Any, memo: dict[tuple[int, str], set[Origin]]) -> set[Origin]:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope

    found: set[Origin] = set()
    for column in expression.find_all(exp.Column):
        inside = (s for s in [scope, *scope.subquery_scopes] if column.table in s.sources)
        sources = next(inside, scope).sources
        # of a table whose columns are not known, sqlglot does not say so: one source leaves no doubt
        only = next(iter(sources.values())) if len(sources) == 1 and not column.table else None
        source = sources.get(column.table, only)
        if isinstance(source, Scope):
            found |= _origins(source, column.name, memo)
        elif isinstance(source, exp.Table):
            table = ".".join(p for p in (source.db, source.name) if p).lower()
            found.add((table, column.name.lower()))
    return found
