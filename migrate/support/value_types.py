"""Types of values that a function of the project checks: where a task takes them, and where it gives them.

Written by `migrate convert`; yours to edit.

    Even = ValueType(lambda _, value: value % 2 == 0, name="Even")

    @task
    @typed(Even, number=Even)         # what it returns, and its argument `number`
    def double(number: int) -> int: ...

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from inspect import iscoroutinefunction, signature
from typing import Any, TypeVar, cast

from .task_context import TaskContext
from .validations import plain, run_logger

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class TypeCheck:
    """Whether a value is of a type, and what is to be said about it."""

    success: bool
    description: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


class WrongType(Exception):
    """A value is not of the type that was asked for; the task is not tried again."""

    allow_retries = False

    def __init__(self, description: str, metadata: Mapping[str, Any]) -> None:
        super().__init__(description)
        self.description, self.metadata = description, dict(metadata)
        if metadata:
            run_logger().error("%s %s", description, {k: plain(v) for k, v in metadata.items()})


@dataclass(frozen=True)
class ValueType:
    """A type by the function that checks it.

    That takes a context and the value, and returns a truth or a TypeCheck.
    """

    type_check_fn: Callable[[Any, Any], bool | TypeCheck]
    name: str = "a type of the project"
    description: str | None = None

    @classmethod
    def of(
        cls, python_type: type | tuple[type, ...], name: str = "", description: str | None = None
    ) -> ValueType:
        """The type of all instances of a class, or of one of several."""
        kinds = python_type if isinstance(python_type, tuple) else (python_type,)
        named = ", ".join(kind.__name__ for kind in kinds)
        wanted = f"Union[{named}]" if len(kinds) > 1 else named

        def check(_: Any, value: Any) -> TypeCheck:
            if isinstance(value, python_type):
                return TypeCheck(True)
            why = f"type check for {name or wanted}, expected value to be of Python type {wanted}."
            return TypeCheck(False, f"Value of type {type(value)} failed {why}")

        return cls(check, name or wanted, description)

    def check(self, value: Any) -> TypeCheck:
        """What the function says of a value. Raises TypeError when it says neither."""
        said = self.type_check_fn(TaskContext(), value)
        if isinstance(said, bool):
            return TypeCheck(said)
        if isinstance(said, TypeCheck):
            return said
        raise TypeError(f"the check of {self.name} returned {said!r}: neither a TypeCheck nor a truth")

    def demanded(self, value: Any, place: str = "output") -> Any:
        """The value. Raises WrongType when it is not of this type."""
        said = self.check(value)
        if said.success:
            return value
        wanted = f"Type check failed for {place} - expected type {self.name}"
        raise WrongType(f"{wanted}. Description: {said.description}", said.metadata)


def typed(returned: ValueType | None = None, **arguments: ValueType) -> Callable[[Function], Function]:
    """Check arguments before the function is called, and what it returns afterwards."""

    def decorate(function: Function) -> Function:
        shape = signature(function)

        def before(args: Any, kwargs: Any) -> None:
            given = shape.bind(*args, **kwargs).arguments
            for name, kind in arguments.items():
                if name in given:
                    kind.demanded(given[name], f"input {name}")

        def after(value: Any) -> Any:
            return value if returned is None else returned.demanded(value)

        @wraps(function)
        def plainly(*args: Any, **kwargs: Any) -> Any:
            before(args, kwargs)
            return after(function(*args, **kwargs))

        @wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            before(args, kwargs)
            return after(await function(*args, **kwargs))

        return cast(Function, awaited if iscoroutinefunction(function) else plainly)

    return decorate
