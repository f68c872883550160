"""The tags that say of a task what Dagster says of an asset: its group, kinds, tags and pool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.component_methods import atom
from migrate.reading.constructs import Construct
from migrate.reading.environment import is_text
from migrate.reading.values import flat
from migrate.rewriting.keys import changing_group
from migrate.rewriting.layout import Item, quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.model import Model


def group_tags(
    model: Model, work: Work, construct: Construct, scope: Mapping[str, Any], group: str
) -> list[Item]:
    """The tags that carry group, kinds and tags."""
    changing = changing_group(model, construct)
    found = [f"group:{group}"] if group and changing is None else []
    compute = model.project.value(construct, "compute_kind", None, scope)
    kinds = model.project.value(construct, "kinds", None, scope)
    told = [compute] if isinstance(compute, str) else sorted(k for k in flat(kinds) if isinstance(k, str))
    found += [f"kind:{kind}" for kind in told]
    for name in ("tags", "op_tags"):
        tags = model.project.value(construct, name, None, scope)
        if isinstance(tags, dict):
            found += [f"{k}:{v}" if v else str(k) for k, v in tags.items() if isinstance(v, str | int)]
    pool = model.project.value(construct, "pool", None, scope)
    found += [f"pool:{pool}"] if isinstance(pool, str) else []
    first = [] if group and changing is None else _group_then(work, construct, changing)
    return [*first, *(quoted(tag) for tag in found)]


def _group_then(work: Work, construct: Construct, changing: cst.BaseExpression | None) -> list[Item]:
    """The group as an expression: another in each call, or what the code finds when it is imported."""
    node = changing or construct.argument("group_name")
    if node is None or (changing is None and (construct.within or not is_text(node))):
        return []
    return [f'"group:" + {cst.Module([]).code_for_node(atom(cst.parse_expression(rewritten(work, node))))}']
