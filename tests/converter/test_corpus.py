"""The corpus run sees what must never happen, and says of a sound project that it is sound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from migrate import corpus

SOUND = """from dagster import Definitions, asset


@asset
def one() -> int:
    return 1


@asset(deps=["outside"])
def two(one: int) -> int:
    return one


defs = Definitions(assets=[one, two])
"""


@pytest.fixture
def projects(tmp_path: Path) -> Path:
    (tmp_path / "projects" / "sound").mkdir(parents=True)
    (tmp_path / "projects" / "sound" / "code.py").write_text(SOUND)
    return tmp_path / "projects"


def test_a_sound_project_is_sound(projects: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert corpus.main(projects, projects.parent / "rows.json") == 0
    row = json.loads((projects.parent / "rows.json").read_text())[0]
    assert (row["project"], row["constructs"], row["done"]) == ("sound", 3, 1.0)
    assert "sound" in capsys.readouterr().out


def test_a_project_without_dagster_is_named(projects: Path) -> None:
    (projects / "none").mkdir()
    (projects / "none" / "plain.py").write_text("x = 1\n")
    assert corpus.main(projects) == 1


FAULTS: dict[str, tuple[str, Any]] = {
    "broken by an undefined name": ("code.py", lambda code: code.replace(b"return 1", b"return gone")),
    "broken": ("code.py", lambda code: code.replace(b"def one(", b"def one((")),
    "lost_keys": ("code.py", lambda code: code.replace(b"two", b"other")),
    "open_deps": ("code.py", lambda code: code.replace(b"asset://outside", b"asset://nowhere")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_target_is_seen(projects: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    import migrate.conversion

    real = migrate.conversion.convert
    path, spoil = FAULTS[fault]

    def spoiled(*args: Any, **kwargs: Any) -> Any:
        result = real(*args, **kwargs)
        assert spoil(result.files[path]) != result.files[path]
        result.files.update({p: spoil(data) for p, data in result.files.items() if p.endswith(".py")})
        return result

    monkeypatch.setattr(migrate.conversion, "convert", spoiled)
    assert getattr(corpus.examine(projects / "sound"), fault.split(" ", maxsplit=1)[0])


def test_a_construct_that_gets_lost_is_seen(projects: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import migrate.conversion

    real = migrate.conversion.convert

    def forgetful(*args: Any, **kwargs: Any) -> Any:
        result = real(*args, **kwargs)
        result.entries.pop()
        return result

    monkeypatch.setattr(migrate.conversion, "convert", forgetful)
    assert corpus.examine(projects / "sound").not_accounted
