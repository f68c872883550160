"""Older spellings of Dagster's libraries: what they become is Dagster, and stands where they stood."""

from pathlib import Path

from migrate.conversion import convert
from migrate.reporting import inventory_of

BEFORE = '''"""The shop."""
import json

from dagster import Definitions, asset, fs_io_manager
from dagster_dbt import dbt_cli_resource, load_assets_from_dbt_manifest


models = load_assets_from_dbt_manifest(
    json.load(open({manifest!r})),
    key_prefix=["duck", "shop"],
    source_key_prefix="raw",
)


@asset
def last() -> None: ...


defs = Definitions(
    assets=[*models, last],
    resources={{
        "dbt": dbt_cli_resource.configured({{"project_dir": {folder!r}}}),
        "io_manager": fs_io_manager.configured({{"base_dir": {folder!r}}}),
    }},
)
'''


def test_constructs_stand_where_they_stood(tmp_path: Path) -> None:
    project = tmp_path
    (project / "defs.py").write_text(BEFORE.format(manifest="manifest.json", folder="."))
    found = {row["name"]: row["line"] for row in inventory_of(project)["constructs"]}
    assert {name: found[name] for name in ("run_dbt", "last", "defs")} == {
        "run_dbt": 8,
        "last": 16,
        "defs": 19,
    }
    assert b"duck" in convert(project).files["defs.py"]
