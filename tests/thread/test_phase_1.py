"""The thin thread on the reference: green as it stands, red for the right reason once one thing is broken."""

import json

import pytest

from migrate.files import digest_tree

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("thread")]


COMMANDS = ("convert", "verify", "dual-run", "gate", "sign-off")


def test_every_command_says_yes(signed):
    _, answers = signed
    for name in COMMANDS:
        answer = answers[name]
        assert answer.returncode == 0, f"{name}: {answer.stdout[-2000:]}{answer.stderr[-2000:]}"


def test_verify_finds_the_reference_equal_and_writes_nothing_but_the_verdict(signed, errors_of):
    """81 dbt assets with their tests as checks, prepare commands, and inputs that are not there yet."""
    thread, answers = signed
    assert answers["verify"].stderr == ""
    assert answers["verify wrote"] == {".changeover/equivalence.json", ".changeover/graph.json"}
    assert answers["verify kept"]
    written = json.loads((thread.root / ".changeover" / "equivalence.json").read_text(encoding="utf-8"))
    assert errors_of("equivalence.schema.json", written) == []
    assert written["equal"] is True
    assert [d for d in written["differences"] if not d["explained"]] == []
    assert all(left == right for left, right in written["counts"].values())
    assert written["counts"]["assets"][0] > 81
    assert written["counts"]["checks"][0] > 100
    assert written["counts"]["jobs"] == [4, 4]
    assert "payroll_extract" in {u["name"] for u in written["undeployed"]}
    assert [u["module"] for u in written["unimportable"]] == ["planalign.warts.reports.optimisation"]
    assert written["legacy_sha256"] == digest_tree(thread.root / "dagster_legacy")
    assert written["target_sha256"] == digest_tree(thread.root / "prefect_target")


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
