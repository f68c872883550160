import dagster as dg


def shadowed(name: str):
    @dg.asset(name=name)
    def made(context: dg.AssetExecutionContext) -> str:
        name = "another"
        return name + context.asset_key.to_user_string()

    return made


def several(name: str):
    @dg.multi_asset(specs=[dg.AssetSpec(name), dg.AssetSpec(f"{name}_2")], name=name)
    def made(context: dg.AssetExecutionContext):
        yield dg.MaterializeResult(asset_key=context.asset_key)

    return made


def either(key):
    @dg.asset(key=key)
    def made(context: dg.AssetExecutionContext) -> str:
        return context.asset_key.to_user_string()

    return made


def listed(team: str, table: str):
    asset_key = [team, "raw", table]

    @dg.asset(key=asset_key)
    def made(context: dg.AssetExecutionContext) -> str:
        return "__".join(context.asset_key.path)

    return made


def named(name: str):
    @dg.asset(name=name, key_prefix=["raw", "people"])
    def made(context: dg.AssetExecutionContext) -> str:
        return context.asset_key.to_python_identifier()

    return made


def keyed(name: str):
    @dg.asset(key=dg.AssetKey(["raw", name]))
    def made(context: dg.AssetExecutionContext) -> int:
        return len(context.selected_asset_keys)

    return made


shadow = shadowed("shadow")
pair = several("pair")
one = either("one")
two = either(["two", "parts"])
orders = listed("sales", "orders")
refunds = listed("money", "refunds")
users = named("users")
cities = keyed("cities")
