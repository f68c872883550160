def build(name: str):
    import dagster as dg

    @dg.asset(name=f"metal_{name}", group_name="metals")
    def metal() -> str:
        return name

    return metal


metals = [build(name) for name in ("gold", "silver")]


from dagster import Definitions

defs = Definitions(assets=metals)
