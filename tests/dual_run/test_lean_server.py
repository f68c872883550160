"""The server of a dual run is spared work, by settings this Prefect knows, and loses nothing by it."""

from __future__ import annotations

import sqlite3

from prefect.settings import Settings

from shims.server import LEAN


def test_prefect_knows_every_setting(monkeypatch):
    for name, value in LEAN.items():
        monkeypatch.setenv(name, value)
    known = Settings().to_environment_variables(exclude_unset=True)
    told = {name: known.get(name, "not known") for name in LEAN}
    assert {name: _plain(value) for name, value in told.items()} == {n: _plain(v) for n, v in LEAN.items()}


def test_a_server_that_does_not_look_for_block_types_has_them(happy):
    with sqlite3.connect(happy[0].folder / "prefect/server/prefect.db") as database:
        types = {name for (name,) in database.execute("select name from block_type")}
    assert "Secret" in types


def _plain(value: str) -> object:
    lowered = value.lower()
    return (
        lowered == "true" if lowered in ("true", "false") else float(value) if value[0].isdigit() else value
    )
