from dataclasses import dataclass

import dagster as dg


class Wheel(dg.Model, dg.Resolvable):
    size: int = 1


@dataclass
class Axle(dg.Resolvable):
    length: int = 2


@dg.asset
def one() -> int:
    return Wheel().size + Axle().length


defs = dg.Definitions(assets=[one])
