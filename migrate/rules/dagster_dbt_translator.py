"""`DagsterDbtTranslator` → a plain class: its methods say the key and the group of a dbt node.

`get_asset_key` and `get_group_name` are handed to `@dbt_models`; other methods stay, and nobody calls them.
A class with `get_asset_spec` is refused, and so are the dbt assets it speaks for: keys would be lost.

Upstream: https://docs.getdbt.com/reference/artifacts/manifest-json
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Converted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.names import Internal, dotted
from migrate.reading.scope import Scope
from migrate.reading.values import Called
from migrate.rewriting.classes import rebased
from migrate.rewriting.refusals import refused_class
from migrate.rewriting.work import Work
from migrate.rules import Rule

UNREAD_SPEC = "its get_asset_spec makes keys that the target would not have"
READ_BY_TARGET = {"get_asset_key", "get_group_name"}


def methods_of(work: Work, node: cst.BaseExpression) -> set[str] | None:
    """The methods of the translator that an expression makes or names, inherited ones of the project too.

    None when reading cannot tell its class; empty for Dagster's own.
    """
    found = work.internal(node.func if isinstance(node, cst.Call) else node)
    if found is not None and isinstance(_definition(work, found.module, found.name), cst.ClassDef):
        return _methods(work, found.module, found.name)
    value = work.model.project.evaluator.value(node, Scope(work.file.module, {}))
    if value is None:
        return set()
    module, _, name = value.name.rpartition(":") if isinstance(value, Called) else ("", "", "")
    if module:
        return _methods(work, module, name)
    dagsters = isinstance(value, Called) and value.name.endswith(".DagsterDbtTranslator")
    return set() if dagsters else None


def _definition(work: Work, module: str, name: str) -> cst.CSTNode | None:
    nodes = work.model.project.names.modules[module].nodes.get(name, ())
    return nodes[-1] if nodes else None


def _methods(work: Work, module: str, name: str) -> set[str]:
    definition = _definition(work, module, name)
    if not isinstance(definition, cst.ClassDef):
        return set()
    own = {s.name.value for s in definition.body.body if isinstance(s, cst.FunctionDef)}
    for base in definition.bases:
        path = dotted(base.value)
        meaning = work.model.project.names.resolve(module, path) if path else None
        if isinstance(meaning, Internal) and not meaning.rest:
            own |= _methods(work, meaning.module, meaning.name)
    return own


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class without its base."""
    methods = {s.name.value for s in updated.body.body if isinstance(s, cst.FunctionDef)}
    if "get_asset_spec" in methods:
        outcome = Manual(UNREAD_SPEC, "Write get_asset_key and get_group_name instead, and convert again.")
        return [refused_class(work, construct, updated, outcome)]
    unread = sorted(m for m in methods - READ_BY_TARGET if m.startswith("get_"))
    if unread:
        work.done(construct, Adapted(f"Prefect has no place for what {', '.join(unread)} says"))
    else:
        work.done(construct, Converted())
    return [rebased(work, updated, ())]


RULE = Rule(("dagster_dbt.DagsterDbtTranslator",), "base", class_=class_)
