# nothing of dagster's
from mylib import RunsFilter


def running(context):
    return context.instance.get_runs(RunsFilter(job_name="a"))
