"""`AnthropicResource` → `AnthropicAccount`: the vendor's own client, closed after use.

`get_client(context)` and `get_client_for_asset(context, key)` are `get_client()`.

Upstream: https://docs.anthropic.com/en/api/client-sdks
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_anthropic.AnthropicResource",
    "language_models",
    "AnthropicAccount",
    ("api_key", "base_url"),
    "calls and tokens are not added to the asset's metadata; install anthropic",
    "Give it to anthropic.Anthropic in AnthropicAccount.",
)
