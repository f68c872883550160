"""`BigQueryResource` → `BigQueryProject`: Google's own client.

`InsightsBigQueryResource` is the same without what it told Dagster+ about costs.

Upstream: https://cloud.google.com/python/docs/reference/bigquery/latest
"""

from __future__ import annotations

from dataclasses import replace

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
RULE = replace(RULE, names=(*RULE.names, "dagster_cloud.InsightsBigQueryResource"))
