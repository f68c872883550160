# dagster is only mentioned here
from elsewhere import BigQueryResource

resource = BigQueryResource()
