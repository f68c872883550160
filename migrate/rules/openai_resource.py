"""`OpenAIResource` → `OpenAIAccount`: the vendor's own client, closed after use.

`get_client(context)` and `get_client_for_asset(context, key)` are `get_client()`.

Upstream: https://platform.openai.com/docs/api-reference
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_openai.OpenAIResource",
    "language_models",
    "OpenAIAccount",
    ("api_key", "organization", "project", "base_url"),
    "calls and tokens are not added to the asset's metadata; install openai",
    "Give it to openai.OpenAI in OpenAIAccount.",
)
