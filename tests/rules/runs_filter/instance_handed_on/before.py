import dagster as dg

keys = dg.DynamicPartitionsDefinition(name="sources")


def forget_all_but(instance: dg.DagsterInstance, name: str, kept: set[str]) -> None:
    for key in instance.get_dynamic_partitions(name):
        if key not in kept:
            instance.delete_dynamic_partition(name, key)


def count(instance: dg.DagsterInstance) -> int:
    return len(instance.all_asset_keys())


def mark(context) -> None:
    context.instance.add_run_tags(context.run_id, {"seen": "yes"})
    context.log.info(str(context.instance.get_run_by_id(context.run_id).tags))


@dg.asset
def sources(context: dg.AssetExecutionContext) -> None:
    forget_all_but(context.instance, "sources", kept={"a"})
    context.instance.add_dynamic_partitions("sources", ["a"])


@dg.asset
def counted(context: dg.AssetExecutionContext) -> int:
    return count(context.instance)


@dg.asset
def marked(context: dg.AssetExecutionContext) -> None:
    mark(context)


@dg.sensor(target=sources)
def failed(context):
    for run in context.instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE]), limit=5):
        ended = context.instance.get_run_stats(run.run_id).end_time
        if ended and ended > float(context.cursor or 0):
            context.update_cursor(str(ended))
            yield dg.RunRequest()


defs = dg.Definitions(assets=[sources, counted, marked], sensors=[failed])
