"""Dead resources: keys in the definitions that no function asks for, by parameter, by name or as a store.

A resource that another resource holds is in use; so is whatever is named in a text anywhere in the project.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem
from migrate.lineage.python_sql import Function
from migrate.lineage.subject import Part

DEFAULT = frozenset({"io_manager"})


def _find(facts: Facts) -> Iterator[Evidence]:
    for part in facts.parts:
        used = frozenset(_used(part))
        for key in part.model.resources:
            if key not in used | DEFAULT:
                holder = next((c for c in part.model.definitions if c.argument("resources")), None)
                if holder is not None:
                    yield Evidence(holder.file, holder.line, f"the resource {key} is asked for nowhere")


def _used(part: Part) -> Iterator[str]:
    for module in part.python.modules.values():
        keys = {id(key) for node in ast.walk(module.tree) if isinstance(node, ast.Dict) for key in node.keys}
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                yield from (a.arg for a in [*node.args.args, *node.args.kwonlyargs])
            elif isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys:
                yield node.value


PROBLEM = Problem(
    heading="operations",
    weight="note",
    title="Resources are deployed and asked for nowhere",
    means="Their settings and secrets must be set for nothing; the target gets them too.",
    lifts="Take them out of the definitions before moving.",
    find=_find,
    hours=(0.1, 0.25),
)
