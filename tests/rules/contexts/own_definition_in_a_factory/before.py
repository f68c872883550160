import dagster as dg

regions = dg.StaticPartitionsDefinition(["n", "s"])


def report(asset_key, title, partitions_def=None):
    @dg.asset(key=asset_key, metadata={"title": title}, partitions_def=partitions_def)
    def made(context: dg.AssetExecutionContext) -> str:
        partitions_def = context.assets_def.partitions_def
        title = context.assets_def.metadata_by_key[context.asset_key]["title"]
        if context.has_partition_key and partitions_def:
            return f"{title} of {context.partition_key}, one of {partitions_def.get_partition_keys()}"
        return title

    return made


def counted(name, facts=None, extra="x"):
    @dg.asset(name=name, metadata=facts)
    def made(context: dg.AssetExecutionContext) -> list[str]:
        return [*context.assets_def.metadata_by_key[context.asset_key]]

    return made


def chosen(name, facts=None, more=None):
    @dg.asset(name=name, metadata=facts if facts else more)
    def made() -> None: ...

    return made


sales = report(["sales", "report"], "Sales")
costs = report(["costs", "report"], "Costs", regions)
first = counted("first")
second = counted("second", {"limit": 3})
third = chosen("third")

defs = dg.Definitions(assets=[sales, costs, first, second, third])
