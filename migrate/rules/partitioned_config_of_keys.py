"""`PartitionedConfig(partitions_def=…, run_config_for_partition_key_fn=…)` → the function, asked by flows.

What is said of `@daily_partitioned_config` and its sisters holds for it, too. A function of the older
`run_config_for_partition_fn`, which takes a partition object, is refused with its job.

Upstream: https://docs.prefect.io/v3/concepts/flows#specify-flow-parameters
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Converted, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule
from migrate.rules.partitioned_config import UNTAGGED

TAGS = "tags_for_partition_key_fn"
READ = frozenset({"partitions_def", "run_config_for_partition_key_fn", TAGS})


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """Nothing: the flows of its jobs ask the function."""
    if construct.argument("run_config_for_partition_key_fn") is None:
        why = Manual(
            "it is given no function of a partition's key", "Give it run_config_for_partition_key_fn."
        )
        return refused_statement(work, construct, updated, why)
    told = construct.argument(TAGS) is not None
    work.done(construct, Adapted(UNTAGGED) if told else Converted("the flows of its jobs ask its function"))
    return []


RULE = Rule(("dagster.PartitionedConfig",), "call", READ, statement=statement)
