"""Assets that a file of the project names: YAML, JSON or TOML that the code reads while it is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import DATA, convert
from migrate.conversion_record import as_json

DEFINITIONS = """import json
import os
from pathlib import Path

import yaml
from dagster import Definitions, asset, define_asset_job

HERE = Path(__file__).parent
CONFIG = HERE / "config" / "tables.yaml"


@asset
def raw() -> int:
    return 1


def tables():
    try:
        with open({path}, encoding="utf-8") as file:
            return yaml.safe_load(file)["tables"]
    except FileNotFoundError:
        return [dict(name="nothing")]


def made(table: dict):
    deps = table.get("deps", [raw])

    @asset(name=table["name"], deps=deps)
    def _table() -> str:
        return table["name"].upper()

    return _table


made_assets = [made(table) for table in tables()]
everything = define_asset_job("everything", selection="*")
defs = Definitions(assets=[raw, *made_assets], jobs=[everything])
"""
TABLES = "tables:\n  - name: orders\n  - name: totals\n    deps: [orders]\n"


def _project(root: Path, path: str = "CONFIG", text: str = DEFINITIONS) -> Path:
    (root / "shop" / "config").mkdir(parents=True)
    (root / "shop" / "__init__.py").touch()
    (root / "shop" / "definitions.py").write_text(text.replace("{path}", path))
    (root / "shop" / "config" / "tables.yaml").write_text(TABLES)
    (root / "pyproject.toml").write_text('[tool.dagster]\nmodule_name = "shop.definitions"\n')
    return root


SPELLINGS = {
    "a path's parts": "CONFIG",
    "os.path": 'os.path.join(os.path.dirname(os.path.abspath(__file__)), "config", "tables.yaml")',
    "up and down": 'Path(__file__).resolve().parents[1] / "shop" / ".." / "shop" / "config" / "tables.yaml"',
    "as text": "str(CONFIG)",
}


@pytest.mark.parametrize("path", SPELLINGS.values(), ids=list(SPELLINGS))
def test_a_file_names_the_assets(tmp_path: Path, path: str) -> None:
    result = convert(_project(tmp_path, path))
    code = result.files["shop/definitions.py"].decode()
    assert "orders_future = made_assets[0].submit(wait_for=[raw_future])" in code
    assert "totals_future = made_assets[1].submit(wait_for=[orders_future])" in code
    assert {"file": "shop/config/tables.yaml", "note": DATA} in as_json(result)["notes"]


def test_what_the_code_does_without_the_file_is_done(tmp_path: Path) -> None:
    code = convert(_project(tmp_path, 'HERE / "none.yaml"')).files["shop/definitions.py"].decode()
    assert "nothing_future = made_assets[0].submit(wait_for=[raw_future])" in code


@pytest.mark.parametrize(
    "path", ['"/etc/tables.yaml"', 'HERE / ".." / ".." / "tables.yaml"', '"tables.yaml"']
)
def test_a_file_outside_of_the_project_is_not_read(tmp_path: Path, path: str) -> None:
    (tmp_path / "tables.yaml").write_text(TABLES)
    result = convert(_project(tmp_path / "project", path))
    made = {e.construct.name: e for e in result.entries}
    assert "nothing that can be read calls" in made["_table"].outcome.reason  # type: ignore[union-attr]
    assert not [note for note in result.notes if note["note"] == DATA]


def test_a_broken_file_is_a_reason_and_no_crash(tmp_path: Path) -> None:
    root = _project(tmp_path)
    (root / "shop" / "config" / "tables.yaml").write_text("tables: [")
    result = convert(root)
    assert not result.errors
    assert as_json(result)["summary"]["manual"] >= 1


@pytest.mark.real
def test_the_target_has_these_assets_and_edges(tmp_path: Path) -> None:
    """Dependencies that are functions in one call of the factory and names in another."""
    target = tmp_path / "target"
    for path, data in convert(_project(tmp_path / "source")).files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    look = (
        "import shop.definitions as d\n"
        "print([[[a.key for a in which] for which in (t.assets, t.asset_deps)] for t in d.made_assets])"
    )
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path / "home"), "DO_NOT_TRACK": "1"}
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=target, env=environment, capture_output=True, text=True, check=False
    )
    wanted = [[["asset://orders"], ["asset://raw"]], [["asset://totals"], ["asset://orders"]]]
    assert done.stdout.strip() == str(wanted), done.stderr


UNDEPLOYED = """from dagster import Definitions, asset, job


@asset
def kept():
    return 1


@asset(deps=unknown())
def left_out():
    return 2


defs = Definitions(assets=[{held}])
"""


def test_what_cannot_be_converted_and_is_in_no_definitions_is_for_nobody_to_do(tmp_path: Path) -> None:
    text = "from elsewhere import unknown\n" + UNDEPLOYED
    result = convert(_project(tmp_path / "told", text=text.replace("{held}", "kept")))
    left = next(e for e in result.entries if e.construct.name == "left_out")
    assert left.outcome.reason.endswith("it raises if called: its deps cannot be told by reading")  # type: ignore[union-attr]
    assert as_json(result)["summary"] == {"converted": 2, "undeployed": 1}


def test_where_the_definitions_cannot_be_told_it_stays_a_persons(tmp_path: Path) -> None:
    text = "from elsewhere import unknown\n" + UNDEPLOYED
    result = convert(_project(tmp_path / "untold", text=text.replace("{held}", "kept, *unknown()")))
    manual = {c["name"] for c in as_json(result)["constructs"] if c["disposition"] == "manual"}
    assert manual == {"left_out", "defs"}
