"""Which files of a project are copied: nothing that code or dbt reads may be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json

KEPT = {
    "dbt/models/test_scores.sql": "select 1 as one",
    "dbt/models/schema.yml": "models:\n  - name: a\n    meta: {dagster: {group: g}}\n",
    "dbt/tests/no_rows.sql": "select 1 where false",
    "dbt/tests/generic/even.sql": "{% test even(model) %}{% endtest %}",
    "dbt/models/build/b.sql": "-- made for dagster",
    "dbt/models/test_python.py": "def model(dbt, session):\n    return 1\n",
    "config/test_settings.yaml": "a: 1",
    "config/tables.json": '{"of": "dagster"}',
}
LEFT = {
    "dbt/target/manifest.json": "{}",
    "dbt/dbt_packages/utils/a.sql": "select 1",
    "dbt/.venv/a.sql": "select 1",
    "tests/test_definitions.py": "import dagster",
    "shop/test_here.py": "import dagster",
    "target/a.sql": "select 1",
    "workspace.yaml": "load_from: [dagster]",
    "README.md": "dagster dev",
    ".github/workflows/ci.yml": "run: dagster",
}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("project")
    code = "from dagster import Definitions\n\ndefs = Definitions()\n"
    for path, text in {**KEPT, **LEFT, "shop.py": code, "dbt/dbt_project.yml": "name: shop"}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return convert(root)


@pytest.mark.parametrize("path", KEPT)
def test_it_is_copied_as_it_is(converted, path: str) -> None:
    assert converted.files[path].decode() == KEPT[path]


@pytest.mark.parametrize("path", LEFT)
def test_it_is_left_out(converted, path: str) -> None:
    assert path not in converted.files


def test_data_that_speaks_of_dagster_is_said(converted) -> None:
    notes = {note["file"]: note["note"] for note in as_json(converted)["notes"]}
    assert "copied as it is" in notes["config/tables.json"]
    assert "dbt/models/schema.yml" not in notes


def test_a_dbt_project_around_the_dagster_project(tmp_path: Path) -> None:
    """Dagster's own tests stay out, where dbt_project.yml lies at the top of the tree."""
    for path, text in {"dbt_project.yml": "name: a", "tests/a.sql": "select 1"}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "shop.py").write_text("from dagster import Definitions\n\ndefs = Definitions()\n")
    (tmp_path / "tests" / "test_shop.py").write_text("import dagster")
    files = convert(tmp_path).files
    assert "tests/a.sql" in files
    assert "tests/test_shop.py" not in files
