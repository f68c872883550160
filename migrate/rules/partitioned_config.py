"""`@daily_partitioned_config` and its sisters → the function itself, and its partitions in a variable.

The flow of the job asks the function for the config of the partition it runs: of a window's start and end, or
of a static key. A step or resource that it speaks of and the flow does not set is an error, as in Dagster. A
run cannot be given another config beside. Tags that it gives partitions are not set.
`PartitionedConfig(partitions_def=…, run_config_for_partition_key_fn=…)` means the same.

Upstream: https://docs.prefect.io/v3/concepts/flows#specify-flow-parameters
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Converted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.partitioned_configs import DEFINITIONS, TAGS
from migrate.reading.values import Called
from migrate.rewriting.functions import refuse
from migrate.rewriting.work import Work
from migrate.rules import Rule

UNTAGGED = "the tags that it gives partitions are not set: Prefect's runs are tagged where they are started"


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function without its decorator."""
    if not isinstance(work.model.project.value(construct, "partitions_def"), Called):
        why = "a partitioned config whose partitions reading cannot tell"
        return [
            refuse(work, construct, updated, Manual(why, "Put it at the top of a module, arguments named."))
        ]
    told = any(construct.argument(name) is not None for name in TAGS)
    work.done(construct, Adapted(UNTAGGED) if told else Converted("the flows of its jobs ask it"))
    return [updated.with_changes(decorators=[])]


RULE = Rule(
    tuple(f"dagster.{kind}" for kind in DEFINITIONS),
    "decorator",
    frozenset({"partitions_def", *TAGS}),
    function=function,
)
