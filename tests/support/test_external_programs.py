"""A program that speaks Dagster's Pipes protocol tells the Prefect task what it told Dagster's asset."""

import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

PROGRAM = """
import os, sys
from dagster_pipes import open_dagster_pipes

with open_dagster_pipes() as pipes:
    pipes.log.warning("a word from the program")
    told = {"rows": pipes.get_extra("rows"), "key": pipes.asset_key, "part": pipes.partition_key}
    told |= {"env": os.environ["OWN"], "cwd": os.path.basename(os.getcwd())}
    pipes.report_asset_materialization(metadata={**told, "url": {"raw_value": "u", "type": "url"}})
    pipes.report_asset_check("not_empty", passed="bad" not in sys.argv, severity="ERROR", metadata={"n": 1})
    pipes.report_custom_message({"mine": 1})
    if "broken" in sys.argv:
        raise ValueError("it broke")
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    (tmp_path / "program.py").write_text(PROGRAM)
    return [sys.executable, str(tmp_path / "program.py")]


def told_to_dagster(command: list[str], folder: Path) -> dict[str, Any]:
    import dagster as dg

    @dg.asset(
        check_specs=[dg.AssetCheckSpec("not_empty", asset="orders")],
        partitions_def=dg.StaticPartitionsDefinition(["one"]),
    )
    def orders(context: dg.AssetExecutionContext, programs: dg.PipesSubprocessClient):  # type: ignore[no-untyped-def]
        given = {"extras": {"rows": 10}, "env": {"OWN": "x"}, "cwd": str(folder)}
        return programs.run(command=command, context=context, **given).get_materialize_result()

    done = dg.materialize(
        [orders],
        resources={"programs": dg.PipesSubprocessClient()},
        partition_key="one",
        raise_on_error=False,
    )
    made = [event.materialization for event in done.get_asset_materialization_events()]
    checks = [(c.check_name, c.passed, c.metadata["n"].value) for c in done.get_asset_check_evaluations()]
    metadata = {k: v.value for m in made for k, v in m.metadata.items() if not k.startswith("dagster")}
    return {"metadata": metadata, "checks": checks, "success": done.success}


def told_to_prefect(command: list[str], folder: Path, patch: pytest.MonkeyPatch) -> dict[str, Any]:
    from prefect import flow
    from prefect.assets import materialize
    from prefect.cache_policies import NO_CACHE
    from prefect_support import external_programs
    from prefect_support.validations import CheckSpec, checked

    metadata: dict[str, Any] = {}
    checks: list[Any] = []
    patch.setattr(external_programs, "add_asset_metadata", lambda key, more: metadata.update(more))
    patch.setattr(external_programs, "publish", checks.extend)

    @checked(CheckSpec("not_empty", "asset://orders"))
    @materialize("asset://orders", cache_policy=NO_CACHE)
    def orders() -> None:
        programs = external_programs.ExternalPrograms(env={"OWN": "y"}, cwd=str(folder.parent))
        answer = programs.run(command, extras={"rows": 10}, env={"OWN": "x"}, cwd=str(folder))
        assert answer.get_custom_messages() == ({"mine": 1},)

    @flow
    def one(partition_key: str) -> Any:
        return orders(return_state=True)

    state = one("one", return_state=True)
    told = [(c.name, c.passed, c.metadata["n"]) for c in checks]
    said = str(state.data) if state.is_failed() else ""
    return {"metadata": metadata, "checks": told, "success": state.is_completed(), "said": said}


@pytest.mark.parametrize("more", ["", "bad"])
def test_what_a_program_tells(
    prefect: str, program: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    command = [*program, more]
    legacy = told_to_dagster(command, tmp_path)
    target = told_to_prefect(command, tmp_path, monkeypatch)
    target.pop("said")
    assert target == legacy
    assert legacy["metadata"]["part"] == "one"
    assert legacy["checks"] == [("not_empty", more != "bad", 1)]


def test_a_program_that_fails(
    prefect: str, program: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = told_to_prefect([*program, "broken"], tmp_path, monkeypatch)
    assert not target["success"]
    assert "ended with code 1: ValueError: it broke" in target["said"]
    assert told_to_dagster([*program, "broken"], tmp_path)["success"] is False
