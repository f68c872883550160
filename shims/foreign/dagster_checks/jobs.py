"""Jobs that run checks and nothing else."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ..dagster_probe.keys import is_implicit, path
from ..dagster_probe.selections import selections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .checks import Check


def only_tests() -> None:
    """From now on dbt tests where the project builds.

    `dbt build` skips the tests of a model whose upstream's tests fail, so one failure would hide others.
    """
    try:
        resource = importlib.import_module("dagster_dbt").DbtCliResource
    except (ImportError, AttributeError):
        return
    kept = resource.cli

    def cli(self: Any, args: Sequence[str], *rest: Any, **given: Any) -> Any:
        return kept(self, ["test" if text == "build" else text for text in args], *rest, **given)

    resource.cli = cli


def jobs_for(repository: Any, name: str, keys: set[Any]) -> Iterator[tuple[Any, set[Any]]]:
    """(job, keys) that runs these checks and nothing else: the dual run's job first, then Dagster's own."""
    left = set(keys)
    names = [j.name for j in repository.get_all_jobs()]
    order = [
        name,
        *(n for n in names if is_implicit(n)),
        *(n for n in names if not is_implicit(n)),
    ]
    for candidate in dict.fromkeys(n for n in order if n in names):
        job = repository.get_job(candidate)
        layer = getattr(job, "asset_layer", None)
        inside = left & set(getattr(layer, "asset_check_keys", None) or checks_in(layer))
        if inside:
            yield job.get_subset(asset_selection=frozenset(), asset_check_selection=frozenset(inside)), inside
            left -= inside
        if not left:
            return


def making(repository: Any, name: str, checks: list[Check]) -> Iterator[tuple[Any, set[Any]]]:
    """(job, keys) that makes the assets of checks within them and nothing else, function by function."""
    selected = selections(repository)
    order = sorted(selected, key=lambda job: (job != name, not is_implicit(job)))
    for made in dict.fromkeys(c.made for c in checks):
        keys = {c.key for c in checks if c.made == made}
        keys = keys.union(*(c.together for c in checks if c.made == made))
        wanted = {path(key) for key in made}
        job = next((j for j in order if wanted <= selected[j][0]), None)
        if job is not None:
            whole = repository.get_job(job)
            yield whole.get_subset(asset_selection=made, asset_check_selection=frozenset(keys)), keys


def checks_in(layer: Any) -> set[Any]:
    """The check keys of a job's asset layer, where an older Dagster keeps them."""
    by_op = getattr(layer, "check_key_by_node_handle_and_output_name", None)
    if by_op:
        return set(by_op.values())
    graph = getattr(layer, "asset_graph", None)
    return set(getattr(graph, "asset_check_keys", None) or ())
