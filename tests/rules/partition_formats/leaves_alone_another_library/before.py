# dagster is only mentioned here
from elsewhere import DEFAULT_DATE_FORMAT

print(DEFAULT_DATE_FORMAT)
