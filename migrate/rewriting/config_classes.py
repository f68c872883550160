"""The class of a step's config, as the flow's file can name it."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import Internal, dotted
from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.rewriting.work import Work


def config_class(work: Work, unit: Unit, annotation: str) -> tuple[str, bool]:
    """The spelled class of a unit's config, imported, and whether all its fields have defaults."""
    module = unit.construct.module
    if unit.config_model:
        return work.own(module, unit.config_model), unit_config_has_defaults(work, unit)
    found = work.model.project.names.resolve(module, annotation)
    if not isinstance(found, Internal):
        return annotation, False
    node = work.model.project.names.modules[found.module].nodes[found.name][-1]
    return work.own(found.module, found.name), isinstance(node, cst.ClassDef) and _has_defaults(node)


def unit_config_has_defaults(work: Work, unit: Unit) -> bool:
    """Whether every field of an op's config schema may be left out."""
    schema = work.model.project.value(unit.construct, "config_schema")
    if schema is None:
        return True
    return isinstance(schema, dict) and all(
        isinstance(v, Called) and (v.get("default_value", 1) is not None or v.get("is_required", 2) is False)
        for v in schema.values()
    )


def _has_defaults(node: cst.ClassDef) -> bool:
    for statement in node.body.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if isinstance(small, cst.AnnAssign):
                    if small.value is None:
                        return False
                    if isinstance(small.value, cst.Call) and dotted(small.value.func).endswith("Field"):
                        names = [a.keyword.value if a.keyword else "default" for a in small.value.args]
                        if not {"default", "default_factory", "default_value"} & set(names):
                            return False
    return True
