"""A channel of Microsoft Teams, written to through its webhook.

Written by `migrate convert`; yours to edit.

    teams = TeamsChannel(hook_url=os.environ["TEAMS_WEBHOOK"])
    teams.get_client().post_message(payload={"type": "message", "attachments": [...]})

Upstream: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
from pydantic import BaseModel


class TeamsChannel(BaseModel):
    """The webhook, and the proxies on the way to it; `timeout` is in seconds."""

    hook_url: str
    http_proxy: str | None = None
    https_proxy: str | None = None
    timeout: float = 60
    verify: bool = True

    def get_client(self) -> TeamsChannel:
        """What posts."""
        return self

    def post_message(self, payload: Mapping[str, Any]) -> bool:
        """Post a message; True. Raises httpx.HTTPError when Teams does not take it."""
        by_scheme = {"http://": self.http_proxy, "https://": self.https_proxy}
        proxies = {scheme: httpx.HTTPTransport(proxy=url) for scheme, url in by_scheme.items() if url}
        with httpx.Client(mounts=proxies, timeout=self.timeout, verify=self.verify) as client:
            answer = client.post(self.hook_url, json=dict(payload))
        older = answer.url.host.endswith(".webhook.office.com")
        if not answer.is_success or (older and answer.text != "1"):
            raise httpx.HTTPStatusError(answer.text, request=answer.request, response=answer)
        return True
