"""A BigQuery project, spoken to through Google's own client.

Written by `migrate convert`; yours to edit. Needs the package `google-cloud-bigquery`.

    with BigQueryProject(project="my-project").get_client() as client:
        client.query("select 1").result()

Upstream: https://cloud.google.com/python/docs/reference/bigquery/latest
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel


class BigQueryProject(BaseModel):
    """The project, the location of its jobs, and a service account's key as base64 or JSON text."""

    project: str | None = None
    location: str | None = None
    gcp_credentials: str | None = None

    @contextmanager
    def get_client(self) -> Iterator[Any]:
        """A `google.cloud.bigquery.Client`, closed at the end."""
        from google.cloud import bigquery

        client = bigquery.Client(
            project=self.project, location=self.location, credentials=self._credentials()
        )
        try:
            yield client
        finally:
            client.close()

    def _credentials(self) -> Any:
        if self.gcp_credentials is None:
            return None
        from google.oauth2.service_account import Credentials

        text = self.gcp_credentials.strip()
        info = json.loads(text if text.startswith("{") else base64.b64decode(text))
        return Credentials.from_service_account_info(info)
