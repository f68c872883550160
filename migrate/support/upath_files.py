"""Values kept one file an asset and partition, on disk or in a bucket, read and written by a class of yours.

Written by `migrate convert`; yours to edit. Needs the package `universal-pathlib`.

    class JSONFiles(UPathFiles):
        extension = ".json"

        def dump_to_path(self, context, obj, path): ...
        def load_from_path(self, context, path): ...

    JSONFiles(base_path=UPath("s3://lake"))    # s3://lake/marts/orders.json, s3://lake/marts/orders/2026-01-01.json

The paths are those of Dagster's `UPathIOManager`.

Upstream: https://github.com/fsspec/universal_pathlib
"""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

from upath import UPath

from .io import IOContext


class UPathFiles:
    """A storage class: subclasses say how one file is read and written."""

    extension: str | None = None

    def __init__(self, base_path: Any = None) -> None:
        self._base_path = base_path or UPath(".")

    def dump_to_path(self, context: IOContext, obj: Any, path: Any) -> None:
        """Write the value to the file."""
        raise NotImplementedError(f"{type(self).__name__}.dump_to_path")

    def load_from_path(self, context: IOContext, path: Any) -> Any:
        """Read the value from the file; may be a coroutine."""
        raise NotImplementedError(f"{type(self).__name__}.load_from_path")

    def get_metadata(self, context: IOContext, obj: Any) -> dict[str, Any]:
        """Facts of the value that the asset gets beside its path."""
        return {}

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Write the value to the file of its asset and partition; raises ValueError for several of them."""
        if context.has_asset_partitions:
            paths = list(self._get_paths_for_partitions(context).values())
            if len(paths) != 1:
                raise ValueError(f"{type(self).__name__} stores one partition at a time, not {len(paths)}")
            path = paths[0]
            if path.parent.is_file():  # the asset had no partitions before
                path.parent.unlink()
        else:
            path = self._get_path(context)
        self.make_directory(path.parent)
        context.log.debug(self.get_writing_output_log_message(path))
        self.dump_to_path(context=context, obj=obj, path=path)
        place = {"path": str(path)} if obj is not None else {}
        context.add_output_metadata({**place, **self.get_metadata(context=context, obj=obj)})

    def load_input(self, context: IOContext) -> Any:
        """Read the value, of several partitions a dictionary; raises FileNotFoundError when there is none."""
        if context.has_asset_partitions:
            return self.load_partitions(context)
        path = self._get_path(context)
        context.log.debug(self.get_loading_input_log_message(path))
        return self._read(context, path)

    def load_partitions(self, context: IOContext) -> Any:
        """The value of one partition, or those of several by their keys.

        Where the argument's metadata has `allow_missing_partitions`, those without a file are left out.
        """
        paths = self._get_paths_for_partitions(context)
        context.log.debug(f"Loading {len(paths)} partitions...")
        values = {key: self._read_partition(context, key, path) for key, path in paths.items()}
        if len(values) == 1:
            return next(iter(values.values()))
        return {key: value for key, value in values.items() if value is not None} if values else None

    def _read_partition(self, context: IOContext, key: str, path: Any) -> Any:
        context.log.debug(self.get_loading_input_partition_log_message(path, key))
        try:
            return self._read(context, path)
        except FileNotFoundError:
            if not context.metadata.get("allow_missing_partitions"):
                raise
            context.log.warning(self.get_missing_partition_log_message(key))
            return None

    def _read(self, context: IOContext, path: Any) -> Any:
        value = self.load_from_path(context=context, path=path)
        return asyncio.run(value) if inspect.iscoroutine(value) else value

    @property
    def fs(self) -> Any:
        """The file system of fsspec below the base path."""
        return UPath(self._base_path).fs

    @property
    def storage_options(self) -> dict[str, Any]:
        """What fsspec opens its files with."""
        return dict(UPath(self._base_path).storage_options)

    def unlink(self, path: Any) -> None:
        """Remove a file."""
        path.unlink()

    def path_exists(self, path: Any) -> bool:
        """Whether there is a file."""
        return bool(path.exists())

    def make_directory(self, path: Any) -> None:
        """Make the folder; buckets have none."""
        path.mkdir(parents=True, exist_ok=True)

    def has_output(self, context: IOContext) -> bool:
        """Whether the value was stored."""
        return self.path_exists(self._get_path(context))

    def get_asset_relative_path(self, context: IOContext) -> Any:
        """Where the asset stands below the base path, without its partition and extension."""
        return UPath(*context.asset_key.path)

    def get_op_output_relative_path(self, context: IOContext) -> Any:
        """The same for a value that belongs to a run."""
        return UPath(*context.get_identifier())

    def get_path_for_partition(self, context: IOContext, path: Any, partition: str) -> Any:
        """Where a partition stands below its asset, without the extension."""
        return self.make_safe_partition_path(path, partition)

    def make_safe_partition_path(self, base_path: Any, partition: str) -> Any:
        """The path of a partition; one that begins with a slash stays below its asset."""
        return base_path / ("%2F" + partition[1:] if partition.startswith("/") else partition)

    def get_loading_input_log_message(self, path: Any) -> str:
        """What the log says when a value is read."""
        return f"Loading file from: {path} using {type(self).__name__}..."

    def get_writing_output_log_message(self, path: Any) -> str:
        """What the log says when a value is written."""
        return f"Writing file at: {path} using {type(self).__name__}..."

    def get_loading_input_partition_log_message(self, path: Any, partition_key: str) -> str:
        """What the log says when a partition is read."""
        return f"Loading partition {partition_key} from {path} using {type(self).__name__}..."

    def get_missing_partition_log_message(self, partition_key: str) -> str:
        """What the log says when a partition was never stored."""
        return f"Partition {partition_key} has no file and is left out: allow_missing_partitions"

    def _with_extension(self, path: Any) -> Any:
        return path.with_suffix(path.suffix + self.extension) if self.extension else path

    def _get_path_without_extension(self, context: IOContext) -> Any:
        inside = self.get_asset_relative_path(context)
        parts = [part for part in inside.parts if part != "/"]
        if parts and inside.is_absolute():
            parts[0] = f"%2F{parts[0]}"
        return self._base_path.joinpath(*parts)

    def _get_path(self, context: IOContext) -> Any:
        return self._with_extension(self._get_path_without_extension(context))

    def _get_paths_for_partitions(self, context: IOContext) -> dict[str, Any]:
        below = self._get_path_without_extension(context)
        inside = {key: key.replace("|", "/") for key in context.asset_partition_keys}
        return {
            key: self._with_extension(self.get_path_for_partition(context, below, part))
            for key, part in inside.items()
        }
