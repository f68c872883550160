from dagster import Definitions, Field, OpExecutionContext, RetryPolicy, String, job, op

COMMON = dict(
    config_schema={"path": Field(String, description="Where to")},
    required_resource_keys={"sftp"},
)
PATIENT = {"retry_policy": RetryPolicy(max_retries=2), "name": "named"}


@op(**COMMON)
def download(context: OpExecutionContext) -> str:
    return context.resources.sftp + context.op_config["path"]


@op(**PATIENT)
def patient():
    return 1


@job
def everything():
    download()
    patient()


defs = Definitions(jobs=[everything], resources={"sftp": "files"})
