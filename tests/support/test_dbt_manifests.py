"""When one parse serves several dbt calls, and when it must not."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


class Bakery:
    """A copy of the example's dbt project, and how often it was parsed."""

    def __init__(self, folder: Path, parsed_dbt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from prefect_support import dbt_manifests
        from prefect_support.dbt_project import DbtProject

        self.dbt = folder / "dbt"
        self.database = folder / "bakery.duckdb"
        self.parses = 0
        shutil.copytree(parsed_dbt, self.dbt)
        monkeypatch.setenv("BAKERY_DB", str(self.database))
        original = dbt_manifests._parse

        def counted(*arguments: Any) -> Any:
            self.parses += 1
            return original(*arguments)

        monkeypatch.setattr(dbt_manifests, "_parse", counted)
        self.project = DbtProject(project_dir=self.dbt)
        with duckdb.connect(str(self.database)) as connection:
            connection.execute(
                "create table raw_orders as select i as order_id, 2025 + i % 3 as order_year,"
                " ['bread', 'cake'][i % 2 + 1] as product, 1 as quantity from range(12) t(i)"
            )

    def place(self, text: str, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def build(self, **variables: Any) -> list[tuple[Any, ...]]:
        """dbt build through the support module; then what the last model holds."""
        self.project.cli(["build", "--vars", json.dumps(variables)])
        return self.sales()

    def build_afresh(self, **variables: Any) -> list[tuple[Any, ...]]:
        """The same by dbt alone, which parses whenever it should."""
        from dbt.adapters.factory import reset_adapters
        from dbt.cli.main import dbtRunner

        place = ["--project-dir", str(self.dbt), "--profiles-dir", str(self.dbt)]
        result = dbtRunner().invoke(
            ["--quiet", "--no-partial-parse", "build", *place, "--vars", json.dumps(variables)]
        )
        reset_adapters()
        assert result.success, result.exception
        return self.sales()

    def sales(self) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database)) as connection:
            return connection.execute("select * from fct_sales order by all").fetchall()


@pytest.fixture
def bakery(tmp_path: Path, parsed_dbt: Path, monkeypatch: pytest.MonkeyPatch) -> Bakery:
    return Bakery(tmp_path, parsed_dbt, monkeypatch)


def test_variables_that_only_reach_sql_need_no_second_parse(bakery: Bakery) -> None:
    cheap = bakery.build(year=2025, price_factor=1)
    dear = bakery.build(year=2025, price_factor=2)  # used inside an ephemeral model
    assert bakery.parses == 1
    assert dear == [(product, amount * 2, year) for product, amount, year in cheap]
    assert dear == bakery.build_afresh(year=2025, price_factor=2)


def test_a_year_with_another_graph_is_parsed_again_and_both_are_kept(bakery: Bakery) -> None:
    first = bakery.build(year=2025)
    second = bakery.build(year=2026)  # reads one model more
    assert bakery.parses == 2
    assert {row[0] for row in first} == {"bread", "cake"}
    assert {row[0] for row in second} == {"bread", "cake", "roll"}
    assert bakery.build(year=2027) == bakery.build_afresh(year=2027)
    assert bakery.build(year=2025) == first
    assert bakery.parses == 2


def test_what_dbt_parse_left_is_not_used_for_a_year_with_another_graph(bakery: Bakery) -> None:
    from prefect_support import dbt_manifests

    later = bakery.build(year=2026)
    assert bakery.parses == 2  # what was left, and anew with this year
    dbt_manifests._held.clear()  # as in a new process
    assert bakery.build(year=2026) == later == bakery.build_afresh(year=2026)
    assert bakery.parses == 3  # not tried a second time


def test_configuration_made_of_a_variable_is_never_stale(bakery: Bakery) -> None:
    models = bakery.dbt / "models"
    bakery.place("{{ config(materialized=var('kind_a', 'table')) }} select 1 as x", models / "by_model.sql")
    bakery.place("{{ config(materialized=kind()) }} select 1 as x", models / "by_macro.sql")
    bakery.place("select 1 as x", models / "late" / "by_yaml.sql")
    bakery.place(
        "{% macro kind() %}{{ return(var('kind_b', 'table')) }}{% endmacro %}",
        bakery.dbt / "macros" / "kind.sql",
    )
    bakery.place(
        "{% macro generate_schema_name(custom, node) %}{{ var('schema', 'main') }}{% endmacro %}",
        bakery.dbt / "macros" / "names.sql",
    )
    project = bakery.dbt / "dbt_project.yml"
    bakery.place(project.read_text() + LATE, project)

    def kinds(**variables: str) -> dict[str, str]:
        bakery.project.cli(["run", "--select", "by_model by_macro late", "--vars", json.dumps(variables)])
        with duckdb.connect(str(bakery.database)) as connection:
            query = (
                "select table_name, table_type from information_schema.tables where table_name like 'by_%'"
            )
            found = dict(connection.execute(query).fetchall())
        return {name: kind for name, kind in found.items() if name.startswith("by_")}

    assert kinds() == dict.fromkeys(("by_model", "by_macro", "by_yaml"), "BASE TABLE")
    assert kinds(kind_a="view")["by_model"] == "VIEW"
    assert kinds(kind_b="view")["by_macro"] == "VIEW"
    assert kinds(kind_c="view")["by_yaml"] == "VIEW"
    assert kinds(unread="anything") == dict.fromkeys(("by_model", "by_macro", "by_yaml"), "BASE TABLE")
    assert bakery.parses == 4
    kinds(schema="other")
    with duckdb.connect(str(bakery.database)) as connection:
        assert connection.execute("select * from other.by_model").fetchall() == [(1,)]


LATE = """    late:
      +materialized: "{{ var('kind_c', 'table') }}"
"""


def test_a_changed_file_or_environment_is_parsed_again(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run() -> Any:
        bakery.project.cli(["run", "--select", "discontinued"])
        with duckdb.connect(str(bakery.database)) as connection:
            query = "select table_type from information_schema.tables where table_name = 'discontinued'"
            return connection.execute(f"select *, ({query}) from discontinued").fetchall()

    bakery.project.cli(["seed"])
    assert run() == [("roll", "BASE TABLE")]
    model = bakery.dbt / "models" / "discontinued.sql"
    model.write_text("{{ config(materialized=env_var('BAKERY_KIND', 'table')) }} select 'biscuit' as product")
    assert run() == [("biscuit", "BASE TABLE")]
    monkeypatch.setenv("BAKERY_KIND", "view")
    assert run() == [("biscuit", "VIEW")]
    assert bakery.parses == 3


def test_no_connection_outlives_a_call(bakery: Bakery) -> None:
    bakery.project.cli(["seed"])
    with duckdb.connect(str(bakery.database), read_only=True, config={"threads": 1}) as connection:
        assert connection.execute("select count(*) from products").fetchone() == (3,)
    writer = f"import duckdb; duckdb.connect({str(bakery.database)!r}).execute('drop table products')"
    subprocess.run([sys.executable, "-c", writer], check=True)
