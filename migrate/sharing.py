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


def threads() -> int:
    """How many threads run here: in a copy of a process, a lock that another thread held is held for ever."""
    return threading.active_count()


def shared(work: Callable[[Piece], Result], pieces: Sequence[Piece]) -> list[Result]:
    """`work` of every piece, in their order; its results must be picklable."""
    count = workers()
    bound = multiprocessing.current_process().daemon or threads() > 1
    alone = len(pieces) < ENOUGH or count < 2 or bound
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        return [work(piece) for piece in pieces]
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    left = os.pipe()
    _give(left, 0)
    child = context.Process(target=_send, args=(theirs, work, pieces, left))
    child.start()
    theirs.close()
    found = {place: work(pieces[place]) for place in _taken(left, len(pieces))}
    try:
        found.update(ours.recv())
    except EOFError:  # the other process died: its share is done here
        found.update({i: work(p) for i, p in enumerate(pieces) if i not in found})
    child.join()
    for end in left:
        os.close(end)
    return [found[place] for place in range(len(pieces))]


def _send(pipe: Any, work: Callable[[Any], Any], pieces: Sequence[Any], left: tuple[int, int]) -> None:
    pipe.send({place: work(pieces[place]) for place in _taken(left, len(pieces))})


def _taken(left: tuple[int, int], count: int) -> Iterator[int]:
    """Places of pieces, taken one by one: whoever is quicker does more.

    The pipe holds the first place that nobody has taken; while one process reads and raises it, it is empty
    and the other one waits.
    """
    while True:
        place = int.from_bytes(os.read(left[0], 8), "big")
        _give(left, place + 1)
        if place >= count:
            return
        yield place


def _give(left: tuple[int, int], place: int) -> None:
    os.write(left[1], place.to_bytes(8, "big"))


@contextmanager
def collected_later(again: bool) -> Iterator[None]:
    """No search for reference cycles meanwhile: syntax trees, most of what it would walk, have none.

    One at the end, where the same follows `again`: what hangs on a cycle, a whole project, makes room.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
        if again:
            gc.collect()
