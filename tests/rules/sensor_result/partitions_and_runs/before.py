from dagster import (
    ConfigurableResource,
    DynamicPartitionsDefinition,
    RunRequest,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    asset,
    define_asset_job,
    sensor,
    AddDynamicPartitionsRequest,
    Definitions,
)

files = DynamicPartitionsDefinition(name="files")


class Folder(ConfigurableResource):
    path: str

    def names(self) -> list[str]:
        return [self.path]


@asset(partitions_def=files)
def content(context) -> None:
    """What a file holds."""
    print(context.partition_key)


content_job = define_asset_job("content_job", selection=[content])


@sensor(job=content_job, minimum_interval_seconds=60)
def new_files(context: SensorEvaluationContext, folder: Folder):
    """Looks for new files."""
    known = files.get_partition_keys(dynamic_partitions_store=context.instance)
    fresh = [name for name in folder.names() if name not in known]
    if not fresh:
        return SkipReason("no new file")
    return SensorResult(
        run_requests=[RunRequest(run_key=name, partition_key=name, tags={"file": name}) for name in fresh],
        dynamic_partitions_requests=[files.build_add_request(fresh)],
        cursor=fresh[-1],
    )


@sensor(asset_selection=[content])
def only_keys(context):
    return SensorResult(dynamic_partitions_requests=[AddDynamicPartitionsRequest("files", ["a"])])


defs = Definitions(
    assets=[content], jobs=[content_job], sensors=[new_files, only_keys], resources={"folder": Folder(path="/in")}
)
