"""The deployments that constructs become, and whether the flows they start stand in the target."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from migrate.implicit import BY_HAND, Left
from migrate.model import Model
from migrate.outcomes import Manual, Outcome, Undeployed
from migrate.reading.constructs import Construct
from migrate.rewriting.deployments import Deployment
from migrate.rules import rule_for


def deployments_of(model: Model, outcomes: Mapping[str, Outcome]) -> list[tuple[Construct, Deployment]]:
    """The deployments that constructs become, jobs first, each with its construct."""
    order = {"define_asset_job": 0, "job": 0, "ScheduleDefinition": 1, "schedule": 1, "sensor": 2}
    found: list[tuple[Construct, Deployment]] = []
    stands = {f.described_in: f.path for f in model.project.python.values() if f.described_in}
    for construct in model.project.constructs.values():
        rule = rule_for(construct.path)
        if not rule or not rule.rule.deployments or not model.is_deployed(construct):
            continue
        if isinstance(outcomes.get(construct.place), Manual):
            continue
        found += [(construct, _in_python(d, stands)) for d in rule.rule.deployments(model, construct)]
    return sorted(found, key=lambda item: order.get(item[0].kind, 3))


def without_flows(
    outcomes: Mapping[str, Outcome], left: Sequence[Left], gone: Sequence[Construct]
) -> dict[str, Outcome]:
    """What no flow of the target runs: assets that could not be wired, jobs whose flow was not written."""
    found: dict[str, Outcome] = {
        one.unit.construct.place: Manual(f"no flow runs it: {one.why}", BY_HAND) for one in left
    }
    found.update({construct.place: Manual("its flow was not written", BY_HAND) for construct in gone})
    lasting = (Manual, Undeployed)
    return {
        place: outcome for place, outcome in found.items() if not isinstance(outcomes.get(place), lasting)
    }


def without_entrypoint(
    flowing: Sequence[tuple[Construct, Deployment]], files: Mapping[str, bytes]
) -> list[Construct]:
    """The constructs of deployments whose file has no flow, or variable, of that name at its top."""
    flows_of = lru_cache(lambda path: _flows(files.get(path, b"")))
    places = [(construct, *deployment.entrypoint.rpartition(":")[::2]) for construct, deployment in flowing]
    return [construct for construct, path, name in places if name not in flows_of(path)]


def _flows(code: bytes) -> frozenset[str]:
    """The names of a module's variables and decorated functions; a bare function stands for a refusal."""
    names: set[str] = set()
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.decorator_list:
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(target.id for target in targets if isinstance(target, ast.Name))
    return frozenset(names)


def _in_python(deployment: Deployment, stands: Mapping[str, str]) -> Deployment:
    """The deployment of a flow that YAML describes: it is in the module that stands for the file."""
    file, _, flow = deployment.entrypoint.rpartition(":")
    return replace(deployment, entrypoint=f"{stands.get(file, file)}:{flow}")
