"""`GCSResource` → `GCSStorage`: Google's own client.

Upstream: https://cloud.google.com/python/docs/reference/storage/latest
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_gcp.GCSResource",
    "gcs_storage",
    "GCSStorage",
    ("project",),
    "speaks through Google's own client; install google-cloud-storage",
    "Give it to the client in GCSStorage.",
)
