"""Types that a project checks itself: the same steps fail in Prefect as in Dagster."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from migrate.conversion import convert

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

CASE = Path(__file__).parents[1] / "rules" / "dagster_type" / "of_ops" / "before.py"
ENDS = {
    2: (None, ["read", "count", "halve"]),
    3: ("count", ["read", "count"]),
    5: ("halve", ["read", "count"]),
    10: ("read", ["read"]),
}
"""What the first op is told → the step that fails, and the functions that are called."""


@pytest.fixture(scope="module")
def sides(prefect: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("types")
    (folder / "legacy").mkdir()
    (folder / "legacy" / "code.py").write_text(CASE.read_text())
    (folder / "before_types.py").write_text(CASE.read_text())
    (folder / "after_types.py").write_bytes(convert(folder / "legacy").files["code.py"])
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield import_module("before_types"), import_module("after_types")


@pytest.mark.parametrize("by", ENDS)
def test_the_same_step_fails(sides: Any, by: int, monkeypatch: pytest.MonkeyPatch) -> None:
    legacy, target = sides
    legacy.CALLS.clear()
    target.CALLS.clear()
    config = {"ops": {"read": {"config": {"by": by}}}}
    done = legacy.defs.resolve_job_def("halving").execute_in_process(run_config=config, raise_on_error=False)
    failed = [event for event in done.all_events if event.event_type_value == "STEP_FAILURE"]
    futures: dict[str, Any] = {}
    settle = target.settle
    monkeypatch.setattr(target, "settle", lambda **given: futures.update(given) or settle(**given))
    state = target.halving(read_config={"by": by}, return_state=True)
    raised = {
        name: f.state.result(raise_on_failure=False) for name, f in futures.items() if f.state.is_failed()
    }
    step, called = ENDS[by]
    assert [event.step_key for event in failed] == list(raised) == ([step] if step else [])
    assert legacy.CALLS == target.CALLS == called
    assert done.success == state.is_completed() == (step is None)
    for event in failed:
        theirs, (ours,) = event.step_failure_data, raised.values()
        said = theirs.error.message.partition("Description: ")[2].strip().replace("Dagster type ", "")
        assert said == str(ours).partition("Description: ")[2]
        edges = [e for e in done.all_events if e.event_type_value in ("STEP_INPUT", "STEP_OUTPUT")]
        checks = [edge.event_specific_data.type_check_data for edge in edges]
        (metadata,) = (check.metadata for check in checks if not check.success)
        assert {k: v.value for k, v in metadata.items()} == ours.metadata
