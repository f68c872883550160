"""What is seen of an asset is told, of the right one; nothing is told twice."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    from prefect_support import observations

    found: list[Any] = []
    monkeypatch.setattr(observations, "observed", lambda *given: found.append(given))
    return found


def test_one_asset(told: list[Any]) -> None:
    from prefect_support.observations import Observation, observes

    @observes("asset://a")
    def version() -> str:
        return "7"

    @observes("asset://a")
    def nothing() -> None:
        return None

    @observes("asset://a")
    def facts() -> Observation:
        return Observation(metadata={"rows": 1})

    version(), nothing(), facts()
    assert told == [("asset://a", {"data_version": "7"}), ("asset://a", {"rows": 1})]


def test_several_assets_must_be_named(told: list[Any]) -> None:
    from prefect_support.observations import Observation, observes

    @observes("asset://a", "asset://b")
    def both() -> Iterator[Observation]:
        yield Observation("b", "2")
        yield Observation(data_version="1")

    with pytest.raises(ValueError, match="does not say of which"):
        both()
    assert told == [("asset://b", {"data_version": "2"})]
