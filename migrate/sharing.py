"""Sharing work out to processes that begin as copies of this one: nothing has to be sent to them.

Where processes cannot be copied (or there is little to do) it is done here, one after another.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")
ENOUGH = 24
"""Fewer pieces than this are not worth a process."""


def workers() -> int:
    """How many processes may work at once: the processors this one may use, two at most."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 2)


def shared(work: Callable[[Piece], Result], pieces: Sequence[Piece]) -> list[Result]:
    """`work` of every piece, in their order; its results must be picklable."""
    count = workers()
    bound = multiprocessing.current_process().daemon or threading.active_count() > 1
    alone = len(pieces) < ENOUGH or count < 2 or bound
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        return [work(piece) for piece in pieces]
    found: dict[int, Result] = {}
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(theirs, work, pieces, count))
    child.start()
    theirs.close()
    found.update({place: work(pieces[place]) for place in range(0, len(pieces), count)})
    try:
        found.update(ours.recv())
    except EOFError:  # the other process died: its share is done here
        found.update({i: work(p) for i, p in enumerate(pieces) if i not in found})
    child.join()
    return [found[place] for place in range(len(pieces))]


def _send(pipe: Any, work: Callable[[Any], Any], pieces: Sequence[Any], count: int) -> None:
    done = {place: work(pieces[place]) for place in range(1, len(pieces), count)}
    pipe.send(done)


@contextmanager
def collected_later() -> Iterator[None]:
    """No search for reference cycles meanwhile: syntax trees, most of what it would walk, have none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
