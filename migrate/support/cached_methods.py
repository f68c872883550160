"""Methods that are computed once: the answer to the same arguments is kept on the object.

Written by `migrate convert`; yours to edit.

    class Client(BaseModel):
        @cached_method
        def items(self) -> dict[str, str]: ...

Upstream: https://docs.python.org/3/library/functools.html#functools.cached_property
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction, signature
from typing import Any, TypeVar, cast

Method = TypeVar("Method", bound=Callable[..., Any])


def cached_method(method: Method) -> Method:
    """The method, asked once for each set of arguments, however they are spelled; they must be hashable."""
    name, shape = f"_kept_{method.__name__}", signature(method)

    def kept(self: Any, args: Any, kwargs: Any) -> tuple[dict[Any, Any], Any]:
        bound = shape.bind(self, *args, **kwargs)
        bound.apply_defaults()
        given = list(bound.arguments.values())[1:]
        key = tuple(tuple(sorted(v.items())) if isinstance(v, dict) else v for v in given)
        return self.__dict__.setdefault(name, {}), key

    @wraps(method)
    def plain(self: Any, *args: Any, **kwargs: Any) -> Any:
        answers, key = kept(self, args, kwargs)
        if key not in answers:
            answers[key] = method(self, *args, **kwargs)
        return answers[key]

    @wraps(method)
    async def awaited(self: Any, *args: Any, **kwargs: Any) -> Any:
        answers, key = kept(self, args, kwargs)
        if key not in answers:
            answers[key] = await method(self, *args, **kwargs)
        return answers[key]

    return cast(Method, awaited if iscoroutinefunction(method) else plain)
