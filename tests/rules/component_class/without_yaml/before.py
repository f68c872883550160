import dagster as dg

SIZE = 3


class Wheel(dg.Component, dg.Model, dg.Resolvable):
    name: str

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        @dg.asset(name=self.name)
        def _made() -> int:
            return SIZE

        return dg.Definitions(assets=[_made])


@dg.asset
def one() -> int:
    return SIZE


defs = dg.Definitions(assets=[one])
