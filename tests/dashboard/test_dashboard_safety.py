"""Read-only, loopback only, nothing outside the project, nothing of the data ever runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import reference_project as data

MIGRATE = str(Path(sys.executable).with_name("migrate"))
NASTY = '<img src=x onerror="document.title=1">\x1b[31m'


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_but_reading_is_answered(method: str, live: str) -> None:
    assert httpx.request(method, live).status_code == 405


def test_another_host_name_is_refused(live: str) -> None:
    assert httpx.get(live, headers={"host": "evil.example"}).status_code == 421
    assert httpx.get(live, headers={"host": "localhost"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "../migration.toml",
        "%2e%2e/%2e%2e/etc/passwd",
        "static/../../server.py",
        "static/..%2fserver.py",
        "runs/..%2f..%2fmigration.toml/logs/x.html",
        "evidence/phase-1/..%2fseal.json",
        "evidence/phase-..%2f..%2f/report.html",
    ],
)
def test_no_path_leads_out(path: str, live: str) -> None:
    with httpx.Client() as client:
        request = client.build_request("GET", live)
        request.url = request.url.copy_with(raw_path=f"/{path}".encode())
        answer = client.send(request)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_a_log_that_is_a_link_to_elsewhere_is_not_shown(project: Path, serve: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret", encoding="utf-8")
    logs = project / data.STATE / "runs" / data.SECOND / "dagster" / "logs"
    (logs / "prepare-1.out.log").symlink_to(secret)
    (project / data.STATE / "runs" / data.SECOND / "parity.json").unlink()
    (project / data.STATE / "runs" / data.SECOND / "parity.json").symlink_to(secret)
    address = serve(project)
    assert "prepare-1.out.log" not in httpx.get(f"{address}runs/{data.SECOND}.html").text
    assert httpx.get(f"{address}parity/{data.SECOND}.html").status_code in (200, 404)
    assert "a secret" not in httpx.get(f"{address}parity/{data.SECOND}.html").text


def test_text_of_logs_and_data_never_runs(project: Path, serve: Any, look: Any) -> None:
    run = project / data.STATE / "runs" / data.SIX_YEARS
    log = run / "prefect" / "logs" / "side.err.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(f"{NASTY} in a log\n", encoding="utf-8")

    def parity(record: Any) -> None:
        changed = next(t for t in record["tables"] if t["name"] == "fct_employer_match")
        changed["samples"][0]["left"]["employer_match"] = NASTY
        changed["reason"] = NASTY

    data.change(run / "parity.json", parity)
    data.change(run / "run.json", lambda r: r["sides"]["prefect"].update(reason=NASTY, status="failed"))
    view = look(serve(project))
    for path in ("index.html", "runs.html", f"runs/{data.SIX_YEARS}.html", f"parity/{data.SIX_YEARS}.html"):
        view.go(path)
        assert "PlanAlign" in view.page.title(), path
    view.go(f"parity/{data.SIX_YEARS}/fct_employer_match.html")
    assert "onerror" in view.text()
    view.page.goto(view.address + f"runs/{data.SIX_YEARS}.html")
    view.page.click("text=prefect/side.err.log")
    assert "<img src=x" in view.text()
    assert view.page.title().endswith("PlanAlign")


def test_every_answer_forbids_what_is_not_its_own(live: str) -> None:
    for path in ("", "live", "static/dashboard.js", "nothing.html"):
        headers = httpx.get(live + path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
    report = httpx.get(f"{live}evidence/phase-1/report.html")
    assert report.status_code == 200
    assert "sandbox" in report.headers["content-security-policy"]


def test_another_address_needs_a_flag_and_then_a_token(project: Path, serve: Any) -> None:
    done = subprocess.run(
        [MIGRATE, "dashboard", "--host", "0.0.0.0", "--port", "0"],
        cwd=project,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "--expose" in done.stderr
    address = serve(project, "a-token")
    assert httpx.get(address).status_code == 401
    assert httpx.get(f"{address}?token=wrong").status_code == 401
    with httpx.Client() as client:
        assert client.get(f"{address}?token=a-token").status_code == 200
        assert client.get(f"{address}runs.html").status_code == 200, "the cookie stands for the token"


def test_looking_changes_no_file(project: Path, serve: Any) -> None:
    from migrate.files import walk

    def state() -> dict[str, tuple[int, int]]:
        return {str(p): (p.stat().st_mtime_ns, p.stat().st_size) for p in walk(project)}

    before = state()
    address = serve(project)
    for path in (
        "index.html",
        "lineage.html",
        "parity.html",
        "runs.html",
        "checks.html",
        "evidence.html",
        "bench.html",
    ):
        assert httpx.get(address + path).status_code == 200
    assert state() == before
