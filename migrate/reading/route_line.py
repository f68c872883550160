"""The one line of ours in a legacy project, `defs = route(defs)`, is no part of what is converted.

See docs/routing.md. It wraps what is deployed and is deleted again: the converter, as Dagster within a dual
run, looks at the project as it is without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

MODULE, FUNCTION = "shims.dagster_proxy", "route"


def without_route(module: cst.Module) -> cst.Module:
    """The same module without the import of `route` and the assignment that wraps a name in it."""
    import libcst as cst
    from libcst.helpers import get_full_name_for_node

    names: set[str] = set()
    kept: list[cst.BaseCompoundStatement | cst.SimpleStatementLine] = []
    for line in module.body:
        small = line.body[0] if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 else None
        if (
            isinstance(small, cst.ImportFrom)
            and small.module is not None
            and get_full_name_for_node(small.module) == MODULE
            and not isinstance(small.names, cst.ImportStar)
        ):
            names |= {alias.evaluated_alias or alias.evaluated_name for alias in small.names}
        elif isinstance(small, cst.Assign) and _wraps(small, names):
            continue
        else:
            kept.append(line)
    return module if len(kept) == len(module.body) else module.with_changes(body=kept)


def _wraps(statement: cst.Assign, names: set[str]) -> bool:
    """Whether it reads `x = route(x)` or `x = route(x, …)`."""
    import libcst as cst

    call, target = statement.value, statement.targets[0].target
    return (
        isinstance(call, cst.Call)
        and isinstance(call.func, cst.Name)
        and call.func.value in names
        and bool(call.args)
        and isinstance(call.args[0].value, cst.Name)
        and isinstance(target, cst.Name)
        and call.args[0].value.value == target.value
    )
