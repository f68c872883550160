"""Google Cloud Storage, spoken to through its own client.

Written by `migrate convert`; yours to edit. Needs the package `google-cloud-storage`.

    GCSStorage(project="lake").get_client().bucket("raw").blob("a.csv").upload_from_filename("a.csv")

Upstream: https://cloud.google.com/python/docs/reference/storage/latest
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class GCSStorage(BaseModel):
    """The project that the client works in; without one, that of the environment."""

    project: str | None = None

    def get_client(self) -> Any:
        """A client of Google Cloud Storage."""
        from google.cloud import storage

        return storage.Client(project=self.project)
