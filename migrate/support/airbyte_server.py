"""An Airbyte server: start a connection's sync, and wait until it has ended.

Written by `migrate convert`; yours to edit.

    airbyte = AirbyteServer(host="localhost", port="8000")
    airbyte.sync_and_poll("7c5f2a0e-8d52-4e0e-9b1d-3f1f2a6f0d11")

Upstream: https://airbyte-public-api-docs.s3.us-east-2.amazonaws.com/rapidoc-api-docs.html
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import BaseModel

from .validations import run_logger

ENDED = ("succeeded", "failed", "error", "cancelled")
"""States of a job that will not change any more."""
UNDER_WAY = ("running", "pending", "incomplete")


class AirbyteError(Exception):
    """A sync did not succeed, or Airbyte did not answer."""


@dataclass(frozen=True)
class AirbyteOutput:
    """What Airbyte says of a sync that succeeded: of its job, and of its connection."""

    job_details: Mapping[str, Any]
    connection_details: Mapping[str, Any]


class AirbyteServer(BaseModel):
    """Where the server is, who asks, and how patiently; times are in seconds."""

    host: str
    port: str
    username: str | None = None
    password: str | None = None
    use_https: bool = False
    forward_logs: bool = True
    request_additional_params: dict[str, Any] = {}
    request_max_retries: int = 3
    request_retry_delay: float = 0.25
    request_timeout: int = 15
    cancel_sync_on_run_termination: bool = True
    poll_interval: float = 10

    @property
    def api_base_url(self) -> str:
        """What the address of every request begins with."""
        place = f"{self.host}:{self.port}" if self.port else self.host
        return f"{'https' if self.use_https else 'http'}://{place}/api/v1"

    def make_request(self, endpoint: str, data: Mapping[str, object] | None) -> dict[str, Any] | None:
        """What Airbyte answers; None when that has no content. Raises AirbyteError after the retries."""
        url = self.api_base_url + endpoint
        auth = (self.username, self.password) if self.username and self.password else None
        usual: dict[str, Any] = {"json": data, "timeout": self.request_timeout, "auth": auth}
        for left in range(self.request_max_retries, -1, -1):
            try:
                answer = httpx.post(url, **{**usual, **self.request_additional_params})
                answer.raise_for_status()
                return None if answer.status_code == 204 else answer.json()
            except httpx.HTTPError as error:
                run_logger().error("Request to Airbyte failed: %s", error)
                time.sleep(self.request_retry_delay if left else 0)
        raise AirbyteError(f"{url} was asked {self.request_max_retries + 1} times")

    def start_sync(self, connection_id: str) -> dict[str, Any]:
        """Start a sync; the job's details."""
        return self._asked("/connections/sync", {"connectionId": connection_id})

    def get_connection_details(self, connection_id: str) -> dict[str, Any]:
        """What the connection syncs."""
        return self._asked("/connections/get", {"connectionId": connection_id})

    def get_job_status(self, connection_id: str, job_id: int) -> dict[str, Any]:
        """How a job is doing, and its attempts."""
        if self.forward_logs:
            return self._asked("/jobs/get", {"id": job_id})
        newest = {"configTypes": ["sync"], "configId": connection_id, "pagination": {"pageSize": 5}}
        jobs = self._asked("/jobs/list", newest)
        return next((job for job in jobs.get("jobs", []) if job["job"]["id"] == job_id), {})

    def cancel_job(self, job_id: int) -> None:
        """Stop a job."""
        self.make_request("/jobs/cancel", {"id": job_id})

    def sync_and_poll(
        self, connection_id: str, poll_interval: float | None = None, poll_timeout: float | None = None
    ) -> AirbyteOutput:
        """Sync a connection and wait for its end. Raises AirbyteError when it does not succeed in time."""
        connection = self.get_connection_details(connection_id)
        number = self.start_sync(connection_id)["job"]["id"]
        run_logger().info("Airbyte job %s syncs %s", number, connection_id)
        started, state, shown = time.monotonic(), "pending", 0
        try:
            while state in UNDER_WAY:
                if poll_timeout and time.monotonic() > started + poll_timeout:
                    raise AirbyteError(f"Airbyte job {number} is not ready after {poll_timeout} seconds")
                time.sleep(poll_interval or self.poll_interval)
                details = self.get_job_status(connection_id, number)
                shown = self._show(details, shown)
                state = str(details.get("job", {}).get("status"))
        finally:
            if state not in ENDED and self.cancel_sync_on_run_termination:
                self.cancel_job(number)
        if state != "succeeded":
            raise AirbyteError(f"Airbyte job {number} ended as {state}")
        return AirbyteOutput(details, connection)

    def _asked(self, endpoint: str, data: Mapping[str, object]) -> dict[str, Any]:
        answer = self.make_request(endpoint, data)
        if answer is None:
            raise AirbyteError(f"{endpoint} answered nothing")
        return answer

    def _show(self, details: Mapping[str, Any], shown: int) -> int:
        """Log what Airbyte has logged since `shown` lines; how many lines there are now."""
        lines = [
            line
            for attempt in details.get("attempts", [])
            for line in (attempt.get("logs") or {}).get("logLines", [])
        ]
        for line in lines[shown:] if self.forward_logs else ():
            run_logger().info("%s", line)
        return len(lines)
