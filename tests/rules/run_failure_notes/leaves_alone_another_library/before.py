# dagster is only mentioned here
from elsewhere import make_slack_on_run_failure_sensor

told = make_slack_on_run_failure_sensor("#data", "token")
