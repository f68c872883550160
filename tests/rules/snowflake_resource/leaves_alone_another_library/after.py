# dagster is only mentioned here
from elsewhere import SnowflakeResource

resource = SnowflakeResource()
