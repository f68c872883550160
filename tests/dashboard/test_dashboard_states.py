"""What people meet on the way: an empty project, torn files, a run that is going on, five thousand assets."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import reference_project as data

SECTIONS = ("index", "lineage", "parity", "runs", "checks", "evidence", "bench")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A project that has settings and nothing else."""
    root = tmp_path / "empty"
    root.mkdir()
    shutil.copy(data.REPOSITORY / "migration.toml", root)
    return root


def test_an_empty_project_says_what_to_do_on_every_page(empty: Path, serve: Any, look: Any) -> None:
    view = look(serve(empty))
    for section in SECTIONS:
        assert view.go(f"{section}.html").status == 200
        assert view.page.query_selector("main code.command"), f"{section} names no command"


def test_a_folder_without_settings_says_what_to_do(tmp_path: Path, serve: Any, look: Any) -> None:
    view = look(serve(tmp_path))
    view.go("index.html")
    assert "there is no migration.toml" in view.text()
    for section in SECTIONS:
        assert view.go(f"{section}.html").status == 200


def test_a_torn_ledger_shows_what_is_left_of_it(project: Path, serve: Any, look: Any) -> None:
    folder = project / data.STATE / "runs"
    whole = (folder / data.SIX_YEARS / "ledger.jsonl").read_bytes()
    (folder / data.SIX_YEARS / "ledger.jsonl").write_bytes(whole[: len(whole) // 2] + b'\n{"at": "x"\n')
    (folder / data.SECOND / "run.json").write_bytes(b'{"id": "2026')
    (folder / data.FIRST / "run.json").unlink()
    (folder / data.FIRST / "ledger.jsonl").write_bytes(b"\x00\xff\n")
    view = look(serve(project))
    view.go(f"runs/{data.SIX_YEARS}.html")
    assert "The ledger is not whole" in view.text()
    assert "workforce_models" in view.text()
    view.go("runs.html")
    assert view.text().count("unreadable") == 2
    for path in (*(f"{s}.html" for s in SECTIONS), f"runs/{data.FIRST}.html", f"runs/{data.SECOND}.html"):
        assert view.go(path).status == 200, path


@pytest.mark.parametrize("name", ["graph.json", "equivalence.json", "runs/*/gate.json", "runs/*/parity.json"])
@pytest.mark.parametrize("content", ["", "[]", '{"tables": 7, "assets": {"a": 1}, "gates": null}'])
def test_a_file_that_is_not_what_it_should_be_breaks_no_page(
    name: str, content: str, project: Path, serve: Any
) -> None:
    import httpx

    for file in (project / data.STATE).glob(name):
        file.write_text(content, encoding="utf-8")
    address = serve(project)
    for section in SECTIONS:
        assert httpx.get(f"{address}{section}.html").status_code == 200, section


def test_a_run_that_finishes_while_the_page_is_open_appears(project: Path, serve: Any, look: Any) -> None:
    folder = project / data.STATE / "runs"
    kept = shutil.move(folder / data.SECOND, project / "kept")
    view = look(serve(project))
    view.go("runs.html")
    assert data.SECOND not in view.text()
    view.page.evaluate("window.still = true")
    new = folder / data.SECOND
    new.mkdir()
    now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    start = {"at": now, "what": "start", "side": "", "run": data.SECOND, "phase": "1", "years": [2025]}
    (new / "ledger.jsonl").write_text(json.dumps(start) + "\n", encoding="utf-8")
    view.page.wait_for_selector(f"tr:has-text('{data.SECOND}') >> text=running", timeout=15000)
    shutil.rmtree(new)
    shutil.copytree(kept, new)
    view.page.wait_for_selector(f"tr:has-text('{data.SECOND}') >> text=complete", timeout=15000)
    assert view.page.evaluate("window.still"), "the page was loaded again"


def test_the_graph_follows_the_files_where_it_stands(project: Path, serve: Any, look: Any) -> None:
    view = look(serve(project))
    view.go("lineage.html#asset=stg_census_data&colour=parity&groups=all")
    page = view.page
    page.wait_for_selector("#nodes .chosen")
    page.focus("#graph")
    page.keyboard.press("+")
    before = page.get_attribute("#view", "transform")
    chosen = page.locator("#nodes .chosen")
    assert "parity-equal" in chosen.get_attribute("class")
    page.evaluate("window.still = true")

    def differs(record: Any) -> None:
        next(t for t in record["tables"] if t["name"] == "stg_census_data")["verdict"] = "different"

    data.change(project / data.STATE / "runs" / data.SECOND / "parity.json", differs)
    page.wait_for_selector("#nodes .chosen.parity-different", timeout=15000)
    assert "Parity: different" in page.inner_text("#chosen")
    assert "different" in page.locator("tr", has_text="stg_census_data").first.inner_text()
    assert page.get_attribute("#view", "transform") == before, "zoom and place stay"
    assert page.evaluate("window.still && document.activeElement.id") == "graph", "focus stays"

    def grown(record: Any) -> None:
        record["assets"].append({**record["assets"][0], "key": "a_new_asset", "deps": ["stg_census_data"]})

    data.change(project / data.STATE / "graph.json", grown)
    page.wait_for_selector("#nodes g:has-text('a_new_asset')", timeout=15000)
    assert "stg_census_data" in chosen.text_content()


def test_five_thousand_assets(project: Path, serve: Any, look: Any) -> None:
    data.many_assets(project)
    view = look(serve(project))
    for section in SECTIONS:
        assert view.go(f"{section}.html").status == 200
    view.go("lineage.html")
    assert "5,000 assets" in view.text()
    view.page.wait_for_selector("#nodes g")
    assert view.page.locator("#nodes g").count() == 50, "groups are folded"
    view.go("lineage.html#asset=layer_7_asset_00777&depth=2")
    view.page.wait_for_selector("#nodes .chosen")
    assert 2 < view.page.locator("#nodes g").count() < 60
    view.go("lineage.20.html")
    assert view.page.locator("tbody tr").count() == 250
    view.page.fill("#find", "asset_04999")
    view.page.wait_for_selector("#found a")
    view.page.keyboard.press("Enter")
    view.page.wait_for_url("**/assets/layer_9_asset_04999.html")
    assert "layer_9_asset_04999" in view.text()
