"""What a process that ends need not do: free one by one the nodes of all syntax trees it has read.

That takes as long as writing the target, and the system takes back the memory of a process at once.
"""

from __future__ import annotations

import gc
from typing import Any


class Process:
    """This process: whether it ends once its command is done, which only the command line knows."""

    ends = False


def left_to_the_end(thing: Any) -> None:
    """Never free something: for a process that ends soon."""
    ring = [thing]
    ring.append(ring)  # holds itself, and nobody looks for such rings among what is frozen
    gc.freeze()
