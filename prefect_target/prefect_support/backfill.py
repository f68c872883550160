"""Partitions in order, each one all or nothing: killed at any moment and run again, the end is the same.

Written by `migrate convert`; yours to edit.

    in_order(simulate_year, YEARS.between("2025", "2030"), state=("WAREHOUSE_DB",), inputs=("CENSUS_FILE",))

`state` are the environment variables that say where a run keeps its files or folders. Each partition
works on a copy of what the partition before it left behind; when its flow run has completed, the copy
becomes visible by ONE rename, as `<state>.partitions/<partition>-<key>`, and then takes the live file's
place. A failure throws the copy away
(Prefect's rollback). A partition is skipped when its key is there already: the key is made of the code
(code_inputs.py), the `inputs`, the parameters, the partition and the key of the one before it, so what is
changed, and all after it, runs again. One process at a time: a lock says who.

Upstream: https://docs.prefect.io/v3/advanced/transactions
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prefect import Flow, State
from prefect.states import Completed
from prefect.transactions import CommitMode, Transaction, transaction

from .code_inputs import digest_of_code
from .snapshots import Snapshots, digest_of, key_of
from .validations import run_logger


class PartitionFailed(RuntimeError):
    """A partition's flow run did not complete; what was published before it is untouched."""


def in_order(
    flow: Flow[Any, Any],
    partitions: Sequence[str],
    *,
    state: Sequence[str] = (),
    inputs: Sequence[Path | str] = (),
    parameter: str = "partition_key",
    **parameters: Any,
) -> State[Any]:
    """Run a flow once a partition, in order; with `state`, each run is atomic and finished ones are skipped.

    Args:
        flow: takes the partition as `parameter`, the same `parameters` every time.
        partitions: their keys, in order.
        state: names of environment variables that hold the path of a file or folder the flow writes.
        inputs: files and folders (data) that a finished partition depends on, beside the code, which counts
            anyway: paths, or names of environment variables that hold one.

    Returns a Completed state. Raises FileNotFoundError for an input that is not there, PartitionFailed for
    the first partition that does not complete, and Locked (snapshots.py) when another process is at work.
    """
    given = [(partition, {parameter: partition, **parameters}) for partition in partitions]
    if not state:
        for _, one in given:
            _run(flow, one)
        return Completed(message=f"{len(given)} partitions")
    snapshots = Snapshots({name: Path(os.environ[name]).absolute() for name in state})
    with snapshots.locked():
        depends = (flow.name, digest_of_code(flow.fn), digest_of(_there(inputs)), parameters)
        ran = _atomic(flow, given, snapshots, depends)
    return Completed(message=f"{len(ran)} partitions, {len(given) - len(ran)} finished before", data=ran)


def each(
    flow: Flow[Any, Any], partitions: Sequence[str], *, parameter: str = "partition_key", **parameters: Any
) -> State[Any]:
    """Run a flow once for every partition, whatever becomes of the others.

    Returns a Completed state. Raises PartitionFailed when it is over, naming those that did not complete.
    """
    failed = []
    for partition in partitions:
        try:
            _run(flow, {parameter: partition, **parameters})
        except PartitionFailed as problem:
            failed.append(str(problem))
    if failed:
        raise PartitionFailed("; ".join(failed))
    return Completed(message=f"{len(partitions)} partitions")


def _there(inputs: Sequence[Path | str]) -> list[Path]:
    paths = [Path(os.environ.get(str(one), str(one))) for one in inputs]
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path}, an input of this backfill, is not there")
    return paths


def _atomic(
    flow: Flow[Any, Any],
    given: Sequence[tuple[str, Mapping[str, Any]]],
    snapshots: Snapshots,
    common: tuple[Any, ...],
) -> list[str]:
    """Run the partitions that are not finished, each on a copy of the one before; gives their keys."""
    ran = list[str]()
    before, keys = snapshots.adopt(), dict[str, str]()
    for partition, parameters in given:
        key = key_of(before, partition, common)
        if not snapshots.has(partition, key):
            _one(flow, parameters, snapshots, (partition, key, before))
            ran.append(partition)
        else:
            run_logger().info("partition %s is finished already (%s)", partition, key)
        before = keys[partition] = key
        snapshots.show(key)
    for partition, key in keys.items():
        snapshots.prune(partition, key)
    return ran


def _one(
    flow: Flow[Any, Any],
    parameters: Mapping[str, Any],
    snapshots: Snapshots,
    names: tuple[str, str, str],
) -> None:
    partition, key, before = names

    def publish(_: Transaction) -> None:
        snapshots.publish(partition, key)

    def discard(_: Transaction) -> None:
        snapshots.discard()

    # eager: inside of a task it would else be published only when the task ends
    with transaction(commit_mode=CommitMode.EAGER) as year:
        year.stage(key, on_commit_hooks=[publish], on_rollback_hooks=[discard])
        with snapshots.working_copy(before):
            _run(flow, parameters)
    if not snapshots.has(partition, key):  # Prefect logs what a commit hook raises, and goes on
        raise PartitionFailed(f"{partition} ran, but could not be published: the log says why")


def _run(flow: Flow[Any, Any], parameters: Mapping[str, Any]) -> None:
    state: State[Any] = flow(**parameters, return_state=True)
    if not state.is_completed():
        named = ", ".join(f"{name}={value}" for name, value in parameters.items())
        raise PartitionFailed(f"{flow.name}({named}): {state.name}: {state.message}")
