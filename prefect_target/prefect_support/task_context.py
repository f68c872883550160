"""What a task hands to functions that expect a context: the facts of its run, under the names they had.

Written by `migrate convert`; yours to edit.

    context = TaskContext("asset://orders", partition_key=partition_key)
    helper(context)      # asks for context.log, context.run_id, ...

Upstream: https://docs.prefect.io/v3/concepts/runtime-context
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextvars import copy_context
from types import SimpleNamespace
from typing import Any

from prefect.artifacts import create_table_artifact
from prefect.assets import add_asset_metadata
from prefect.runtime import flow_run, task_run

from .io import AssetPath, path_of
from .run_facts import run_tags
from .run_history import RunHistory
from .validations import plain, run_logger


class NoCounterpart(NotImplementedError, AttributeError):
    """What Prefect has not; for `getattr` and `hasattr` an attribute that is not there."""


class TaskContext:
    """The running task, as functions that it calls may ask for it.

    Args:
        keys: the assets it makes, as `asset://` and their path.
        partition_key: the partition it makes, if it has partitions.
        config: its config, a Pydantic model or a dictionary.
        resources: its resources by name.
    """

    def __init__(
        self,
        *keys: str,
        partition_key: str | None = None,
        config: Any = None,
        resources: Mapping[str, Any] | None = None,
    ) -> None:
        self._around = copy_context()
        self._keys = keys
        self._partition_key = partition_key
        self._config = config
        self.resources = SimpleNamespace(**(resources or {}))

    def __getattr__(self, name: str) -> Any:
        raise NoCounterpart(f"context.{name} has no counterpart in Prefect: hand over what is needed")

    @property
    def log(self) -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
        """The run's logger, in whatever thread it is asked for."""
        return self._around.copy().run(run_logger)

    @property
    def run_id(self) -> str:
        """The flow run's id."""
        return str(self._around.copy().run(lambda: flow_run.id))

    @property
    def job_name(self) -> str:
        """The flow's name."""
        return str(self._around.copy().run(lambda: flow_run.flow_name))

    @property
    def run_tags(self) -> dict[str, str]:
        """The flow run's tags."""
        return self._around.copy().run(run_tags)

    @property
    def run_config(self) -> dict[str, Any]:
        """The flow run's parameters."""
        return dict(self._around.copy().run(lambda: flow_run.parameters) or {})

    @property
    def run(self) -> SimpleNamespace:
        """The flow run's facts under one name; Prefect tries a run again under the same id."""
        return SimpleNamespace(
            run_id=self.run_id,
            job_name=self.job_name,
            tags=self.run_tags,
            run_config=self.run_config,
            root_run_id=None,
            parent_run_id=None,
            is_resume_retry=False,
        )

    dagster_run = run

    @property
    def op(self) -> SimpleNamespace:
        """The task's name."""
        return SimpleNamespace(name=str(self._around.copy().run(lambda: task_run.task_name)))

    op_def = node_handle = op_handle = op

    @property
    def job_def(self) -> SimpleNamespace:
        """The flow's name."""
        return SimpleNamespace(name=self.job_name)

    @property
    def retry_number(self) -> int:
        """How often the task has been tried before."""
        return int(task_run.run_count) - 1

    @property
    def op_config(self) -> Any:
        """The config as a dictionary."""
        return self._config.model_dump() if hasattr(self._config, "model_dump") else self._config

    @property
    def instance(self) -> RunHistory:
        """What is known of runs."""
        return RunHistory()

    @property
    def step_context(self) -> TaskContext:
        """The same: there is one context."""
        return self

    op_execution_context = step_context

    def get_step_execution_context(self) -> TaskContext:
        """The same: there is one context."""
        return self

    @property
    def has_partition_key(self) -> bool:
        """Whether the task makes one partition."""
        return self._partition_key is not None

    @property
    def partition_key(self) -> str:
        """The partition the task makes."""
        if self._partition_key is None:
            raise RuntimeError("this run has no partition")
        return self._partition_key

    @property
    def partition_keys(self) -> list[str]:
        """The partition the task makes, as a list."""
        return [self.partition_key]

    @property
    def asset_key(self) -> AssetPath:
        """The asset the task makes."""
        if len(self._keys) != 1:
            raise RuntimeError(f"the task makes {len(self._keys)} assets")
        return path_of(self._keys[0])

    @property
    def selected_asset_keys(self) -> set[AssetPath]:
        """The assets the task makes."""
        return {path_of(key) for key in self._keys}

    def has_tag(self, key: str) -> bool:
        """Whether the run has a tag of this name."""
        return key in self.run_tags

    def get_tag(self, key: str) -> str | None:
        """The run's tag of this name."""
        return self.run_tags.get(key)

    def add_output_metadata(self, metadata: Mapping[str, Any], output_name: str | None = None) -> None:
        """Say something of what the task made: of its asset, or in an artifact."""
        if self._keys:
            self.add_asset_metadata(metadata, output_name)
        else:
            key = str(task_run.task_name).replace("_", "-").lower()
            create_table_artifact([plain(dict(metadata))], key=key)

    def add_asset_metadata(self, metadata: Mapping[str, Any], asset_key: object = None) -> None:
        """Say something of one of the assets the task makes: of the first, unless one is named."""
        wanted = str(asset_key).rpartition("/")[2] if asset_key is not None else ""
        key = next((k for k in self._keys if k.rpartition("/")[2] == wanted), self._keys[0])
        add_asset_metadata(key, plain(dict(metadata)))
