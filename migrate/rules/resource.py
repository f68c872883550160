"""`@resource`, `@io_manager` → a function whose parameters are the fields of its config.

`.configured({...})` calls it with these fields. One that yields is a context manager, opened by the flow
and closed when the flow ends. A resource that it needs itself is made by calling its function.

Upstream: https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.functions import rebuild
from migrate.rewriting.schemas import fields_of, unchecked
from migrate.rewriting.work import Work
from migrate.rules import Rule

STORED = "called at the task's edge; nothing stores a value behind the scenes"


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function with its config as parameters."""
    frame = work.frame
    assert frame is not None
    parameters = fields_of(work, construct)
    returns = work.text(updated.returns.annotation) if updated.returns else ""
    bare = updated.with_changes(decorators=updated.decorators[1:])
    decorator = ""
    if frame.yields:
        decorator = work.need("contextlib", "contextmanager")
        if not returns:
            returns = f"{work.need('collections.abc', 'Iterator')}[{work.need('typing', 'Any')}]"
    work.done(construct, Adapted(STORED) if construct.kind == "io_manager" else Converted())
    frame.differences += unchecked(work, construct)
    done = rebuild(updated if decorator else bare, decorator, parameters, returns)
    return [done]


RULE = Rule(
    ("dagster.resource", "dagster.io_manager"),
    "decorator",
    frozenset({"0", "config_schema", "description", "required_resource_keys"}),
    function=function,
)
