"""Folders of loose files that Dagster is started in, side by side, are projects of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json

ASSETS = "from dagster import asset\n\n\n@asset\ndef {name}() -> int:\n    return 1\n"
JOBS = """from dagster import AssetSelection, define_asset_job

jobs = [define_asset_job("{name}_job", selection=AssetSelection.all())]
"""
MAIN = """from dagster import Definitions

from steps.assets import {name}
from steps.jobs import jobs

defs = Definitions(assets=[{name}], jobs=jobs)
"""


def folder(where: str, name: str) -> dict[str, str]:
    parts = {"definitions.py": MAIN, "steps/assets.py": ASSETS, "steps/jobs.py": JOBS}
    return {f"{where}/{path}": text.format(name=name) for path, text in parts.items()}


def constructs(root: Path, files: dict[str, str]) -> dict[str, Any]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return {c["name"]: c for c in as_json(convert(root))["constructs"]}


def deployed(found: dict[str, Any]) -> set[str]:
    return {name for name, c in found.items() if c["disposition"] != "undeployed" and name != "defs"}


@pytest.mark.parametrize("where", ["dagster", "dbt", "orchestration"])
def test_a_folder_of_loose_files_is_read_whatever_it_is_called(where: str, tmp_path: Path) -> None:
    assert deployed(constructs(tmp_path, folder(where, "ducks"))) == {"ducks", "ducks_job"}


def test_neither_of_two_folders_hides_the_other(tmp_path: Path) -> None:
    files = folder("archive", "geese") | folder("dagster", "ducks")
    found = constructs(tmp_path, files)
    assert deployed(found) == {"ducks", "ducks_job", "geese", "geese_job"}
    assert {found["ducks"]["disposition"], found["geese"]["disposition"]} == {"converted"}


def test_what_both_import_from_above_joins_them_not(tmp_path: Path) -> None:
    files = folder("archive", "geese") | folder("dagster", "ducks")
    files["pond.py"] = "from dagster import get_dagster_logger\n\nlog = get_dagster_logger()\n"
    files = {p: "from pond import log\n" * p.endswith("definitions.py") + t for p, t in files.items()}
    assert deployed(constructs(tmp_path, files)) >= {"ducks", "ducks_job", "geese", "geese_job"}


def test_folders_imported_by_their_names_stay_one_project(tmp_path: Path) -> None:
    files = {
        "one/definitions.py": ASSETS.format(name="ducks") + "\nmore = [ducks]  # for Definitions\n",
        "two/definitions.py": ASSETS.format(name="geese") + "\nmore = [geese]  # for Definitions\n",
        "main.py": "from dagster import Definitions\n\nfrom one.definitions import more as a\n"
        "from two.definitions import more as b\n\ndefs = Definitions(assets=[*a, *b])\n",
    }
    found = constructs(tmp_path, files)
    assert deployed(found) == {"ducks", "geese"}
    assert "undeployed" not in {c["disposition"] for c in found.values()}


BUILDER = """from dagster import Definitions, asset

from os import environ


@asset
def ducks() -> int:
    return 1


class Builder:
    def __init__(self):
        self.assets = []

    def add(self, one):
        self.assets.append(one)

    def build(self):
        return Definitions(assets=self.assets)


builder = Builder()
builder.add(ducks)
defs = builder.build()
"""


def test_definitions_that_a_class_of_the_project_makes_leave_nothing_out(tmp_path: Path) -> None:
    beside = {"other/pyproject.toml": "", **{f"other/{p}": t for p, t in folder("farm", "geese").items()}}
    found = constructs(tmp_path, {"shop/pyproject.toml": "", "shop/definitions.py": BUILDER, **beside})
    assert found["ducks"]["disposition"] == "converted"
