"""`MSTeamsResource` → `TeamsChannel`: the same posts to a webhook of Microsoft Teams.

Upstream: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_msteams.MSTeamsResource",
    "teams_channel",
    "TeamsChannel",
    ("hook_url", "http_proxy", "https_proxy", "timeout", "verify"),
    "posts to the webhook itself",
    "Give it to httpx.Client in TeamsChannel.",
)
