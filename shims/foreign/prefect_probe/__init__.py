"""No server is asked: said before Prefect is imported, which reads it once."""

import os

os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "false"  # a flow body that asks the API fails at once
os.environ.pop("PREFECT_API_URL", None)
