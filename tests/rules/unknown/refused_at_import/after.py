from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

LOADED: dict[str, Any] = {}
NAMES: list[Any] = []


class Made(NamedTuple):
    """What a factory gives."""

    sensor: Any
    job: Any | None
    many: list["Any"]


@dataclass
class Told:
    key: "Any"
    log: logging.LoggerAdapter


class Both:
    """Two fields that need what is not there, and a method of its own."""
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:29: dagster.DagsterLibraryRegistry, dagster.DagsterInstance is "
            "not converted. Ask Prefect's API instead: prefect.get_client()."
        )


def keyed(value: Any) -> "Any | None":
    return cast("Any", value) if value else None


def not_converted_LOADED_instance(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:44: dagster.DagsterInstance.get is not converted. Ask "
        "Prefect's API instead: prefect.get_client()."
    )


LOADED["instance"] = not_converted_LOADED_instance


def not_converted_NAMES(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py: dagster.instance_for_test is not converted. Write by hand "
        "what Prefect has in its place."
    )


NAMES = not_converted_NAMES


def first(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:50: some_new_thing first: it is not converted. Write it by "
        "hand, or ask for a rule."
    )


if __name__ == "__main__":
    raise NotImplementedError(
        "code.py:54: materialize_to_memory materialize_to_memory: it is not "
        "converted. Call the flow."
    )
