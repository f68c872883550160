import dagster as dg


class Wheel(dg.Component, dg.Model, dg.Resolvable):
    name: str

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        @dg.asset(name=self.name)
        def _made() -> int:
            return 1

        return dg.Definitions(assets=[_made])


wheel = Wheel(name="spoke")


@dg.asset
def round_one() -> str:
    return wheel.name


@dg.asset
def one() -> int:
    return 1


defs = dg.Definitions(assets=[one, round_one])
