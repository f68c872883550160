# dagster is only mentioned here
from elsewhere import backoff

KEPT = backoff
