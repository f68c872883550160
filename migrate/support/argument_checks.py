"""Checks of arguments that raise by name: `inst_param(size, "size", int)` gives `size` back.

Written by `migrate convert`; yours to edit.

Upstream: https://docs.python.org/3/library/functions.html#isinstance
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
Types = type | tuple[type, ...]


class CheckError(Exception):
    """Something is not as it was said to be."""


class ParameterCheckError(CheckError):
    """An argument is not."""


def not_none(value: T | None, additional_message: str | None = None) -> T:
    """The value; raises CheckError when it is None."""
    if value is None:
        raise CheckError(f"Expected non-None value: {additional_message}")
    return value


def not_none_param(obj: T | None, param_name: str, additional_message: str | None = None) -> T:
    """The argument; raises ParameterCheckError when it is None."""
    if obj is None:
        raise ParameterCheckError(f"{param_name} is None. {additional_message or ''}".rstrip())
    return obj


def invariant(condition: Any, desc: str | None = None) -> bool:
    """True; raises CheckError when the condition does not hold."""
    if not condition:
        raise CheckError(f"Invariant failed. {desc or ''}".rstrip())
    return True


def failed(desc: str) -> NoReturn:
    """Raises CheckError."""
    raise CheckError(f"Failure condition: {desc}")


def inst(obj: Any, ttype: Types, additional_message: str | None = None) -> Any:
    """The object; raises CheckError when it is of another type."""
    if not isinstance(obj, ttype):
        raise CheckError(f"{obj!r} is no {ttype}. {additional_message or ''}".rstrip())
    return obj


def opt_inst(obj: Any, ttype: Types, additional_message: str | None = None) -> Any:
    """The object, which may be None; raises CheckError when it is of another type."""
    return None if obj is None else inst(obj, ttype, additional_message)


def inst_param(obj: Any, param_name: str, ttype: Types, additional_message: str | None = None) -> Any:
    """The argument; raises ParameterCheckError when it is of another type."""
    if not isinstance(obj, ttype):
        raise ParameterCheckError(f"{param_name} is {obj!r}, no {ttype}. {additional_message or ''}".rstrip())
    return obj


def opt_inst_param(
    obj: Any, param_name: str, ttype: Types, default: Any = None, additional_message: str | None = None
) -> Any:
    """The argument, or the default when it is None; raises ParameterCheckError for another type."""
    return default if obj is None else inst_param(obj, param_name, ttype, additional_message)


def str_param(obj: Any, param_name: str, additional_message: str | None = None) -> str:
    """The text; raises ParameterCheckError when it is none."""
    return str(inst_param(obj, param_name, str, additional_message))


def opt_str_param(
    obj: Any, param_name: str, default: str | None = None, additional_message: str | None = None
) -> str | None:
    """The text, or the default when it is None; raises ParameterCheckError for another type."""
    return default if obj is None else str_param(obj, param_name, additional_message)


def int_param(obj: Any, param_name: str, additional_message: str | None = None) -> int:
    """The number; raises ParameterCheckError when it is none."""
    return int(inst_param(obj, param_name, int, additional_message))


def bool_param(obj: Any, param_name: str, additional_message: str | None = None) -> bool:
    """The flag; raises ParameterCheckError when it is none."""
    return bool(inst_param(obj, param_name, bool, additional_message))
