"""`SlackResource` → `SlackWorkspace`: Slack's own client.

Upstream: https://docs.slack.dev/tools/python-slack-sdk/web
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_slack.SlackResource",
    "slack_workspace",
    "SlackWorkspace",
    ("token",),
    "speaks through Slack's own client; install slack-sdk",
    "Give it to slack_sdk.WebClient in SlackWorkspace.",
)
