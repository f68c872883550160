"""What is known of the times that assets were made or observed: records, and filters that choose among them.

Written by `migrate convert`; yours to edit.

A record's `storage_id` is the microsecond it happened at: it grows, and serves as a cursor.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .io import AssetPath


class EventType(StrEnum):
    """What may have happened to an asset or a run, and the event that says so."""

    ASSET_MATERIALIZATION = "prefect.asset.materialization.succeeded"
    ASSET_OBSERVATION = "prefect.asset.observed"
    RUN_FAILURE = "prefect.flow-run.Failed"
    RUN_SUCCESS = "prefect.flow-run.Completed"
    RUN_CANCELED = "prefect.flow-run.Cancelled"


@dataclass(frozen=True)
class EventRecordsFilter:
    """Which events: of which kind, asset and partitions, between which cursors and moments."""

    event_type: EventType = EventType.ASSET_MATERIALIZATION
    asset_key: Any = None
    asset_partitions: Sequence[str] | None = None
    after_cursor: int | None = None
    before_cursor: int | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None


@dataclass(frozen=True)
class AssetRecordsFilter:
    """Which events of an asset: of which partitions, between which cursors and moments."""

    asset_key: Any
    asset_partitions: Sequence[str] | None = None
    after_storage_id: int | None = None
    before_storage_id: int | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None


@dataclass(frozen=True)
class Told:
    """One thing that was said of an asset."""

    value: Any

    @property
    def text(self) -> Any:
        """The value, where it is a text."""
        return self.value


@dataclass(frozen=True)
class Made:
    """What was said when an asset was made or observed: its key, metadata by name, and its partition."""

    asset_key: AssetPath
    metadata: Mapping[str, Told]
    partition: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Event:
    """That an asset was made or observed, or that a run ended: when, and in which run."""

    kind: str
    about: Made | None
    run_id: str
    timestamp: float

    @property
    def asset_key(self) -> AssetPath | None:
        """The asset; None at the end of a run."""
        return self.about.asset_key if self.about else None

    @property
    def partition(self) -> str | None:
        """The partition, if it has one."""
        return self.about.partition if self.about else None

    @property
    def asset_materialization(self) -> Made | None:
        """What was said, if the asset was made."""
        return self.about if self.kind == EventType.ASSET_MATERIALIZATION else None

    @property
    def asset_observation(self) -> Made | None:
        """What was said, if the asset was observed."""
        return self.about if self.kind == EventType.ASSET_OBSERVATION else None

    @property
    def materialization(self) -> Made | None:
        """What was said, if the asset was made."""
        return self.asset_materialization

    @property
    def dagster_event(self) -> Event:
        """The event itself."""
        return self

    @property
    def event_specific_data(self) -> Event:
        """The event itself."""
        return self


@dataclass(frozen=True)
class Record:
    """An event and its place in time."""

    storage_id: int
    event_log_entry: Event

    @property
    def run_id(self) -> str:
        """The run it happened in."""
        return self.event_log_entry.run_id

    @property
    def timestamp(self) -> float:
        """When it happened, in seconds since 1970."""
        return self.event_log_entry.timestamp

    @property
    def asset_key(self) -> AssetPath | None:
        """The asset; None at the end of a run."""
        return self.event_log_entry.asset_key

    @property
    def partition_key(self) -> str | None:
        """The partition, if it has one."""
        return self.event_log_entry.partition

    @property
    def asset_materialization(self) -> Made | None:
        """What was said, if the asset was made."""
        return self.event_log_entry.asset_materialization

    @property
    def asset_observation(self) -> Made | None:
        """What was said, if the asset was observed."""
        return self.event_log_entry.asset_observation


@dataclass(frozen=True)
class Records:
    """Some records, the cursor of the last one, and whether there are more after it."""

    records: Sequence[Record]
    cursor: str
    has_more: bool
