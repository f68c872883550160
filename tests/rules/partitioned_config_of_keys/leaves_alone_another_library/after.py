"""Spelled like dagster's, and another library's."""

from warehouse import PartitionedConfig

by_day = PartitionedConfig(partitions_def=None, run_config_for_partition_key_fn=str)
