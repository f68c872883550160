from dagster import AssetsDefinition, DailyPartitionsDefinition, Definitions, graph, op


@op
def fetch(context):
    return context.partition_key


@graph
def daily():
    return fetch()


defs = Definitions(
    assets=[AssetsDefinition.from_graph(daily, partitions_def=DailyPartitionsDefinition("2024-01-01"))]
)
