from dagster import OpExecutionContext, RetryRequested, job, op


@op
def call() -> int:
    try:
        return int(open("/pond").read())
    except OSError as problem:
        raise RetryRequested(max_retries=3, seconds_to_wait=0.5) from problem


@op
def once(context: OpExecutionContext, value: int) -> int:
    if context.retry_number == 0:
        raise RetryRequested
    return value


@job
def flock():
    once(call())
