"""`ConfigurableIOManager`, `IOManager`, `InputManager`, `UPathIOManager` → a class for `store` and `load`.

Paths stay. The contexts of input and output are one `IOContext`; tasks hand over what the class
asks of metadata, partitions, types, config and resources. A class that asks for what has no equal, as
Dagster's instance or an output's own config, is refused. A `ConfigurableIOManagerFactory` stores through
what its `create_io_manager` makes.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.storage_uses import asked_by, descends
from migrate.rewriting.classes import rebased
from migrate.rewriting.context_remedies import STORAGE, remedy, without_equal
from migrate.rewriting.life_cycles import life_cycle
from migrate.rewriting.optional_fields import with_defaults
from migrate.rewriting.refusals import refused_class
from migrate.rewriting.work import Work
from migrate.rules import Rule

FACTORY, UPATH = "ConfigurableIOManagerFactory", "dagster.UPathIOManager"
BASES = {
    "dagster.ConfigurableIOManager": ("pydantic", "BaseModel"),
    f"dagster.{FACTORY}": ("prefect_support.storage_factory", "StorageFactory"),
    UPATH: ("prefect_support.upath_files", "UPathFiles"),
}
FILES = "; install universal-pathlib, which came with Dagster"


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class with the target's bases in the place of Dagster's."""
    problem = _unknown(work, construct)
    if problem:
        return [refused_class(work, construct, updated, problem)]
    bases = _bases(work, construct)
    outcome = "called at the task's edge; nothing stores a value behind the scenes"
    work.done(construct, Adapted(f"{outcome}{FILES if _of_files(work, construct) else ''}"))
    if construct.kind == FACTORY:
        body = [life_cycle(work, construct, updated, part) for part in updated.body.body]
        updated = updated.with_changes(body=updated.body.with_changes(body=body))
    if construct.kind.startswith("Configurable"):
        updated = with_defaults(work, construct.node, updated)
    return [rebased(work, updated, bases)]


def _bases(work: Work, construct: Construct) -> list[str]:
    """What stands in the place of Dagster's bases, in their order."""
    assert isinstance(construct.node, cst.ClassDef)
    found = []
    for base in construct.node.bases:
        replaced = BASES.get(work.scopes.dagster(base.value))
        name = work.need(*replaced) if replaced else ""
        found += [name] if name and name not in found else []
    return found


def _of_files(work: Work, construct: Construct) -> bool:
    names, node = work.model.project.names, construct.node
    return isinstance(node, cst.ClassDef) and descends(names, construct.module, node, UPATH)


def _unknown(work: Work, construct: Construct) -> Manual | None:
    """What the class asks its contexts for that an `IOContext` has not."""
    assert isinstance(construct.node, cst.ClassDef)
    for path in sorted(asked_by(work.model.project.names, construct.module, construct.node, inherited=False)):
        name = without_equal(path)
        if name:
            return Manual(f"context.{path} has no counterpart", remedy(STORAGE, name))
    return None


RULE = Rule(
    (
        *("dagster.ConfigurableIOManager", "dagster.ConfigurableIOManagerFactory"),
        *("dagster.IOManager", "dagster.InputManager", UPATH),
    ),
    "base",
    class_=class_,
)
