"""Modules that stand in for libraries that are not installed: every name is there, and does nothing.

A converted module can be imported this way wherever its project's own libraries are missing; what fails
then is the module's own fault.
"""

from __future__ import annotations

import importlib.machinery
import sys
import types
from collections.abc import Collection, Iterator, Sequence
from typing import Any


class StandIn:
    """Any name of a missing library: it can be called, inherited from, subscribed and compared."""

    def __init__(self, name: str) -> None:
        self.__dict__.update(__name__=name, __qualname__=name, __module__="stand_in", __doc__="")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StandIn(name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """A decorator gives back what it decorates, anything else another stand-in."""
        alone = len(args) == 1 and not kwargs
        if alone and (isinstance(args[0], type | types.FunctionType) or hasattr(args[0], "fn")):
            return args[0]
        return StandIn(self.__dict__["__name__"])

    def __mro_entries__(self, bases: Sequence[Any]) -> tuple[type, ...]:
        return (type(self.__dict__["__name__"], (_Base,), {}),)

    def __getitem__(self, key: Any) -> StandIn:
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        return None

    def __or__(self, other: Any) -> Any:
        return Any

    __ror__ = __or__

    def __instancecheck__(self, instance: Any) -> bool:
        return False

    def __subclasscheck__(self, subclass: Any) -> bool:
        return False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {"type": "any"}

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __contains__(self, item: Any) -> bool:
        return False

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, *problem: Any) -> None:
        return None

    def __fspath__(self) -> str:
        return "stand-in"

    def __int__(self) -> int:
        return 1

    __index__ = __int__

    def __float__(self) -> float:
        return 1.0

    def __lt__(self, other: Any) -> bool:
        return False

    __gt__ = __le__ = __ge__ = __lt__


def _same(self: StandIn, *_others: Any) -> StandIn:
    return self


for _name in (
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "and",
    "xor",
    "lshift",
    "rshift",
    "matmul",
):
    setattr(StandIn, f"__{_name}__", _same)
    setattr(StandIn, f"__r{_name}__", _same)
for _name in ("neg", "pos", "invert", "abs"):
    setattr(StandIn, f"__{_name}__", _same)


class _Base:
    """What a class inherits whose base is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StandIn(name)

    def __class_getitem__(cls, key: Any) -> type:
        return cls


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StandIn(name)


class StandInFinder:
    """Comes last on `sys.meta_path`: finds what the project imports and nothing else finds.

    What an installed library tries to import and can do without stays missing.

    Args:
        tree: the project's folder.
        own: its own top-level names; one that is missing there is a fault.
        needed: top-level names of libraries that must be there.
        gone: top-level names that the project must not ask for, installed or not.
    """

    def __init__(
        self, tree: str, own: Collection[str], needed: Collection[str], gone: Collection[str]
    ) -> None:
        self._tree, self._not_ours, self._gone = tree, {*own, *needed, *gone}, frozenset(gone)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Python asks for a module that it has not found."""
        top = name.partition(".")[0]
        if top in self._not_ours or top in sys.stdlib_module_names or not self.asked_by_project():
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def is_gone(self, name: str) -> bool:
        """Whether the project asks for what it must not."""
        return name in self._gone and self.asked_by_project()

    def asked_by_project(self) -> bool:
        """Whether the import statement stands in a file of the project."""
        frame = sys._getframe(1)
        while frame.f_back and (
            "importlib" in frame.f_code.co_filename or frame.f_code.co_filename == __file__
        ):
            frame = frame.f_back
        return frame.f_code.co_filename.startswith(self._tree)

    def create_module(self, spec: Any) -> types.ModuleType:
        """A module that has every name."""
        module = _Module(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing of it runs."""


class Gone:
    """Comes first on `sys.meta_path`: what must not be asked for is not there."""

    def __init__(self, finder: StandInFinder) -> None:
        self._finder = finder

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Python asks for a module."""
        if self._finder.is_gone(name):
            raise ModuleNotFoundError(f"No module named {name!r} where the target runs", name=name)
