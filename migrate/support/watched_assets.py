"""A polling flow that watches several assets: what was made of each since it last looked.

Written by `migrate convert`; yours to edit.

    @flow(name="both_made")
    def both_made() -> int:
        return launch("both_made", watching(["asset://a", "asset://b"], _both_made), deployment="load/load")

The cursor holds, for each asset, the record up to which everything has been dealt with.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .asset_records import EventRecordsFilter, Record
from .io import AssetPath, path_of
from .recorded import Recorded
from .sensors import SensorContext, Wanted


class WatchedAssets(SensorContext):
    """What the polling function may ask of the assets it watches."""

    def __init__(self, assets: Sequence[str], cursor: str | None) -> None:
        super().__init__(cursor)
        self.asset_keys = [path_of(asset) for asset in assets]

    def latest_materialization_records_by_key(
        self, asset_keys: Sequence[Any] | None = None
    ) -> Mapping[AssetPath, Record | None]:
        """The newest record of each asset after the cursor; None where there is none."""
        keys = self.asset_keys if asset_keys is None else [path_of(key) for key in asset_keys]
        return {key: next(iter(self._after(key, 1, ascending=False)), None) for key in keys}

    def materialization_records_for_key(self, asset_key: Any, limit: int | None = None) -> list[Record]:
        """The records of an asset after the cursor, oldest first."""
        return self._after(path_of(asset_key), limit, ascending=True)

    def advance_cursor(self, materialization_records_by_key: Mapping[Any, Record | None]) -> None:
        """Everything up to these records has been dealt with."""
        places = self._places
        for key, record in materialization_records_by_key.items():
            if record is not None:
                places[str(path_of(key))] = max(record.storage_id, places.get(str(path_of(key)), 0))
        self.update_cursor(json.dumps(places))

    def advance_all_cursors(self) -> None:
        """Everything that there is by now has been dealt with."""
        self.advance_cursor(self.latest_materialization_records_by_key())

    @property
    def _places(self) -> dict[str, int]:
        return dict(json.loads(self.cursor)) if self.cursor else {}

    def _after(self, key: AssetPath, limit: int | None, *, ascending: bool) -> list[Record]:
        asked = EventRecordsFilter(asset_key=key, after_cursor=self._places.get(str(key)))
        return Recorded().get_event_records(asked, limit, ascending)


def watching(
    assets: Sequence[str], poll: Callable[[WatchedAssets], Wanted]
) -> Callable[[SensorContext], Wanted]:
    """A poll for `launch`: where it gets to is kept when all runs have been started."""

    def polled(context: SensorContext) -> Wanted:
        watched = WatchedAssets(assets, context.cursor)
        wanted = poll(watched)
        if isinstance(wanted, Iterable) and not isinstance(wanted, Mapping):
            wanted = list(wanted)
        context.update_cursor(watched.cursor)
        return wanted

    return polled
