# dagster is only mentioned here
from elsewhere import get_s3_keys

KEPT = get_s3_keys
