"""The Prefect task that materialises the assets of a dbt project.

Written by `migrate convert`; yours to edit.

    @dbt_models(workforce.manifest_path, tags=["group:dbt"])
    def workforce_models(dbt: DbtProject, partition_key: str) -> DbtInvocation:
        return dbt.cli(["build", "--vars", json.dumps({"year": int(partition_key)})])

The task's assets are the models, seeds and snapshots of the manifest; each is announced with the
upstream of its own model. Verdicts of dbt tests are reported like those of other checks
(validations.py): all in one event, also when dbt fails.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, ParamSpec

from prefect.assets import Asset
from prefect.cache_policies import NO_CACHE
from prefect.context import AssetContext, FlowRunContext
from prefect.events import emit_event
from prefect.tasks import MaterializingTask

from . import validations
from .dbt_artifacts import summarise
from .dbt_graph import DbtGraph, read_graph, selected_of
from .dbt_naming import NodeNames
from .dbt_parts import Selection, part_of, with_keys
from .dbt_project import DbtFailed, DbtInvocation, DbtNode, calls_made
from .dbt_selection import selecting
from .validations import CheckFailed, CheckRecord, CheckSpec, Severity

P = ParamSpec("P")


class DbtModelsTask(MaterializingTask[P, DbtInvocation]):
    """A materialising task that carries the assets, edges and checks of its dbt project."""

    dbt_graph: DbtGraph
    narrowed: Callable[[set[str]], DbtModelsTask[P]]
    selected: Callable[[str, str], set[str]]

    def part(
        self, select: str = "", exclude: str = "", *, keys: Sequence[str] = (), tests: bool = True
    ) -> DbtModelsTask[P]:
        """The same task for a part of what it makes: what dbt's own syntax says, and the assets of `keys`.

        The tests of these assets are run unless `tests` is False, and those that `select` names.
        """
        chosen = self.selected(select, exclude) if select or exclude or not keys else set()
        if not tests:
            chosen -= set(self.dbt_graph.check_of)
        return self.narrowed(chosen | with_keys(self.dbt_graph, keys, tests))

    @property
    def checks(self) -> tuple[CheckSpec, ...]:
        """The dbt tests that belong to an asset."""
        return self.dbt_graph.checks


def dbt_models(
    manifest: Path | str,
    *,
    select: str = "",
    exclude: str = "",
    names: NodeNames | None = None,
    project: Any = None,
    name: str | None = None,
    tags: Iterable[str] = (),
    **task_options: Any,
) -> Callable[[Callable[P, object]], DbtModelsTask[P]]:
    """Make a task of a function that calls `DbtProject.cli`, once or several times.

    `select` and `exclude` say which nodes are this task's assets, in dbt's own syntax; its calls of dbt
    run these. `names` says what a node's asset is called and needs, `project` is handed to it;
    `task_options` are those of `prefect.task`. Raises FileNotFoundError when there is no manifest yet.
    """

    usual = Selection(select, exclude)

    def made(function: Callable[P, object], graph: DbtGraph, selection: Selection) -> DbtModelsTask[P]:
        task: DbtModelsTask[P] = DbtModelsTask(
            fn=_reporting(graph, function, selection),
            assets=[asset.as_asset() for asset in graph.assets],
            materialized_by="dbt",
            name=name or function.__name__,
            tags=set(tags),
            **{"cache_policy": NO_CACHE, **task_options},
        )
        task.dbt_graph = graph
        task.selected = lambda some, less: selected_of(manifest, some, less)
        task.narrowed = lambda chosen: made(function, *part_of(graph, selection, chosen))
        return task

    whole = read_graph(manifest, select=select, exclude=exclude, names=names, project=project)
    return lambda function: made(function, whole, usual)


def _reporting(
    graph: DbtGraph, function: Callable[P, object], selection: Selection
) -> Callable[P, DbtInvocation]:
    """The function with its calls of dbt told to Prefect, also when one of them failed."""

    @functools.wraps(function)
    def reported(*args: P.args, **kwargs: P.kwargs) -> DbtInvocation:
        with calls_made() as calls, selecting(**asdict(selection)):
            try:
                function(*args, **kwargs)
            except DbtFailed:
                report(graph, calls)
                raise
            finally:
                summarise(calls, _partition(function, args, kwargs))
        if not calls:
            raise RuntimeError(f"{function.__name__} made no dbt call: its assets were not built")
        records = report(graph, calls)
        if any(record.stops_downstream for record in records):
            raise CheckFailed(records)
        nodes = tuple(node for call in calls for node in call.nodes)
        return replace(calls[-1], nodes=nodes, checks=records)

    return reported


def report(graph: DbtGraph, calls: Iterable[DbtInvocation]) -> tuple[CheckRecord, ...]:
    """Publish the verdicts of the dbt tests, and announce each asset that was built or failed."""
    finished = [node for call in calls for node in call.nodes]
    records = tuple(
        record for node in finished if (record := _record(graph.check_of.get(node.unique_id), node))
    )
    validations.publish(records)
    _announce(graph, finished)
    return records


def _partition(function: Callable[..., object], args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    given = inspect.signature(function).bind_partial(*args, **kwargs).arguments
    return str(given.get("partition_key", ""))


def _announce(graph: DbtGraph, nodes: Sequence[DbtNode]) -> None:
    """One event an asset, with the upstream of its own model.

    Prefect alone would give every asset of the task the upstream of the whole task, every asset
    downstream of the task all of these as its upstream, and one failed test would fail them all.
    """
    context, flow_run = AssetContext.get(), FlowRunContext.get()
    built = {node.unique_id: node for node in nodes if node.unique_id in graph.key_of}
    if context is None or not built:
        return
    context.downstream_assets.clear()
    if flow_run and context.task_run_id:
        flow_run.task_run_assets.pop(context.task_run_id, None)
    for asset in graph.assets:
        node = built.get(asset.unique_id)
        if node is None or node.status == "skipped":
            continue
        upstream = [context.asset_as_related(Asset(key=key)) for key in asset.deps]
        emit_event(
            f"prefect.asset.materialization.{'failed' if node.failed else 'succeeded'}",
            resource=context.asset_as_resource(asset.as_asset()),
            related=[*upstream, context.related_materialized_by("dbt")],
            payload={"status": node.status, "seconds": node.seconds, "rows": node.rows},
        )


def _record(spec: CheckSpec | None, node: DbtNode) -> CheckRecord | None:
    if spec is None or node.status == "skipped":
        return None
    return CheckRecord(
        asset=spec.asset,
        name=spec.name,
        passed=node.status == "pass",
        severity=(Severity.WARN if node.status == "warn" else Severity.ERROR).value,
        blocking=spec.blocking,
        description=node.message or None,
        metadata={"status": node.status, "seconds": node.seconds, "failures": node.failures},
    )
