"""The short version of `make soak`: two runs, one of them killed while it starts."""

from __future__ import annotations

import pytest
from soak import soak

pytestmark = pytest.mark.real


def test_a_killed_run_and_the_next_one_leave_nothing(tmp_path, api):
    turns = list(soak(tmp_path, runs=2, seed=50, api=api, most_seconds=12.0, years="2025"))
    assert [turn.left for turn in turns] == [(), ()]
    assert [turn.kill for turn in turns] == ["SIGKILL migrate", ""]
    assert [turn.exit for turn in turns] == [-9, 0]
