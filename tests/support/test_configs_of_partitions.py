"""The config that a partition decides reaches the steps in Dagster and in Prefect alike."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from migrate.conversion import convert

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

RULES = Path(__file__).parents[1] / "rules"
BY_KEY = "partitioned_config_of_keys/in_a_variable_and_written_out"
RUNS = (
    ("partitioned_config/of_a_day_and_of_keys", "sales_of_a_day", "2024-03-31"),
    ("partitioned_config/of_a_day_and_of_keys", "sales_of_a_region", "south"),
    ("partitioned_config/with_resources_in_a_graph", "hourly", "2024-02-01-07:15"),
    ("partitioned_config/with_resources_in_a_graph", "weekly", "2024-01-08"),
    (BY_KEY, "all_events", "2024-02-29"),
    (BY_KEY, "greetings", "blue"),
)


def both_sides(case: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    """The project of a fixture, and what it becomes."""
    before, after = (f"{side}_{case.replace('/', '_')}" for side in ("before", "after"))
    source = (RULES / case / "before.py").read_text()
    (folder / "legacy").mkdir()
    (folder / "legacy" / "code.py").write_text(source)
    (folder / f"{before}.py").write_text(source)
    (folder / f"{after}.py").write_bytes(convert(folder / "legacy").files["code.py"])
    monkeypatch.syspath_prepend(str(folder))
    try:
        return import_module(before), import_module(after)
    finally:
        sys.modules.pop(before, None)
        sys.modules.pop(after, None)


@pytest.mark.parametrize(("case", "name", "key"), RUNS)
def test_steps_get_the_config_of_their_partition(
    case: str, name: str, key: str, prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    legacy, target = both_sides(case, tmp_path, monkeypatch)
    done = legacy.defs.get_job_def(name).execute_in_process(partition_key=key)
    wanted = [done.output_for_node(event.step_key) for event in done.get_step_success_events()]
    got: list[Any] = []
    settle = target.settle

    def spied(**futures: Any) -> Any:
        got.extend(future.result() for future in futures.values())
        return settle(**futures)

    monkeypatch.setattr(target, "settle", spied)
    assert getattr(target, name)(partition_key=key, return_state=True).is_completed()
    assert got == wanted
    assert wanted


def test_a_partition_that_is_none_and_a_step_that_is_none_are_errors(
    prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect_support.partitioned_configs import stated  # type: ignore[import-not-found]

    _, target = both_sides("partitioned_config/of_a_day_and_of_keys", tmp_path, monkeypatch)
    with pytest.raises(Exception, match="is no partition"):
        target.sales_of_a_day(partition_key="2023-12-31")
    for said, what in (
        ({"ops": {"other": {"config": {"x": 1}}}}, "other"),
        ({"ops": {"graph": {"ops": {"load": {"config": {"x": 1}}}}}}, "graph.load"),
        ({"ops": {"load": {"inputs": {"x": 1}}}}, "load: inputs"),
        ({"resources": {"db": {"config": {"x": 1}}}}, "db"),
        ({"graphs": {}}, "graphs"),
    ):
        with pytest.raises(ValueError, match=what):
            stated(said, ["load"])
    assert stated({"ops": {"load": {"config": {}}, "other": {}}, "loggers": {}}, ["load"])
