"""What jobs are given, resources, configs and inputs, reaches the steps in Dagster and in Prefect alike."""

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from dagster import Definitions

from migrate.conversion import convert

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

RULES = Path(__file__).parents[1] / "rules"
POND = {"resources": {"pond": {"config": {"name": "east"}}}}
VALUES = {"resources": {"values": {"config": {"day": "monday", "times": 3}}}}
ASKED = {
    "ops": {
        "load": {"inputs": {"path": {"value": "pond"}, "rows": None}},
        "total": {"inputs": {"xs": [{"value": 1}, {"value": 2}]}},
    }
}
SET_UP = {"store": {"config": {"folder": "six"}}, "connection": {"config": {"conn_id": "x"}}}
RUNS: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("job/resources_of_its_own", "north", {}, {}),
    ("job/resources_of_its_own", "south", {}, {}),
    ("job/resources_of_its_own", "any_pond", POND, {"pond_config": {"name": "east"}}),
    ("to_job/resources_of_its_own", "night", {}, {}),
    ("configured_resource/in_a_job", "of_settings", {}, {}),
    ("configured_resource/in_a_job", "of_a_kept_one", {}, {}),
    ("define_asset_job/assets_named_by_numbers", "everything", {}, {}),
    ("configurable_resource/values_at_launch", "north", {}, {}),
    (
        "configurable_resource/values_at_launch",
        "anywhere",
        {"resources": {"db": {"config": {"url": "south", "tries": 9}}}},
        {"db_config": {"url": "south", "tries": 9}},
    ),
    (
        "configurable_resource/values_at_launch",
        "inline",
        {"resources": {"db": {"config": {"url": "west"}}}},
        {"db_config": {"url": "west"}},
    ),
    ("configurable_resource/given_to_others", "daily", {}, {}),
    ("resource_dependency/within_one_another", "daily", {}, {}),
    ("definitions/several_that_differ", "looks", {}, {}),
    ("definitions/several_of_the_same_keys", "everything_north", {}, {}),
    ("definitions/several_of_the_same_keys", "everything_south", {}, {}),
    ("definitions/several_that_differ", "looks_south", {}, {}),
    ("definitions/several_that_differ", "north_job", {}, {}),
    ("definitions/several_that_differ", "south_job", {}, {}),
    ("make_values_resource/shared_by_the_steps", "at_once", {}, {}),
    (
        "make_values_resource/shared_by_the_steps",
        "every_day",
        VALUES,
        {"values_config": {"day": "monday", "times": 3}},
    ),
    ("job/inputs_and_helpers", "asks", ASKED, {"load_path": "pond", "load_rows": None, "total_xs": [1, 2]}),
    ("job/inputs_and_helpers", "told", {}, {}),
    ("job/inputs_and_helpers", "chosen", {}, {}),
    ("job/configs_of_its_own", "worked_out", {}, {}),
    ("job/configs_of_its_own", "in_a_variable", {}, {}),
    ("job/configs_of_its_own", "nested", {}, {}),
    ("asset/result_with_a_value", "everything", {}, {}),
    (
        "schedule/sets_up_what_flows_take",
        "daily",
        {"resources": SET_UP},
        {"store_config": {"folder": "six"}, "connection_config": {"conn_id": "x"}},
    ),
)


def _has(definitions: Definitions, name: str) -> bool:
    """Whether a code location holds a job of this name."""
    return any(job.name == name for job in definitions.get_repository_def().get_all_jobs())


@pytest.mark.parametrize(
    ("case", "name", "run_config", "parameters"), RUNS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_steps_get_what_they_got(
    case: str,
    name: str,
    run_config: dict[str, Any],
    parameters: dict[str, Any],
    prefect: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POND", "secret")
    monkeypatch.setenv("VAULT", "deep")
    monkeypatch.chdir(tmp_path)  # some keep files in folders beside
    before, after = (f"{side}_{case.replace('/', '_')}_{name}" for side in ("before", "after"))
    source = (RULES / case / "before.py").read_text()
    (tmp_path / "legacy").mkdir()
    (tmp_path / "legacy" / "code.py").write_text(source)
    (tmp_path / f"{before}.py").write_text(source)
    (tmp_path / f"{after}.py").write_bytes(convert(tmp_path / "legacy").files["code.py"])
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        legacy, target = import_module(before), import_module(after)
    finally:
        sys.modules.pop(before, None)
    asked = run_config or None
    holds = next(d for d in vars(legacy).values() if isinstance(d, Definitions) and _has(d, name))
    done = holds.get_job_def(name).execute_in_process(run_config=asked)
    steps = [event.step_key for event in done.get_step_success_events()]
    wanted = {re.sub(r"^(?=\d)|\W", "_", step): done.output_for_node(step) for step in steps}
    got: dict[str, Any] = {}
    settle = target.settle

    def spied(**futures: Any) -> Any:
        got.update({step: future.result() for step, future in futures.items()})
        return settle(**futures)

    monkeypatch.setattr(target, "settle", spied)
    assert getattr(target, name)(**parameters, return_state=True).is_completed()
    assert got == wanted
    assert wanted
    assert getattr(target, "LOG", []) == getattr(legacy, "LOG", [])


def test_a_run_config_becomes_parameters(prefect: str) -> None:
    from prefect_support.sensors import parameters_of  # type: ignore[import-not-found]

    config = {"resources": {**SET_UP, "io_manager": {"config": {"base_dir": "y"}}}}
    both = {"store_config": {"folder": "six"}, "connection_config": {"conn_id": "x"}}
    assert parameters_of(config, without=("io_manager",)) == both
    assert parameters_of(config) == {**both, "io_manager_config": {"base_dir": "y"}}
