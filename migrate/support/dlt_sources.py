"""dlt pipelines: a task whose assets are the resources of a dlt source.

Written by `migrate convert`; yours to edit.

    @dlt_source(github_reactions(), dlt.pipeline("github", destination="duckdb"), tags=["group:github"])
    def github(dlt: DltRunner) -> None:
        dlt.run()

Upstream: https://dlthub.com/docs/general-usage/pipeline
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from threading import Lock
from typing import Any, ParamSpec

from prefect.assets import add_asset_metadata
from pydantic import BaseModel

from .asset_key import Key
from .loaded_assets import Load, LoadedAsset, LoadingTask, loading_task, running
from .validations import run_logger

P = ParamSpec("P")
TOLD = ("first_run", "started_at", "finished_at", "dataset_name", "destination_name", "destination_type")


@dataclass(frozen=True)
class ResourceData:
    """A resource of a source, and the pipeline that loads it."""

    resource: Any
    pipeline: Any

    @property
    def destination(self) -> Any:
        """Where the pipeline loads it to."""
        return self.pipeline.destination if self.pipeline else None


@dataclass
class ResourceNames:
    """What the asset of a resource is called, and needs. Override single methods, or `get_asset_spec`."""

    def get_asset_spec(self, data: ResourceData) -> LoadedAsset:
        """Everything that is said of a resource's asset."""
        return LoadedAsset(
            key=Key(self.get_asset_key(data.resource)),
            deps=tuple(Key(dep) for dep in self.get_deps_asset_keys(data.resource)),
            group_name=self.get_group_name(data.resource),
            description=self.get_description(data.resource),
            owners=tuple(self.get_owners(data.resource) or ()),
            tags=self.get_tags(data.resource) or {},
            kinds=frozenset(self.get_kinds(data.resource, data.destination) or ()),
            metadata=self.get_metadata(data.resource),
        )

    def get_asset_key(self, resource: Any) -> str:
        """The key: `dlt_`, the source's name and the resource's."""
        return Key.of(f"dlt_{resource.source_name}_{resource.name}")

    def get_deps_asset_keys(self, resource: Any) -> Iterable[str]:
        """What it needs: a key of the source's name and that of the resource, or of the one it transforms."""
        pipe = resource._pipe
        while resource.is_transformer and pipe.has_parent:
            pipe = pipe.parent
        return [Key.of(f"{resource.source_name}_{pipe.name if resource.is_transformer else resource.name}")]

    def get_description(self, resource: Any) -> str | None:
        """The docstring of the function that it is made of, if it is one function."""
        steps = resource._pipe.steps
        return steps[0].__doc__ if len(steps) == 1 and callable(steps[0]) else None

    def get_group_name(self, resource: Any) -> str | None:
        """Its group."""
        return None

    def get_owners(self, resource: Any) -> Sequence[str] | None:
        """Its owners."""
        return None

    def get_tags(self, resource: Any) -> Mapping[str, str]:
        """Its tags."""
        return {}

    def get_kinds(self, resource: Any, destination: Any) -> set[str]:
        """Its kinds."""
        return {"dlt", destination.destination_name} if destination else {"dlt"}

    def get_metadata(self, resource: Any) -> Mapping[str, Any]:
        """The table it is loaded into."""
        return {"dagster/table_name": resource.name if callable(resource.table_name) else resource.table_name}


def assets_of(source: Any, pipeline: Any, naming: ResourceNames) -> dict[str, LoadedAsset]:
    """The asset of each selected resource of a source, by the resource's name."""
    selected = source.selected_resources.values()
    return {r.name: naming.get_asset_spec(ResourceData(r, pipeline)) for r in selected}


def dlt_source(
    source: Any, pipeline: Any, *, names: ResourceNames | None = None, **options: Any
) -> Callable[[Callable[P, object]], LoadingTask[P]]:
    """Make a task of a function that calls `DltRunner.run`; one asset for each selected resource.

    `options` are `name`, `tags`, and those of `prefect.task`.
    """
    naming = names or ResourceNames()
    load = Load((source, pipeline), naming, assets_of(source, pipeline, naming))
    return loading_task(load, "dlt", **options)


def alone(pipeline: Any, locks: dict[str, Lock] = {}) -> Lock:  # noqa: B006 (one for all)
    """What one task at a time holds while a pipeline runs."""
    return locks.setdefault(str(pipeline.pipeline_name), Lock())


class DltRunner(BaseModel):
    """Runs the pipeline of the task it is called in, or another one."""

    def run(
        self,
        dlt_source: Any = None,
        dlt_pipeline: Any = None,
        names: ResourceNames | None = None,
        **options: Any,
    ) -> Loaded:
        """Load the source; what is not given is the task's own. `options` are those of `pipeline.run`.

        What the last run left half done on this machine is dropped first; tasks of one pipeline take turns,
        for it works in one folder. Raises what dlt raises, also for jobs that failed; RuntimeError when there
        is no source or no pipeline.
        """
        load = running.get()
        source, pipeline = load.config if load else (None, None)
        own, source, pipeline = source, dlt_source or source, dlt_pipeline or pipeline
        if source is None or pipeline is None:
            raise RuntimeError("give a source and a pipeline, or call it in a task of @dlt_source")
        naming = names or (load.naming if load else ResourceNames())
        same = load is not None and names is None and source is own
        assets = load.assets if load and same else assets_of(source, pipeline, naming)
        with alone(pipeline):
            if pipeline.config.restore_from_destination:
                pipeline.drop()
            else:
                pipeline.drop_pending_packages()
            info = pipeline.run(source, **options)
            counts = pipeline.last_trace.last_normalize_info.row_counts
        info.raise_on_failed_jobs()
        run_logger().info(str(info))
        done = Loaded(pipeline, {str(a.key): _table(source, name, pipeline) for name, a in assets.items()})
        facts = {name: _plain(value) for name, value in info.asdict().items() if name in TOLD}
        for key, table in done.tables.items():
            rows = {"rows_loaded": counts[table]} if counts.get(table) else {}
            add_asset_metadata(key, {**facts, "dagster/table_name": table, **rows})
        return done


@dataclass(frozen=True)
class Loaded:
    """A pipeline that has run, and the table of each asset; ask it for what they hold now."""

    pipeline: Any
    tables: Mapping[str, str]

    def fetch_row_count(self) -> Loaded:
        """Add each table's number of rows to its asset."""
        for key, table in self.tables.items():
            try:
                with (
                    self.pipeline.sql_client() as client,
                    client.execute_query(
                        f"select count(*) from {client.make_qualified_table_name(table)}"
                    ) as cursor,
                ):
                    add_asset_metadata(key, {"dagster/row_count": cursor.fetchone()[0]})
            except Exception as problem:  # what cannot be counted was loaded all the same
                run_logger().warning(f"The rows of {table} could not be counted: {problem}")
        return self


def _table(source: Any, resource: str, pipeline: Any) -> str:
    named = str(source.resources[resource].table_name)
    return str(pipeline.default_schema.naming.normalize_table_identifier(named))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, datetime | tzinfo) else value
