from typing import Any


def shovel(mine: dict[str, Any], depth: int):
    return mine["name"]
