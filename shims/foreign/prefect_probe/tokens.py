"""What stands for the results of tasks that do not run."""

# mypy: allow-subclassing-any
from __future__ import annotations

import dis
import itertools
import sys
import uuid
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from prefect.futures import PrefectFuture
from prefect.states import Completed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from .trace import Trace


class Partition(str):
    """A partition's key that can be recognised among a task's arguments."""

    keys: tuple[str, ...] = ()


def leaves(value: Any, depth: int) -> Iterator[Any]:
    """The partition keys and the results of earlier calls within an argument."""
    if isinstance(value, (Partition, Token, Handle)):
        yield value
    elif isinstance(value, PrefectFuture) and isinstance(getattr(value, "future", None), Handle):
        inner_future: Any = value  # one output of a task with several (prefect_support.flows.output)
        yield Token(inner_future.future.trace, inner_future.future.origins, str(inner_future.name))
    elif depth < 6 and not isinstance(value, (str, bytes, type)):
        inner: Iterable[Any] = ()
        if isinstance(value, dict):
            inner = itertools.chain(value.keys(), value.values())
        elif isinstance(value, (list, tuple, set, frozenset)):
            inner = value
        elif is_dataclass(value):
            inner = [getattr(value, f.name, None) for f in fields(value)]
        elif hasattr(type(value), "model_fields"):
            inner = list(vars(value).values())
        for item in inner:
            yield from leaves(item, depth + 1)


class Token:
    """The result of a task that did not run: it takes part in any expression and remembers its origin."""

    def __init__(self, trace: Trace, origins: set[int], output: str | None = None) -> None:
        self.trace, self.origins, self.output = trace, origins, output

    def _same(self, *_: Any, **__: Any) -> Token:
        return Token(self.trace, self.origins, self.output)

    def __getitem__(self, key: Any) -> Token:
        return Token(self.trace, self.origins, key if isinstance(key, str) else self.output)

    def __getattr__(self, name: str) -> Token:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._same()

    __call__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _same
    __truediv__ = __floordiv__ = __mod__ = __neg__ = __or__ = __and__ = __invert__ = _same
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _same  # type: ignore[assignment]

    def __hash__(self) -> int:
        return id(self)

    def __bool__(self) -> bool:
        self.trace.branched = True
        return self.trace.answer

    def __len__(self) -> int:
        return 1

    __int__ = __index__ = __len__

    def __float__(self) -> float:
        return 1.0

    def __iter__(self) -> Iterator[Token]:
        frame = sys._getframe(1)
        code = frame.f_code.co_code
        unpacking = dis.opname[code[frame.f_lasti]] == "UNPACK_SEQUENCE"
        return iter([self._same() for _ in range(code[frame.f_lasti + 1] if unpacking else 1)])

    def __await__(self) -> Generator[Any, None, Token]:
        yield from ()
        return self


class Handle(PrefectFuture[Any]):
    """The future of a task that did not run: it has completed with a token."""

    output: str | None = None

    def __init__(self, trace: Trace, origins: set[int]) -> None:
        self.trace, self.origins = trace, origins
        self._task_run_id = uuid.uuid4()
        self._final_state = Completed()  # what prefect.futures.wait and as_completed look at

    @property
    def task_run_id(self) -> uuid.UUID:
        """An id of its own, known to no server."""
        return self._task_run_id

    @property
    def state(self) -> Any:
        """Completed, with the token."""
        return Completed(data=Token(self.trace, self.origins))

    def wait(self, timeout: float | None = None) -> None:
        """Nothing to wait for."""
        return

    def result(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        """The token; what follows runs only after this task has ended well."""
        if raise_on_failure:
            self.trace.finished |= self.origins
        return Token(self.trace, self.origins)

    async def wait_async(self, timeout: float | None = None) -> None:
        """Nothing to wait for."""
        return

    async def result_async(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        """The same as `result`."""
        return self.result(timeout, raise_on_failure)

    def add_done_callback(self, fn: Callable[[Any], None]) -> None:
        """Done already."""
        fn(self)
