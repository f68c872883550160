"""What the target's own small functions do is what Dagster's of that name do."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def _both() -> list[Callable[..., Any]]:
    from dagster._utils.cached_method import cached_method as theirs

    from migrate.support.cached_methods import cached_method as ours

    return [theirs, ours]


@pytest.mark.parametrize("cached_method", _both(), ids=("dagster", "target"))
def test_an_answer_is_kept_on_its_object(cached_method: Callable[..., Any]) -> None:
    asked: list[Any] = []

    class Shelf(BaseModel):
        size: int

        @cached_method
        def items(self, start: int, step: int = 1) -> list[int]:
            asked.append((self.size, start, step))
            return list(range(start, self.size, step))

        @cached_method
        async def late(self, start: int) -> int:
            asked.append(start)
            return start

    small, large = Shelf(size=3), Shelf(size=5)
    answers = [
        small.items(0, 2),
        small.items(start=0, step=2),
        small.items(step=2, start=0),
        large.items(0, 2),
    ]
    assert answers == [[0, 2], [0, 2], [0, 2], [0, 2, 4]]
    assert asked == [(3, 0, 2), (5, 0, 2)]
    assert small.items(0, 2) is answers[0]
    asyncio.run(small.late(7))
    assert asyncio.run(small.late(7)) == 7
    assert asked[2:] == [7]
    assert small.model_dump() == {"size": 3}


def test_a_temporary_path_is_empty_before_and_gone_afterwards() -> None:
    from dagster._utils import safe_tempfile_path

    from migrate.support.temporary_files import temporary_path

    for function in (safe_tempfile_path, temporary_path):
        with function() as path:
            assert isinstance(path, str)
            assert not Path(path).exists()
            Path(path).write_text("x")
        assert not Path(path).exists()
        with function() as path:
            pass  # nothing was written: nothing to remove


def test_the_columns_of_a_frame_are_told_by_name_and_type() -> None:
    import pandas as pd

    from migrate.support.table_facts import columns_of

    frame = pd.DataFrame({"id": [1], 2: [0.5], "at": pd.to_datetime(["2024-01-01"]).astype("datetime64[ns]")})
    told = [(column["name"], column["type"]) for column in columns_of(frame)["columns"]]
    assert told == [("id", "int64"), ("2", "float64"), ("at", "datetime64[ns]")]
