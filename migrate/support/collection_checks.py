"""Checks of lists, dictionaries and their entries: `opt_list_elem(row, "names")` gives a list.

Written by `migrate convert`; yours to edit.

Upstream: https://docs.python.org/3/library/functions.html#isinstance
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .argument_checks import CheckError, Types, inst_param


class ElementCheckError(CheckError):
    """An entry of a dictionary is of another type."""


def list_param(
    obj: Any, param_name: str, of_type: Types | None = None, additional_message: str | None = None
) -> Any:
    """The list; raises ParameterCheckError for anything else, CheckError for a member of another type."""
    return _members(inst_param(obj, param_name, list, additional_message), of_type)


def opt_list_param(
    obj: Any, param_name: str, of_type: Types | None = None, additional_message: str | None = None
) -> Any:
    """The list, an empty one for None."""
    return [] if obj is None else list_param(obj, param_name, of_type, additional_message) or []


def is_list(obj: Any, of_type: Types | None = None, additional_message: str | None = None) -> Any:
    """The list; raises CheckError for anything else."""
    if not isinstance(obj, list):
        raise CheckError(f"{obj!r} is no list. {additional_message or ''}".rstrip())
    return _members(obj, of_type)


def dict_param(
    obj: Any,
    param_name: str,
    key_type: Types | None = None,
    value_type: Types | None = None,
    additional_message: str | None = None,
) -> Any:
    """The dictionary; raises ParameterCheckError for anything else, CheckError for a wrong entry."""
    return _entries(inst_param(obj, param_name, dict, additional_message), key_type, value_type)


def opt_dict_param(
    obj: Any,
    param_name: str,
    key_type: Types | None = None,
    value_type: Types | None = None,
    additional_message: str | None = None,
) -> Any:
    """The dictionary, an empty one for None."""
    return {} if obj is None else dict_param(obj, param_name, key_type, value_type, additional_message) or {}


def list_elem(ddict: Mapping[str, Any], key: str, of_type: Types | None = None) -> Any:
    """The list below a key; raises ElementCheckError when there is none."""
    return _members(_entry(ddict, key, list, dict_param(ddict, "ddict").get(key)), of_type)


def opt_list_elem(ddict: Mapping[str, Any], key: str, of_type: Types | None = None) -> Any:
    """The list below a key, an empty one for None or nothing."""
    return [] if dict_param(ddict, "ddict").get(key) is None else list_elem(ddict, key, of_type)


def dict_elem(
    obj: Mapping[str, Any], key: str, key_type: Types | None = None, value_type: Types | None = None
) -> Any:
    """The dictionary below a key; raises CheckError when there is none."""
    if key not in dict_param(obj, "obj"):
        raise CheckError(f"{key} is not in {obj}")
    return _entries(_entry(obj, key, dict, obj[key]), key_type, value_type)


def opt_dict_elem(
    obj: Mapping[str, Any], key: str, key_type: Types | None = None, value_type: Types | None = None
) -> Any:
    """The dictionary below a key, an empty one for None or nothing."""
    return {} if dict_param(obj, "obj").get(key) is None else dict_elem(obj, key, key_type, value_type)


def str_elem(ddict: Mapping[str, Any], key: str) -> str:
    """The text below a key; raises KeyError when there is none."""
    answer: str = _entry(ddict, key, str, dict_param(ddict, "ddict")[key])
    return answer


def opt_str_elem(ddict: Mapping[str, Any], key: str) -> str | None:
    """The text below a key, or None."""
    return None if dict_param(ddict, "ddict").get(key) is None else str_elem(ddict, key)


def int_elem(ddict: Mapping[str, Any], key: str) -> Any:
    """The number below a key; raises KeyError when there is none."""
    return _entry(ddict, key, int, dict_param(ddict, "ddict")[key])


def opt_int_elem(ddict: Mapping[str, Any], key: str) -> Any:
    """The number below a key, or None."""
    return None if dict_param(ddict, "ddict").get(key) is None else int_elem(ddict, key)


def float_elem(ddict: Mapping[str, Any], key: str) -> Any:
    """The decimal number below a key; raises KeyError when there is none."""
    return _entry(ddict, key, float, dict_param(ddict, "ddict")[key])


def opt_float_elem(ddict: Mapping[str, Any], key: str) -> Any:
    """The decimal number below a key, or None."""
    return None if dict_param(ddict, "ddict").get(key) is None else float_elem(ddict, key)


def _entry(ddict: Mapping[str, Any], key: str, ttype: type, value: Any) -> Any:
    if not isinstance(value, ttype):
        raise ElementCheckError(f"{key} is {value!r}, no {ttype}, in {ddict}")
    return value


def _members(values: list[Any], of_type: Types | None) -> list[Any]:
    wrong = [value for value in values if of_type and not isinstance(value, of_type)]
    if wrong:
        raise CheckError(f"{wrong[0]!r} is no {of_type}")
    return values


def _entries(values: dict[Any, Any], key_type: Types | None, value_type: Types | None) -> dict[Any, Any]:
    for key, value in values.items():
        if key_type and not isinstance(key, key_type):
            raise CheckError(f"the key {key!r} is no {key_type}")
        if value_type and not isinstance(value, value_type):
            raise CheckError(f"{key} is {value!r}, no {value_type}")
    return values
