"""Projects whose files are imported from the folder Dagster is started in are found whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.reading.source import files_of
from migrate.reading.working_folders import working_folders
from migrate.results import Conversion

MAIN = """from dagster import Definitions, load_assets_from_modules

from assets import birds
from places import POND

loaded = load_assets_from_modules([birds])
defs = Definitions(assets=list(loaded) + birds.more)
"""
BIRDS = """from dagster import AssetSpec, asset

from places import POND


@asset(group_name=POND)
def ducks() -> int:
    return 1


more = [AssetSpec("water")]
"""
FILES = {
    "farm/__init__.py": "",
    "farm/main.py": MAIN,
    "farm/places.py": 'POND = "pond"\n',
    "farm/assets/__init__.py": "",
    "farm/assets/birds.py": BIRDS,
}


def write(root: Path, files: dict[str, str]) -> Path:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    return root


def told(result: Conversion) -> dict[str, str]:
    return {row["name"]: row["disposition"] for row in as_json(result)["constructs"]}


def test_a_package_that_is_only_a_folder(tmp_path: Path) -> None:
    """`__init__` beside the files, imports as if there were none: deployed, and the target imports."""
    result = convert(write(tmp_path / "legacy", FILES))
    assert told(result)["ducks"] == "converted"
    for path, data in result.files.items():
        (tmp_path / "target" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "target" / path).write_bytes(data)
    code = "import sys; sys.path[:0] = ['.', 'farm']; import assets.birds; print(assets.birds.ducks.fn())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "target", capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("farm/other.py", "from dagster import job\n\nfrom farm.places import POND\n"),
        ("farm/other.py", "from dagster import job\n\nfrom .places import POND\n"),
    ],
    ids=["imported by its name", "imported with a dot"],
)
def test_a_package_stays_one(tmp_path: Path, path: str, code: str) -> None:
    """Where the folder is imported as a package as well, nothing is guessed."""
    result = convert(write(tmp_path / "legacy", {**FILES, path: code}))
    assert told(result)["ducks"] == "undeployed"


def test_a_folder_called_as_a_library(tmp_path: Path) -> None:
    """What is imported lies elsewhere: no file that Dagster loads is beside the folder of that name."""
    files = {
        "pond/__init__.py": "",
        "pond/definitions.py": "import dagster as dg\n\nfrom .defs.dlt.loads import ducks\n\n"
        "defs = dg.Definitions(assets=[ducks])\n",
        "pond/defs/__init__.py": "",
        "pond/defs/dlt/__init__.py": "",
        "pond/defs/dlt/loads.py": "import dlt\nfrom dagster import asset\n\n\n"
        "@asset\ndef ducks():\n    dlt.run()\n",
    }
    root = write(tmp_path / "legacy", files)
    assert working_folders(root, tuple(files_of(root)), {"pond"}, ()) == {}


def test_two_folders_of_the_same_names(tmp_path: Path) -> None:
    """Each is a project of its own, with its own deployments."""
    twin = {p.replace("farm/", "twin/"): text.replace("ducks", "geese") for p, text in FILES.items()}
    result = convert(write(tmp_path / "legacy", {**FILES, **twin}))
    assert {told(result)["ducks"], told(result)["geese"]} == {"converted"}
    assert {"farm/prefect.yaml", "twin/prefect.yaml"} <= result.files.keys()
