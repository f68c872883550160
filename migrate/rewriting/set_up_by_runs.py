"""The resources that a deciding function sets up by the run config it answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.deployed_resources import Resource
from migrate.reading.names import dotted
from migrate.reading.partitioned_configs import DEFINITIONS
from migrate.reading.values import Decorated
from migrate.reading.walking import look
from migrate.rewriting.launched import launched_class
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.model import Model


DECIDES = (
    "schedule",
    "sensor",
    "asset_sensor",
    "multi_asset_sensor",
    "run_status_sensor",
    "run_failure_sensor",
    *DEFINITIONS,
)
UNSTORED = "io_manager"


def keys_set_up(model: Model) -> frozenset[str]:
    """The keys of resources that some deployed schedule or sensor sets up; worked out once for a model."""
    found: frozenset[str] | None = model.__dict__.get("_keys_set_up")
    if found is None:
        deciding = [
            c for c in model.project.constructs.values() if c.kind in DECIDES and model.is_deployed(c)
        ]
        told = (
            _asked_in(model.project.file_of(c).tree, c.node)
            for c in deciding
            if isinstance(c.node, cst.FunctionDef)
        )
        found = model.__dict__["_keys_set_up"] = frozenset(key for keys in told for key in keys)
    return found


def set_up_by(work: Work, function: cst.FunctionDef) -> list[str]:
    """Keys of resources that flows make themselves, and the run config of this function would set up.

    What it calls of its own module is looked at too. What stores an op's values is none of them where no task
    stores any: a `RunRequest` leaves its config out.
    """
    keys = dict.fromkeys(_asked_in(work.file.tree, function))
    requests = "RunRequest" in used_names(cst.Module([function]))
    left_out = left_out_of_requests(work) if requests else ()
    return [key for key in keys if key not in left_out and not _taken(work, key)]


def left_out_of_requests(work: Work) -> tuple[str, ...]:
    """The keys of a run config's resources that no task of the job has: what stores the values of ops."""
    construct = work.frame.construct if work.frame else None
    if UNSTORED not in keys_set_up(work.model) or construct is None:
        return ()
    job = work.model.job_of(work.model.project.value(construct, "job"))
    return (UNSTORED,) if job and job.construct.kind != "define_asset_job" else ()


def _asked_in(tree: cst.Module, function: cst.FunctionDef) -> list[str]:
    """The keys that a function sets up, or what it calls of its own module does."""
    own = {s.name.value: s for s in tree.body if isinstance(s, cst.FunctionDef)}
    asked, waiting = _Asked(), [function]
    seen = {function.name.value}
    while waiting:
        look(waiting.pop(), asked)
        for name in sorted(asked.named & own.keys() - seen):
            seen.add(name)
            waiting.append(own[name])
    return asked.keys


def _taken(work: Work, key: str) -> bool:
    """Whether flows take the config of a resource as a parameter."""
    found = [r for r in work.model.every_resource if r.key == key]
    return bool(found) and all(is_launched(work, one) or has_schema(work, one) for one in found)


def has_schema(work: Work, resource: Resource) -> bool:
    """Whether it is a `@resource` function with a config schema, as it stands."""
    value = resource.value
    construct = work.model.project.constructs.get(value.place) if isinstance(value, Decorated) else None
    return construct is not None and isinstance(construct.argument("config_schema"), cst.Dict)


def is_launched(work: Work, resource: Resource) -> bool:
    """Whether a run gives a resource of the project's its values: it must, or some schedule does."""
    node: cst.CSTNode | None = resource.node
    if node is None:
        bound = work.model.project.names.modules[resource.module].nodes.get(resource.function, [None])[-1]
        node = bound.value if isinstance(bound, cst.Assign | cst.AnnAssign) else None
    if ":" not in resource.type_path or not isinstance(node, cst.Call):
        return False
    return bool(launched_class(node)) or (resource.key in keys_set_up(work.model) and _plain(node))


def _plain(node: cst.Call) -> bool:
    """Whether it is made by a call of its class with values that have names."""
    named = all(arg.keyword and not arg.star for arg in node.args)
    return named and bool(dotted(node.func)) and not dotted(node.func).endswith(".configured")


class _Asked(cst.CSTVisitor):
    """The keys below `"resources"` in dictionaries, and every name."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.named: set[str] = set()

    def visit_Name(self, node: cst.Name) -> None:
        self.named.add(node.value)

    def visit_DictElement(self, node: cst.DictElement) -> None:
        if isinstance(node.key, cst.SimpleString) and node.key.evaluated_value == "resources":
            self._resources(node.value)

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword and node.keyword.value == "resources":
            self._resources(node.value)

    def _resources(self, value: cst.BaseExpression) -> None:
        for element in value.elements if isinstance(value, cst.Dict) else ():
            key = element.key if isinstance(element, cst.DictElement) else None
            if isinstance(key, cst.SimpleString):
                self.keys.append(str(key.evaluated_value))
