"""A program that speaks Dagster's Pipes protocol tells the Prefect task what it told Dagster's asset."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
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


class Container:
    """A container whose image has this interpreter: the program runs, its two outputs are one log."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self._given = {"args": command, "env": {**os.environ, **environment}, "cwd": folder}

    def start(self) -> None:
        self._process = subprocess.Popen(**self._given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # type: ignore[call-overload]

    def logs(self, **_: bool) -> Iterator[bytes]:
        while part := self._process.stdout.read(7):
            yield part  # a log may come in any parts

    def wait(self) -> dict[str, int]:
        return {"StatusCode": self._process.wait()}

    def stop(self) -> None:
        self._process.wait()


def docker_of(folder: Path) -> ModuleType:
    """Docker's package, as far as it is asked: an image that is there only when it has been pulled."""
    made, pulled = ModuleType("docker"), list[str]()
    missing = type("ImageNotFound", (Exception,), {})

    def create(image: str, command: list[str], environment: dict[str, str], detach: bool) -> Container:
        if image not in pulled:
            raise missing(image)
        return Container(command, environment, folder)

    created = SimpleNamespace(create=create)
    client = SimpleNamespace(containers=created, images=SimpleNamespace(pull=pulled.append))
    made.__dict__.update(from_env=lambda: client, errors=SimpleNamespace(ImageNotFound=missing))
    return made


def told_to_prefect(
    command: list[str], folder: Path, patch: pytest.MonkeyPatch, within: bool = False
) -> dict[str, Any]:
    from prefect import flow
    from prefect.assets import materialize
    from prefect.cache_policies import NO_CACHE
    from prefect_support import containers, external_programs
    from prefect_support.validations import CheckSpec, checked

    metadata: dict[str, Any] = {}
    checks: list[Any] = []
    patch.setattr(external_programs, "add_asset_metadata", lambda key, more: metadata.update(more))
    patch.setattr(external_programs, "publish", checks.extend)

    @checked(CheckSpec("not_empty", "asset://orders"))
    @materialize("asset://orders", cache_policy=NO_CACHE)
    def orders() -> None:
        if within:
            patch.setitem(sys.modules, "docker", docker_of(folder))
            client = containers.Containers(env={"OWN": "y"})
            answer = client.run(image="orders:1", command=command, extras={"rows": 10}, env={"OWN": "x"})
        else:
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
    contained = told_to_prefect(command, tmp_path, monkeypatch, within=True)
    contained.pop("said")
    assert contained == legacy
    assert legacy["metadata"]["part"] == "one"
    assert legacy["checks"] == [("not_empty", more != "bad", 1)]


def test_a_program_that_fails(
    prefect: str, program: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = told_to_prefect([*program, "broken"], tmp_path, monkeypatch)
    assert not target["success"]
    assert "ended with code 1: ValueError: it broke" in target["said"]
    contained = told_to_prefect([*program, "broken"], tmp_path, monkeypatch, within=True)
    assert "a container of orders:1 ended with code 1: ValueError: it broke" in contained["said"]
    assert told_to_dagster([*program, "broken"], tmp_path)["success"] is False
