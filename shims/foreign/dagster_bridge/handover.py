"""Values that one interpreter makes and the other takes."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from ..dagster_probe.keys import all_keys


def save_value(repository: Any, request: dict[str, Any], tags: dict[str, str], instance: Any) -> None:
    """Load what was made through the asset's own IO manager and pickle it for the other interpreter."""
    from dagster import AssetKey

    key = AssetKey(request["assets"][0].split("/"))
    value = repository.load_asset_value(key, instance=instance, partition_key=tags.get("dagster/partition"))
    Path(request["value_file"]).write_bytes(pickle.dumps(value, protocol=4))


def store_values(repository: Any, request: dict[str, Any], instance: Any) -> None:
    """Store what Prefect made and handed over by the asset's own IO manager: there the run looks for it.

    An ephemeral instance with the real one's storage does it: no run, no event claims it was Dagster.

    Raises:
        LookupError: Dagster does not know the asset, or cannot read the value.
    """
    from dagster import AssetKey, DagsterInstance, materialize

    for name, file in (request.get("values") or {}).items():
        key = AssetKey(name.split("/"))
        if key not in all_keys(repository.asset_graph):
            raise LookupError(f"Dagster knows no asset {name}, whose value is handed over")
        try:
            value = pickle.loads(Path(file).read_bytes())  # noqa: S301 - written by our own side
        except Exception as problem:
            said = f"the value of {name} cannot be read by Dagster's interpreter"
            raise LookupError(f"{said}: {type(problem).__name__}: {problem}") from problem
        definition = repository.asset_graph.get(key).assets_def
        partition = request.get("partition_key") if definition.partitions_def is not None else None
        storage = str(Path(instance.storage_directory()).parent)
        with DagsterInstance.ephemeral(tempdir=storage) as ephemeral:
            materialize(
                [holder(definition, key, value, partition)],
                instance=ephemeral,
                partition_key=partition,
                resources=dict(definition.resource_defs),
            )


def holder(definition: Any, key: Any, value: Any, partition: Any) -> Any:
    """The asset as it is stored, with a body that has its value already."""
    from dagster import DynamicPartitionsDefinition, StaticPartitionsDefinition, asset

    partitions = definition.partitions_def
    if isinstance(partitions, DynamicPartitionsDefinition):  # its keys are known to the real instance only
        partitions = StaticPartitionsDefinition([partition])

    @asset(
        key=key,
        partitions_def=partitions,
        io_manager_key=definition.get_io_manager_key_for_asset_key(key),
        metadata=definition.metadata_by_key.get(key),
    )
    def made_by_prefect():  # type: ignore[no-untyped-def]
        return value

    return made_by_prefect
