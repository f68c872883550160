# dagster is only mentioned here
from elsewhere import RetryRequested

raise RetryRequested(max_retries=3)
