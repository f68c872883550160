"""Modules in which nothing is deployed: written where what is written reads them, else imported by nobody."""

from __future__ import annotations

import ast
from pathlib import Path

from migrate.conversion import convert
from migrate.results import Conversion

SHOP = {
    "definitions": """from dagster import Definitions, asset

import shelves
import triggers


@asset
def orders():
    return shelves.SHELF


defs = Definitions(assets=[orders], schedules=triggers.EVERY)
""",
    "shelves/__init__": "from .unused import *\nfrom .wood import SHELF, plank\n",
    "shelves/unused": "from dagster import job, op\n\n\n@op\ndef sweep():\n    return 1\n",
    "shelves/wood": (
        "from dagster import asset\n\nSHELF = 3\n\n\n@asset\ndef plank():\n    return 1\n\n\n"
        "@asset\ndef nail():\n    return plank\n"
    ),
    "triggers/__init__": (
        "from .hourly import hourly\nfrom .plain import LIMIT\n\nEVERY = [hourly]\nMIXED = [hourly, LIMIT]\n"
    ),
    "triggers/plain": "LIMIT = 3\n",
    "triggers/hourly": (
        "from dagster import ScheduleDefinition, define_asset_job\n\n"
        'everything = define_asset_job("everything")\n'
        'hourly = ScheduleDefinition(job=everything, cron_schedule="@hourly")\n'
    ),
}


def converted(folder: Path) -> Conversion:
    for name, text in SHOP.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return convert(folder)


def test_what_is_written_imports_only_what_is_written(tmp_path: Path) -> None:
    files = {path: data.decode() for path, data in converted(tmp_path).files.items()}
    assert files["shelves/__init__.py"] == "from .wood import SHELF, plank\n"
    assert "SHELF = 3" in files["shelves/wood.py"]
    assert "shelves/unused.py" not in files
    assert files["triggers/__init__.py"] == "from .plain import LIMIT\n\nMIXED = [LIMIT]\n"


def test_a_module_written_because_it_is_read_says_so_of_no_deployed_construct(tmp_path: Path) -> None:
    made = converted(tmp_path)
    states = {e.construct.name: type(e.outcome).__name__ for e in made.entries}
    assert states["plank"] == states["nail"] == "Undeployed"
    assert not [n for n in made.notes if n["file"] == "shelves/wood.py" and "not written" in n["note"]]
    ast.parse(made.files["shelves/wood.py"])


FACTORY = """from dagster import asset, define_asset_job


class Shelf:
    def __init__(self, name):
        self.name = name

    @property
    def assets(self):
        return [self._planks()]

    def _planks(self):
        @asset(name=f"{self.name}_planks")
        def planks():
            return 1

        return planks


def unused():
    return define_asset_job("unused")
"""
TAKEN = """from dagster import Definitions

from factory import Shelf

shelf = Shelf("oak")
defs = Definitions(assets=shelf.assets)
"""


def test_what_the_definitions_may_hold_is_refused_and_never_called_undeployed(tmp_path: Path) -> None:
    (tmp_path / "factory.py").write_text(FACTORY)
    (tmp_path / "definitions.py").write_text(TAKEN)
    made = convert(tmp_path)
    assert {e.construct.name: type(e.outcome).__name__ for e in made.entries} == {
        "planks": "Manual",
        "unused": "Undeployed",
        "defs": "Converted",
    }
    assert "raise NotImplementedError" in made.files["factory.py"].decode()
