"""Assets of which reading cannot tell what they are called: refused, whatever else is known of them."""

from __future__ import annotations

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Unit

SPREAD = "Write what `**` stands for out in the decorator."
KEYS = "Write the keys as literals."


def unspread(construct: Construct) -> tuple[str, ...]:
    """What a dictionary made in a factory may say: the asset's name among other things."""
    spread = construct.within and any(a.name == "**" for a in construct.arguments)
    return ("arguments",) if spread else ()


def untold(construct: Construct, own: Unit) -> Manual | None:
    """Why an asset is refused; None when it is told, or each call of its factory tells it."""
    spread = unspread(construct)
    if not own.unknown or (construct.within and not spread):
        return None
    return Manual(f"its {', '.join(own.unknown)} cannot be told by reading", SPREAD if spread else KEYS)
