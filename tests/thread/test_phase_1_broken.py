"""The signed reference with one thing broken in each room: red, and every thing is named."""

import ast
import json
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("thread")]


@pytest.fixture(scope="module")
def differences(broken) -> list[dict[str, Any]]:
    """What `verify` says once a dependency and a check are dropped.

    The reports no longer say that they read the job levels, and nobody asks whether the census is empty.
    """
    package = broken.root / "prefect_target" / "planalign"
    reporting = package / "assets" / "reporting.py"
    text = reporting.read_text(encoding="utf-8")
    assert text.count('"asset://dim_job_levels",') == 1
    reporting.write_text(text.replace('"asset://dim_job_levels",', ""), encoding="utf-8")
    jobs = package / "jobs.py"
    jobs.write_text(ast.unparse(Drop().visit(ast.parse(jobs.read_text(encoding="utf-8")))), encoding="utf-8")
    parsed_before(broken)
    verified = broken.migrate("verify", "--json")
    assert verified.returncode == 1, verified.stderr
    return json.loads(verified.stdout)["differences"]


def parsed_before(broken) -> None:
    """Take the manifest that the dual run left: to parse twice more would prove nothing here."""
    settings = broken.root / "migration.toml"
    text = settings.read_text(encoding="utf-8")
    kept = broken.run / "dagster" / "work" / "dbt" / "target"
    take = f"import shutil; shutil.copytree('{kept}', '{{work}}/dbt/target')"
    begin, end = text.index("commands = ["), text.index("[outputs]")
    line = f'commands = [["{{python}}", "-c", "{take}"]]'
    settings.write_text(f"{text[:begin]}{line}\n\n{text[end:]}", encoding="utf-8")


@pytest.fixture(scope="module")
def said(broken, differences) -> str:
    """What the gate says of that, of one model that differs, and of one table that is empty on both sides."""
    change = "update fct_employer_match set employer_match = employer_match + 0.01"
    for side, statement in (("prefect", change), ("dagster", ""), ("prefect", "")):
        with duckdb.connect(str(broken.run / side / "out" / "planalign.duckdb")) as connection:
            connection.execute(statement or "delete from fct_promotion_flow")
    assert broken.migrate("gate", "--phase", "1").returncode == 1
    return broken.reasons()


def test_a_dropped_dependency_and_a_dropped_check_are_named(differences, said):
    edges = [d["key"] for d in differences if d["what"] == "edge"]
    assert any("dim_job_levels -> compensation_bands" in e for e in edges), differences
    assert any("census_is_not_empty" in str(d) for d in differences), differences
    assert "census_is_not_empty" in said
    assert "dim_job_levels -> compensation_bands" in said


def test_both_graphs_drawn_over_each_other_mark_what_dagster_alone_loads(broken, differences):
    drawn = json.loads(broken.migrate("lineage", "--format", "json").stdout)
    marked = {f"{e['from']} -> {e['to']}": e["sides"] for e in drawn["edges"] if e["difference"]}
    assert marked == {
        "dim_job_levels -> compensation_bands": ["dagster"],
        "dim_job_levels -> growth_report": ["dagster"],
    }


def test_a_model_that_differs_on_one_side_is_named_with_year_and_column(said):
    (line,) = [
        line for line in said.splitlines() if line.startswith("parity") and "fct_employer_match" in line
    ]
    assert "2025" in line
    assert "employer_match" in line.replace("fct_employer_match", "")


def test_a_table_that_is_empty_on_both_sides_is_no_pass(said):
    assert any("fct_promotion_flow" in line and "empty" in line for line in said.splitlines())


class Drop(ast.NodeTransformer):
    """Takes one check out of a flow's wiring."""

    check = "census_is_not_empty"

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        if ast.unparse(node.targets[0]) == f"{self.check}_future":
            return None
        return self.drop(node, f"{self.check}_future")

    def visit_Call(self, node: ast.Call) -> ast.AST:
        node.keywords = [k for k in node.keywords if k.arg != self.check]
        return self.generic_visit(node)

    @staticmethod
    def drop(node: ast.AST, name: str) -> ast.AST:
        for found in ast.walk(node):
            if isinstance(found, ast.List):
                found.elts = [e for e in found.elts if ast.unparse(e) != name]
        return node
