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
    answer: str = inst_param(obj, param_name, str, additional_message)
    return answer


def opt_str_param(
    obj: Any, param_name: str, default: str | None = None, additional_message: str | None = None
) -> str | None:
    """The text, or the default when it is None; raises ParameterCheckError for another type."""
    return default if obj is None else str_param(obj, param_name, additional_message)


def opt_int_param(
    obj: Any, param_name: str, default: int | None = None, additional_message: str | None = None
) -> int | None:
    """The number, or the default when it is None; raises ParameterCheckError for another type."""
    return default if obj is None else int_param(obj, param_name, additional_message)


def float_param(obj: Any, param_name: str, additional_message: str | None = None) -> float:
    """The decimal number; raises ParameterCheckError when it is none, for an int too."""
    answer: float = inst_param(obj, param_name, float, additional_message)
    return answer


def opt_float_param(
    obj: Any, param_name: str, default: float | None = None, additional_message: str | None = None
) -> float | None:
    """The decimal number, or the default when it is None; raises ParameterCheckError for another type."""
    return default if obj is None else float_param(obj, param_name, additional_message)


def opt_bool_param(
    obj: Any, param_name: str, default: bool | None = None, additional_message: str | None = None
) -> bool | None:
    """The flag, or the default when it is None; raises ParameterCheckError for another type."""
    return default if obj is None else bool_param(obj, param_name, additional_message)


def callable_param(obj: Any, param_name: str, additional_message: str | None = None) -> Any:
    """What can be called; raises ParameterCheckError when it cannot."""
    if not callable(obj):
        raise ParameterCheckError(f"{param_name} cannot be called. {additional_message or ''}".rstrip())
    return obj


def param_invariant(condition: Any, param_name: str, desc: str | None = None) -> None:
    """Nothing; raises ParameterCheckError when the condition does not hold."""
    if not condition:
        raise ParameterCheckError(f"Invariant of {param_name} failed. {desc or ''}".rstrip())


def int_param(obj: Any, param_name: str, additional_message: str | None = None) -> int:
    """The number; raises ParameterCheckError when it is none."""
    answer: int = inst_param(obj, param_name, int, additional_message)
    return answer


def bool_param(obj: Any, param_name: str, additional_message: str | None = None) -> bool:
    """The flag; raises ParameterCheckError when it is none."""
    answer: bool = inst_param(obj, param_name, bool, additional_message)
    return answer
