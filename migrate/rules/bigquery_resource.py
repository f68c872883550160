"""`BigQueryResource` → `BigQueryProject`: Google's own client.

Upstream: https://cloud.google.com/python/docs/reference/bigquery/latest
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_gcp.BigQueryResource",
    "bigquery_project",
    "BigQueryProject",
    (
        "project",
        "location",
        "gcp_credentials",
    ),
    "speaks through Google's own client; install google-cloud-bigquery",
    "Give it to bigquery.Client in BigQueryProject.",
)
