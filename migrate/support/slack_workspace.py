"""A Slack workspace, spoken to through Slack's own client.

Written by `migrate convert`; yours to edit. Needs the package `slack-sdk`.

    client = SlackWorkspace(token=os.environ["SLACK_TOKEN"]).get_client()
    client.chat_postMessage(channel="#data", text="done")

Upstream: https://docs.slack.dev/tools/python-slack-sdk/web
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class SlackWorkspace(BaseModel):
    """A bot's token."""

    token: str

    def get_client(self) -> Any:
        """A `slack_sdk.WebClient`."""
        from slack_sdk import WebClient

        return WebClient(self.token)
