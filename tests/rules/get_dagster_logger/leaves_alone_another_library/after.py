# dagster is only mentioned here
from elsewhere import get_dagster_logger

logger = get_dagster_logger()
