import dagster as dg

customers = dg.DynamicPartitionsDefinition(name="customers")
computed = dg.DynamicPartitionsDefinition(lambda now: ["a", "b"])


@dg.asset(partitions_def=customers)
def invoices(context: dg.AssetExecutionContext) -> None:
    """The invoices of a customer."""
    print(context.partition_key)


@dg.op
def welcome(context: dg.OpExecutionContext) -> None:
    known = customers.get_partition_keys(dynamic_partitions_store=context.instance)
    if "acme" not in known:
        context.instance.add_dynamic_partitions("customers", ["acme"])
    if context.instance.has_dynamic_partition("customers", "old"):
        context.instance.delete_dynamic_partition("customers", "old")


@dg.job
def welcoming():
    welcome()


invoices_job = dg.define_asset_job("invoices_job", selection="invoices")
