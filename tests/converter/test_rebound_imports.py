"""What the definitions load is found whatever else is bound, or imported, under the same name."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.results import Conversion

BIRDS = "from dagster import asset\n\n\n@asset\ndef ducks() -> int:\n    return 4\n"
PACKAGE = """from dagster import Definitions, load_assets_from_package_module

from farm import birds

birds = load_assets_from_package_module(package_module=birds, group_name="POND")
defs = Definitions(assets=[*birds])
"""
LISTS = """from dagster import Definitions, asset

from farm.birds import flock


@asset
def geese() -> int:
    return 2


flock = [*flock, geese]
defs = Definitions(assets=flock)
"""
UNTOLD = """import importlib
import os

from dagster import Definitions, load_assets_from_modules

modules = [importlib.import_module(f"farm.birds.{name}") for name in os.listdir("farm/birds")]
defs = Definitions(assets=load_assets_from_modules(modules))
"""
BY_FOLDER = """from pathlib import Path

from dagster import definitions, load_from_defs_folder


@definitions
def defs():
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
"""
LOADED = (
    "import json; from farm.main import defs; graph = defs.resolve_asset_graph();"
    " run = defs.resolve_implicit_global_asset_job_def().execute_in_process(raise_on_error=True);"
    " keys = sorted(k.to_user_string() for k in graph.materializable_asset_keys);"
    " print(json.dumps([[k, graph.get(__import__('dagster').AssetKey(k)).group_name,"
    " run.output_for_node(k)] for k in keys]))"
)
RUN = (
    "import json; from importlib import import_module as of;"
    "made = [(n, getattr(of(m), n)) for m, n in {places}];"
    "print(json.dumps([[n, [t[6:] for t in sorted(task.tags) if t[:6] == 'group:'], task.fn()]"
    " for n, task in made]))"
)


def write(root: Path, files: dict[str, str]) -> Path:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    return root


def told(result: Conversion) -> dict[str, str]:
    return {row["name"]: row["disposition"] for row in as_json(result)["constructs"]}


def printed(code: str, folder: Path) -> list[list[object]]:
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: list[list[object]] = json.loads(done.stdout.splitlines()[-1])
    return found


def target_of(result: Conversion, folder: Path) -> Path:
    for path, data in result.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_a_package_that_gives_its_name_to_what_is_loaded_of_it(tmp_path: Path) -> None:
    """`birds = load_assets_from_package_module(birds)`: until that line the name is the package."""
    files = {"farm/__init__.py": "", "farm/main.py": PACKAGE, "farm/birds/__init__.py": ""}
    source = write(tmp_path / "legacy", {**files, "farm/birds/pond.py": BIRDS})
    result = convert(source)
    assert told(result)["ducks"] == "converted"
    assert printed(LOADED, source) == [["ducks", "POND", 4]]
    target = target_of(result, tmp_path / "target")
    assert printed(RUN.format(places=[("farm.birds.pond", "ducks")]), target) == [["ducks", ["POND"], 4]]


def test_a_list_that_is_imported_and_made_longer(tmp_path: Path) -> None:
    files = {"farm/__init__.py": "", "farm/main.py": LISTS, "farm/birds.py": f"{BIRDS}\n\nflock = [ducks]\n"}
    source = write(tmp_path / "legacy", files)
    result = convert(source)
    assert (told(result)["ducks"], told(result)["geese"]) == ("converted", "converted")
    assert [row[::2] for row in printed(LOADED, source)] == [["ducks", 4], ["geese", 2]]
    places = [("farm.birds", "ducks"), ("farm.main", "geese")]
    target = target_of(result, tmp_path / "target")
    assert [row[::2] for row in printed(RUN.format(places=places), target)] == [["ducks", 4], ["geese", 2]]


def test_modules_that_reading_cannot_tell(tmp_path: Path) -> None:
    """Nothing that may be deployed is left out for it."""
    files = {"farm/__init__.py": "", "farm/main.py": UNTOLD, "farm/birds/__init__.py": ""}
    result = convert(write(tmp_path / "legacy", {**files, "farm/birds/pond.py": BIRDS}))
    assert told(result)["ducks"] == "converted"


def test_a_file_that_imports_the_package_by_its_place_in_the_tree(tmp_path: Path) -> None:
    """An editor's `from projects.farm.src.farm…` beside it renames no package that settings name."""
    files = {
        "dg.toml": 'directory_type = "workspace"\n',
        "projects/farm/pyproject.toml": '[tool.dg.project]\nroot_module = "farm"\n',
        "projects/farm/src/farm/__init__.py": "",
        "projects/farm/src/farm/definitions.py": BY_FOLDER,
        "projects/farm/src/farm/defs/__init__.py": "",
        "projects/farm/src/farm/defs/ducks.py": BIRDS,
        "projects/farm/src/farm/defs/geese.py": "from projects.farm.src.farm.defs import ducks\n"
        + BIRDS.replace("ducks", "geese"),
    }
    found = told(convert(write(tmp_path / "legacy", files)))
    assert (found["ducks"], found["geese"]) == ("converted", "converted")
