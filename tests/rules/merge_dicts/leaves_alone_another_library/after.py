# dagster is only mentioned here
from elsewhere import merge_dicts

KEPT = merge_dicts
