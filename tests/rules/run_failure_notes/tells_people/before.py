import os

from dagster import DefaultSensorStatus, Definitions, EnvVar, job, make_email_on_run_failure_sensor, op
from dagster_slack import make_slack_on_run_failure_sensor


@op
def work() -> None:
    print("work")


@job
def nightly():
    work()


@job
def weekly():
    work()


# the whole team reads it
told = make_slack_on_run_failure_sensor(
    channel="#data",
    slack_token=os.environ["SLACK_TOKEN"],
    monitored_jobs=[nightly],
    default_status=DefaultSensorStatus.RUNNING,
)
mailed = make_email_on_run_failure_sensor(
    "data@example.org",
    EnvVar("MAIL_PASSWORD"),
    ["team@example.org"],
    name="mail",
    smtp_host="smtp.example.org",
    smtp_type="STARTTLS",
)

defs = Definitions(
    jobs=[nightly, weekly],
    sensors=[told, mailed, make_slack_on_run_failure_sensor("#more", os.environ["SLACK_TOKEN"])],
)
