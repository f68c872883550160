"""A run config names a member of an enumeration as Dagster does, in the job and by who starts a run."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.test_configs_of_partitions import both_sides

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]
CASE = "config/members_by_name"
RUNS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("walls", {}),
    ("floors", {}),
    ("floors", {"colour": "BLUE", "trim": "RED", "finish": "gloss", "coat": {"colour": "BLUE"}}),
)


@pytest.mark.parametrize(("name", "config"), RUNS)
def test_a_member_is_told_by_its_name(
    name: str, config: dict[str, Any], prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    legacy, target = both_sides(CASE, tmp_path, monkeypatch)
    asked = {"ops": {"paint": {"config": config}}} if config else None
    wanted = legacy.defs.get_job_def(name).execute_in_process(run_config=asked).output_for_node("paint")
    got: list[Any] = []
    settle = target.settle

    def spied(**futures: Any) -> Any:
        got.extend(future.result() for future in futures.values())
        return settle(**futures)

    monkeypatch.setattr(target, "settle", spied)
    given = {"paint_config": config} if config else {}
    assert getattr(target, name)(**given, return_state=True).is_completed()
    assert got == [wanted]
