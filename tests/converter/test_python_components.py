"""A component that Python makes is not the one a YAML file names: it is refused where it is read, by name."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json

CLASS = """
import dagster as dg


class Tank(dg.Component, dg.Model, dg.Resolvable):
    litres: int
    UNIT = "l"

    def build_defs(self, context):
        @dg.asset(name=f"tank_{self.litres}")
        def filled():
            return self.litres

        return dg.Definitions(assets=[filled])
"""
MADE = """
import dagster as dg

import pond.tanks
from pond.tanks import Tank

tank = Tank(litres=5)
size = tank.litres


@dg.asset
def doubled():
    return size * 2


@dg.asset
def another():
    return pond.tanks.Tank(litres=1).litres


@dg.asset
def plain():
    tank = "of water"
    return tank


defs = dg.Definitions.merge(
    dg.load_from_defs_folder(path_within_project=dg.file_relative_path(__file__, ".")),
    tank.build_defs(None),
    dg.Definitions(assets=[doubled, another, plain]),
)
"""
READ = """
import dagster as dg

from pond.tanks import Tank


@dg.asset
def unit():
    return Tank.UNIT


defs = dg.Definitions(assets=[unit])
"""
YAML = "type: pond.tanks.Tank\nattributes:\n  litres: 3\n"
PYPROJECT = """
[project]
name = "pond"
[tool.dg]
directory_type = "project"
[tool.dg.project]
root_module = "pond"
"""
LOADED = """
import dagster as dg

defs = dg.load_from_defs_folder(path_within_project=dg.file_relative_path(__file__, "."))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "p/pond/defs/one").mkdir(parents=True)
    for name in ("__init__", "defs/__init__"):
        (tmp_path / f"p/pond/{name}.py").write_text("")
    (tmp_path / "p/pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "p/pond/tanks.py").write_text(CLASS)
    (tmp_path / "p/pond/defs/one/defs.yaml").write_text(YAML)
    return tmp_path / "p"


def _converted(project: Path) -> tuple[Path, dict[tuple[str, str], str]]:
    result = convert(project)
    out = project.parent / "out"
    for path, data in result.files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    return out, {(c["kind"], c["name"]): c["disposition"] for c in as_json(result)["constructs"]}


def _python(out: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=out, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_what_python_makes_of_a_component_is_refused_and_the_rest_runs(project: Path) -> None:
    (project / "pond/definitions.py").write_text(MADE)
    out, found = _converted(project)
    assert found[("Component", "Tank")] == found[("asset", "filled")] == "manual"
    assert found[("asset", "doubled")] == found[("asset", "another")] == "manual"
    assert found[("asset", "plain")] == "converted"
    told = _python(
        out,
        """
        from pond.definitions import another, doubled, plain
        print(plain.fn())
        for one in (doubled, another):
            try:
                one.fn()
            except NotImplementedError as problem:
                print(problem)
        """,
    )
    assert told.startswith("of water\npond/definitions.py:12: `size` is made of a component")
    assert "`pond.tanks.Tank` is made of a component" in told


def test_the_yaml_that_names_the_class_is_written_out_all_the_same(project: Path) -> None:
    (project / "pond/definitions.py").write_text(MADE)
    out, found = _converted(project)
    assert found[("asset", "tank_3")] == "converted"
    assert "3\n" in _python(out, "from pond.defs.one.defs import *; print(tank_3.fn())")


def test_a_class_that_is_only_read_leaves_what_it_makes_to_yaml(project: Path) -> None:
    (project / "pond/definitions.py").write_text(READ)
    _, found = _converted(project)
    assert found[("Component", "Tank")] == found[("asset", "unit")] == "manual"
    assert found[("asset", "filled")] == "undeployed"


def test_a_test_that_makes_a_component_changes_nothing(project: Path) -> None:
    (project / "pond/definitions.py").write_text(LOADED)
    (project / "pond_tests").mkdir()
    (project / "pond_tests/test_tanks.py").write_text(
        "import dagster as dg\n\nfrom pond.tanks import Tank\n\n\ndef test_it():\n    assert Tank(litres=1)\n"
    )
    out, found = _converted(project)
    assert found[("Component", "Tank")] == "undeployed"
    assert (
        "class Tank" not in (out / "pond/tanks.py").read_text() if (out / "pond/tanks.py").exists() else True
    )
