"""The corpus run imports every module of a target, and tells what the conversion made fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate import corpus
from migrate.conversion import convert
from migrate.results import Conversion
from shims import target_imports
from shims.corpus import imports

pytestmark = pytest.mark.real

PROJECT = """import os
from typing import Optional

import not_installed_here
from dagster import Definitions, asset
from not_installed_here.parts import Base, Shape, register
from pydantic import BaseModel

HOME = os.environ.get("SHOP_HOME", "shop")


class Own(Base):
    shape: Optional[Shape] = None


class Model(BaseModel):
    shape: Shape | None = None
    sizes: list[Shape] = []


@register
def helper(own: Own) -> str:
    return str(own)


@asset
def one() -> int:
    return not_installed_here.count(HOME)


defs = Definitions(assets=[one])
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "projects" / "good" / "shop").mkdir(parents=True)
    (tmp_path / "projects" / "good" / "shop" / "__init__.py").touch()
    (tmp_path / "projects" / "good" / "shop" / "definitions.py").write_text(PROJECT)
    return tmp_path / "projects" / "good"


def spoiled(project: Path, line: str) -> Conversion:
    result = convert(project)
    result.files["shop/definitions.py"] += f"\n{line}\n".encode()
    return result


def test_what_is_missing_here_is_stood_in_for(project: Path) -> None:
    assert corpus.main(project.parent, imports=imports) == 0
    assert list(imports(project, spoiled(project, "print(not_installed_here.any.thing(1) + 1)"))) == []


FAULTS = {
    "raise NotImplementedError('by hand')": "NotImplementedError: by hand",
    "from shop.gone import nothing": "ModuleNotFoundError: No module named 'shop.gone'",
    "import dagster": "ModuleNotFoundError: No module named 'dagster' where the target runs",
    "from prefect import no_such_name": "ImportError: cannot import name 'no_such_name'",
    "class Twice(BaseModel, BaseModel): ...": "TypeError: duplicate base class BaseModel",
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_fault_of_the_target_is_told_with_its_line(project: Path, line: str) -> None:
    result = spoiled(project, line)
    number = result.files["shop/definitions.py"].decode().splitlines().index(line) + 1
    (told,) = imports(project, result)
    assert told.startswith("shop.definitions")
    assert f"cannot be imported: shop/definitions.py:{number}: {FAULTS[line]}" in told


def test_a_module_that_ends_the_process_is_told(project: Path) -> None:
    (told,) = imports(project, spoiled(project, "os._exit(3)"))
    assert told.endswith("it ends the process")


def test_what_the_surroundings_lack_is_no_fault(project: Path) -> None:
    for line in ("os.environ['NO_SUCH_VARIABLE']", "open('no such file')"):
        assert list(imports(project, spoiled(project, line))) == []


def test_what_the_source_does_too_is_no_fault(project: Path) -> None:
    (project / "shop" / "broken.py").write_text("from dagster import asset\n\nasset + 1\nnothing()\n")
    result = convert(project)
    result.files["shop/broken.py"] = b"None + 1\n"
    assert list(imports(project, result)) == []


def test_one_that_never_comes_back_is_left(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target_imports, "SECONDS", 1.0)
    assert list(imports(project, spoiled(project, "import time; time.sleep(600)"))) == []
    monkeypatch.setattr(target_imports, "SECONDS_IN_ALL", 3.0)
    result = spoiled(project, "import signal; signal.alarm(0); signal.pause()")
    assert list(imports(project, result)) == []
