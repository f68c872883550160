# dagster is only mentioned here
from elsewhere import S3Resource

resource = S3Resource()
