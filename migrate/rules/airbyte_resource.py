"""`AirbyteResource` → `AirbyteServer`: the same requests to Airbyte's API, and the same waiting.

`sync_and_poll` raises when a sync does not succeed, as it did.

Upstream: https://airbyte-public-api-docs.s3.us-east-2.amazonaws.com/rapidoc-api-docs.html
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_airbyte.AirbyteResource",
    "airbyte_server",
    "AirbyteServer",
    (
        *("host", "port", "username", "password", "use_https", "forward_logs", "request_additional_params"),
        *("request_max_retries", "request_retry_delay", "request_timeout", "poll_interval"),
        "cancel_sync_on_run_termination",
    ),
    "asks Airbyte's API itself; what Airbyte logs goes to the run's log",
    "Give it to httpx.post in AirbyteServer.",
)
