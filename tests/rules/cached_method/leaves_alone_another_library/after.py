# dagster is only mentioned here
from elsewhere import cached_method

KEPT = cached_method
