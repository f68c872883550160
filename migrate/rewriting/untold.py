"""Assets of which reading cannot tell what they are called: refused, whatever else is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Unit
from migrate.rewriting.fixed_facts import fixed_for_all
from migrate.rewriting.keys import changing_group

if TYPE_CHECKING:
    from migrate.model import Model

SPREAD = "Write what `**` stands for out in the decorator."
CALL = "Call it at the top of a module, or write the task out."
KEYS = "Write the keys as literals."


def unspread(construct: Construct) -> tuple[str, ...]:
    """What a dictionary made in a factory may say: the asset's name among other things."""
    spread = construct.within and any(a.name == "**" for a in construct.arguments)
    return ("arguments",) if spread else ()


def _said(model: Model, construct: Construct, name: str) -> bool:
    """Whether the decorator says by an expression what is another in each call."""
    return name == "group_name" and changing_group(model, construct) is not None


def untold(model: Model, construct: Construct, own: Unit | None) -> Manual | None:
    """Why an asset is refused; None when it is told, or each call of its factory tells it."""
    if own is None:
        return Manual("the factory around it is never called, as far as reading can tell", CALL)
    fixed = [name for name in fixed_for_all(model, construct) if not _said(model, construct, name)]
    if fixed:
        reason = f"its {', '.join(fixed)} is another in each call of the function around it"
        return Manual(reason, "Write a function for each of them.")
    spread = unspread(construct)
    if not own.unknown or (construct.within and not spread):
        return None
    return Manual(f"its {', '.join(own.unknown)} cannot be told by reading", SPREAD if spread else KEYS)
