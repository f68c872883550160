"""Frozen inputs: whole copies, and fingerprints that see every change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrate.config import load
from migrate.errors import ConfigError, SideError
from shims import dual, freeze
from shims.ledger import Ledger
from shims.progress import Quiet
from shims.run_plan import make_plan


@pytest.fixture
def source(tmp_path: Path) -> Path:
    root = tmp_path / "source"
    for name, text in {
        "dbt/dbt_project.yml": "name: x",
        "dbt/models/a.sql": "select 1",
        "dbt/target/manifest.json": "{}",
        "dbt/logs/dbt.log": "",
        "dbt/dbt_packages/utils/macro.sql": "m",
        "app/target/kept.py": "kept = 1",
        "app/__pycache__/x.pyc": "",
        "app/venv/pyvenv.cfg": "",
        "app/venv/lib.py": "",
        "elsewhere/census.csv": "a,b",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "dbt/census.csv").symlink_to(root / "elsewhere/census.csv")
    (root / "dbt/shared").symlink_to(root / "elsewhere")
    (root / "app/loop").symlink_to(root / "app")
    (root / "app/broken").symlink_to(root / "nowhere")
    return root


def names(mark: freeze.Fingerprint) -> list[str]:
    return [file.path for file in mark.files]


def test_products_are_left_out_and_links_are_followed(source):
    assert names(freeze.fingerprint(source, ["dbt", "app"])) == [
        "app/target/kept.py",
        "dbt/census.csv",
        "dbt/dbt_project.yml",
        "dbt/dbt_packages/utils/macro.sql",
        "dbt/models/a.sql",
        "dbt/shared/census.csv",
    ]


def test_a_copy_has_the_fingerprint_of_its_source_and_stands_alone(source, tmp_path):
    (source / "dbt/models/a.sql").chmod(0o444)
    copy = tmp_path / "copy"
    freeze.copy(source, ["dbt", "app"], copy)
    assert freeze.fingerprint(copy, ["dbt", "app"]) == freeze.fingerprint(source, ["dbt", "app"])
    assert not [path for path in copy.rglob("*") if path.is_symlink()]
    (copy / "dbt/models/a.sql").write_text("changed")
    (copy / "dbt/census.csv").write_text("changed")
    assert (source / "dbt/models/a.sql").read_text() == "select 1"
    assert (source / "elsewhere/census.csv").read_text() == "a,b"


@pytest.mark.parametrize("change", ["content", "name", "new", "gone"])
def test_any_change_of_the_input_changes_the_fingerprint(source, change):
    before = freeze.fingerprint(source, ["dbt"])
    model = source / "dbt/models/a.sql"
    if change == "content":
        facts = model.stat()
        model.write_text("select 2")
        os.utime(model, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    elif change == "name":
        model.rename(model.with_name("b.sql"))
    elif change == "new":
        model.with_name("b.sql").write_text("")
    else:
        model.unlink()
    assert freeze.fingerprint(source, ["dbt"]).sha256 != before.sha256


def test_products_do_not_change_it(source):
    before = freeze.fingerprint(source, ["dbt", "app"])
    (source / "dbt/target/manifest.json").write_text("other")
    assert freeze.fingerprint(source, ["dbt", "app"]) == before


def test_what_does_not_exist_is_an_error(source):
    with pytest.raises(ConfigError, match="gone does not exist"):
        freeze.fingerprint(source, ["gone"])


def test_inputs_above_the_project_keep_their_place(tiny):
    data = tiny.root / "data"
    data.rename(tiny.root.parent / "data")
    tiny.set('freeze = ["data"]', 'freeze = ["../data"]')
    tiny.set("{work}/data", "{work}/../data")
    plan = make_plan(load(tiny.root), years=[2025])
    for side in plan.sides:
        side.make()
        freeze.copy(tiny.root, ["../data", side.root], side.paths.work)
        assert side.folder.is_dir()
        assert Path(side.environment["PLAN_CENSUS"]).read_text().startswith("name,salary")
        assert Path(os.path.normpath(side.environment["PLAN_CENSUS"])).is_relative_to(side.paths.base)


def test_a_source_that_changes_while_it_is_copied_is_refused(tiny, tmp_path, monkeypatch):
    plan = make_plan(load(tiny.root), years=[2025])
    plan.folder.mkdir(parents=True)

    def copy_late(root, names, destination, between):
        (tiny.root / "data/census.csv").write_text("name,salary\nEve,1\n")
        freeze_copy(root, names, destination, between)

    freeze_copy = freeze.copy
    monkeypatch.setattr(freeze, "copy", copy_late)
    with Ledger(tmp_path / "ledger.jsonl") as ledger:
        session = dual.Session(plan, ledger, Quiet(), lambda seconds: None)
        with pytest.raises(SideError, match="the dagster side's copy differs from the source"):
            dual._freeze(session)
