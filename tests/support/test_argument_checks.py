"""The target's argument checks give and raise what Dagster's own do."""

import time
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

ROW = {"names": ["a"], "none": None, "size": 3, "share": 0.5, "text": "b", "inner": {"k": 1}}
KEYS = [*ROW, "absent"]
VALUES: list[Any] = [None, 0, 1, 1.5, True, "", "a", [], ["a"], [1], {}, {"k": 1}, {1: 2}, print]
ELEMENTS = [f"{opt}{kind}_elem" for opt in ("", "opt_") for kind in ("list", "dict", "str", "int", "float")]
PARAMETERS = [
    f"{opt}{kind}_param"
    for opt in ("", "opt_")
    for kind in ("list", "dict", "str", "int", "float", "bool", "callable")
    if (opt, kind) != ("opt_", "callable")
]


def _ours(name: str) -> Any:
    from migrate.support import argument_checks, collection_checks

    return getattr(argument_checks, name, None) or getattr(collection_checks, name)


def _outcome(function: Any, *args: Any, **more: Any) -> Any:
    try:
        return function(*args, **more)
    except Exception as error:
        return type(error).__name__


def _same(name: str, *args: Any, **more: Any) -> None:
    from dagster_shared.check import functions as theirs

    old, new = _outcome(getattr(theirs, name), *args, **more), _outcome(_ours(name), *args, **more)
    assert (type(old), old) == (type(new), new), (name, args, more)


@pytest.mark.parametrize("name", ELEMENTS)
def test_entries_of_a_dictionary(name: str) -> None:
    for key in KEYS:
        _same(name, ROW, key)
        if "list" in name:
            _same(name, ROW, key, of_type=int)
        if "dict" in name:
            _same(name, ROW, key, key_type=str, value_type=str)
    _same(name, ["no dictionary"], "names")


@pytest.mark.parametrize("name", PARAMETERS)
def test_arguments(name: str) -> None:
    for value in VALUES:
        _same(name, value, "size")
        if "list" in name:
            _same(name, value, "size", str)
        if "dict" in name:
            _same(name, value, "size", str)
            _same(name, value, "size", value_type=str)


def test_what_needs_no_name() -> None:
    for value in VALUES:
        _same("not_none", value, "why")
        _same("invariant", value, "why")
        _same("param_invariant", value, "size", "why")
        _same("inst", value, (str, int), "why")
        _same("is_list", value, of_type=str)


def test_a_function_is_tried_again_after_the_same_pauses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dagster._utils.backoff import backoff as theirs

    from migrate.support.backoffs import backoff as ours

    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    for failures in range(7):
        for retries in (0, 4):
            seen = []
            for backoff in (theirs, ours):
                left = [OSError("busy")] * failures
                waited.clear()

                def connect(name: str, left: list[OSError] = left) -> str:
                    if left:
                        raise left.pop()
                    return name

                answer = _outcome(backoff, connect, (OSError,), kwargs={"name": "db"}, max_retries=retries)
                seen.append((answer, len(left), list(waited)))
            assert seen[0] == seen[1]


def test_metadata_of_tables_has_dagsters_names(monkeypatch: pytest.MonkeyPatch) -> None:
    from dagster._core.definitions.metadata.metadata_set import TableMetadataSet
    from dagster_shared.seven.temp_dir import get_system_temp_directory

    from migrate.support.table_facts import table_facts
    from migrate.support.temporary_files import system_folder

    given: dict[str, Any] = {"table_name": "lake.orders", "storage_kind": None, "row_count": 3}
    assert dict(TableMetadataSet(**given)) == table_facts(**given)
    monkeypatch.setenv("TMPDIR", "elsewhere")
    assert system_folder() == get_system_temp_directory()
