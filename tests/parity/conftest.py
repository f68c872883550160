"""Two small databases from SQL, and their comparison."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from migrate.config import Outputs
from validation.parity import ParityReport, compare

Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def make(name: str, *statements: str) -> Path:
        file = tmp_path / f"{name}.duckdb"
        file.unlink(missing_ok=True)
        with duckdb.connect(file) as connection:
            for statement in statements:
                connection.execute(statement)
        return file

    return make


@pytest.fixture
def compared(build: Build) -> Callable[..., ParityReport]:
    """Compare two lists of statements; keyword arguments without `outputs` are settings of [outputs]."""

    def run(left: str, right: str, *, settings: dict[str, Any] | None = None, **more: Any) -> ParityReport:
        outputs = None if settings is None else Outputs.model_validate({"database": "x", **settings})
        return compare(build("left", left), build("right", right), outputs, **more)

    return run
