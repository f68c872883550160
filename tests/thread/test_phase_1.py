"""The thin thread on the reference: green as it stands, red for the right reason once one thing is broken."""

import ast
import json
import os
import subprocess
import sys

import duckdb
import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("thread")]


def test_every_command_says_yes(signed):
    _, answers = signed
    for name, answer in answers.items():
        assert answer.returncode == 0, f"{name}: {answer.stdout[-2000:]}{answer.stderr[-2000:]}"


def test_all_66_models_are_compared_and_equal(signed):
    thread, _ = signed
    models = {path.stem for path in (thread.root / "dbt" / "models").rglob("*.sql")}
    tables = {t["name"]: t for t in thread.json("parity.json")["tables"]}
    assert len(models) == 66
    assert models <= tables.keys()
    assert {t["verdict"] for t in tables.values()} == {"equal"}
    assert all(t["rows_left"] == t["rows_right"] > 0 for t in tables.values())


def test_both_sides_are_real_and_apart(signed):
    thread, _ = signed
    sides = thread.json("run.json")["sides"]
    dagster, prefect = (thread.run / sides[name]["database"] for name in ("dagster", "prefect"))
    assert not dagster.samefile(prefect)
    assert sides["dagster"]["versions"]["dagster"]
    assert sides["prefect"]["versions"]["prefect"]
    assert sides["dagster"]["input_sha256"] == sides["prefect"]["input_sha256"]
    checks = {s: {(c["asset"], c["check"]): c["passed"] for c in sides[s]["checks"]} for s in sides}
    assert checks["dagster"] == checks["prefect"]
    assert len(checks["dagster"]) == 166


def test_the_report_names_its_evidence(signed):
    thread, answers = signed
    report = thread.root / ".changeover" / "sign-off" / "phase-1" / "report.html"
    assert str(report.relative_to(thread.root)) in answers["sign-off"].stdout
    content = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    named = {entry["path"] for entry in content["evidence"]}
    assert any(name.endswith("parity.json") for name in named)
    assert thread.migrate("sign-off", "verify", "--phase", "1").returncode == 0


def test_a_model_that_differs_on_one_side_is_named_with_year_and_column(broken):
    side = broken.run / "prefect"
    model = side / "work" / "dbt" / "models" / "marts" / "fct_employer_match.sql"
    text = model.read_text(encoding="utf-8")
    model.write_text(f"select * replace (employer_match + 0.01 as employer_match) from (\n{text}\n)\n")
    project = str(side / "work" / "dbt")
    place = ["--project-dir", project, "--profiles-dir", project]
    subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "run", "--select", "fct_employer_match", *place],
        env={**os.environ, "PLANALIGN_DB": str(side / "out" / "planalign.duckdb"), "DO_NOT_TRACK": "1"},
        cwd=project,
        check=True,
        capture_output=True,
    )
    assert broken.migrate("gate", "--phase", "1").returncode == 1
    said = broken.reasons()
    assert "fct_employer_match" in said
    assert "2025" in said
    assert "employer_match" in said.replace("fct_employer_match", "")


def test_a_table_that_is_empty_on_both_sides_is_no_pass(broken):
    for side in ("dagster", "prefect"):
        with duckdb.connect(str(broken.run / side / "out" / "planalign.duckdb")) as connection:
            connection.execute("delete from fct_promotion_flow")
    assert broken.migrate("gate", "--phase", "1").returncode != 0
    said = broken.reasons()
    assert "fct_promotion_flow" in said
    assert "empty" in said


def test_a_dropped_dependency_and_a_dropped_check_are_named(broken):
    # the reports no longer say that they read the job levels, and nobody asks whether the census is empty
    package = broken.root / "prefect_target" / "planalign"
    reporting = package / "assets" / "reporting.py"
    text = reporting.read_text(encoding="utf-8")
    assert text.count('"asset://dim_job_levels",') == 1
    reporting.write_text(text.replace('"asset://dim_job_levels",', ""), encoding="utf-8")
    jobs = package / "jobs.py"
    jobs.write_text(ast.unparse(Drop().visit(ast.parse(jobs.read_text(encoding="utf-8")))), encoding="utf-8")
    verified = broken.migrate("verify", "--json")
    assert verified.returncode == 1, verified.stderr
    differences = json.loads(verified.stdout)["differences"]
    edges = [d["key"] for d in differences if d["what"] == "edge"]
    assert any("dim_job_levels -> compensation_bands" in e for e in edges), differences
    assert any("census_is_not_empty" in str(d) for d in differences), differences
    assert broken.migrate("gate", "--phase", "1").returncode == 1
    said = broken.reasons()
    assert "census_is_not_empty" in said
    assert "dim_job_levels -> compensation_bands" in said
    # and both graphs drawn over each other mark what Dagster alone loads
    drawn = json.loads(broken.migrate("lineage", "--format", "json").stdout)
    marked = {f"{e['from']} -> {e['to']}": e["sides"] for e in drawn["edges"] if e["difference"]}
    assert marked == {
        "dim_job_levels -> compensation_bands": ["dagster"],
        "dim_job_levels -> growth_report": ["dagster"],
    }


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
