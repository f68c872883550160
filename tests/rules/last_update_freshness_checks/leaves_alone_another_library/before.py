# dagster is only mentioned here
from elsewhere import build_last_update_freshness_checks

checks = build_last_update_freshness_checks(["gold"])
