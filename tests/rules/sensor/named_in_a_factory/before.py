from dagster import Definitions, DynamicPartitionsDefinition, RunRequest, asset, define_asset_job, sensor

files = DynamicPartitionsDefinition(name="files")


@asset(partitions_def=files)
def table() -> None:
    """One for each file."""


def watching(job, folder):
    @sensor(name=f"{job.name}_of_{folder}", job=job)
    def found(context):
        tags = files.get_tags_for_partition_key("a")
        yield RunRequest(partition_key="a", tags=tags)

    return found


watch = watching(define_asset_job("tables", selection=[table], partitions_def=files), "inbox")
defs = Definitions(assets=[table], sensors=[watch])
