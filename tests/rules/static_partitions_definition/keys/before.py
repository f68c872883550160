import dagster as dg

YEARS = [str(year) for year in range(2025, 2028)]
# a year at a time
simulation_years = dg.StaticPartitionsDefinition(YEARS)


@dg.asset(partitions_def=simulation_years)
def report(context: dg.AssetExecutionContext) -> str:
    return f"report of {context.partition_key}"


yearly = dg.define_asset_job("yearly", selection=[report], partitions_def=simulation_years)
