"""Round numbers along an axis."""

from __future__ import annotations

import math


def ticks(largest: float, wanted: int = 5) -> list[float]:
    """Round values from 0 to at least `largest`, about as many as wanted."""
    if largest <= 0:
        return [0.0, 1.0]
    rough = largest / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
    return [round(n * step, 10) for n in range(math.ceil(largest / step) + 1)]


def label(value: float) -> str:
    """A tick's value without needless digits."""
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
