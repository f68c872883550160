"""Amazon S3, spoken to through boto3.

Written by `migrate convert`; yours to edit. Needs the package `boto3`.

    S3Storage(region_name="us-west-2").get_client().upload_file("a.csv", "bucket", "a.csv")

Upstream: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3.html
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class S3Storage(BaseModel):
    """The arguments of a boto3 session and client; those left at None are boto3's own defaults."""

    use_unsigned_session: bool = False
    region_name: str | None = None
    endpoint_url: str | None = None
    max_attempts: int = 5
    profile_name: str | None = None
    use_ssl: bool = True
    verify: str | bool | None = None
    aws_access_key_id: str | None = None
    aws_secret_access_key: str | None = None
    aws_session_token: str | None = None

    def get_client(self) -> Any:
        """An S3 client of boto3."""
        import boto3
        from botocore import UNSIGNED
        from botocore.config import Config

        retries = {"max_attempts": self.max_attempts, "mode": "standard"}
        config = Config(
            retries=retries, **({"signature_version": UNSIGNED} if self.use_unsigned_session else {})
        )
        session = boto3.Session(
            aws_access_key_id=self.aws_access_key_id,
            aws_secret_access_key=self.aws_secret_access_key,
            aws_session_token=self.aws_session_token,
            region_name=self.region_name,
            profile_name=self.profile_name,
        )
        return session.client(
            "s3", endpoint_url=self.endpoint_url, use_ssl=self.use_ssl, verify=self.verify, config=config
        )
