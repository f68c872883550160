"""`GCSPickleIOManager` → `GCSPickles`: the same objects, called in the open by `store` and `load`.

Its older name is `ConfigurablePickledObjectGCSIOManager`.

Upstream: https://cloud.google.com/python/docs/reference/storage/latest
"""

from __future__ import annotations

from dataclasses import replace

from migrate.rewriting.clients import client_rule

RULE = replace(
    client_rule(
        "dagster_gcp.GCSPickleIOManager",
        "gcs_pickles",
        "GCSPickles",
        ("gcs", "gcs_bucket", "gcs_prefix"),
        "called at the task's edge; the same objects of the bucket; install google-cloud-storage",
        "Change GCSPickles.",
    ),
    class_=None,
)
RULE = replace(RULE, names=(*RULE.names, "dagster_gcp.ConfigurablePickledObjectGCSIOManager"))
"""The second is its name of before 0.20."""
