"""Accounts at OpenAI and Anthropic, and their own clients, closed after use.

Written by `migrate convert`; yours to edit.

    with OpenAIAccount(api_key=os.environ["OPENAI_API_KEY"]).get_client() as client:
        client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Hello"}])

Needs the package `openai`, or `anthropic`.

Upstream: https://platform.openai.com/docs/api-reference https://docs.anthropic.com/en/api/client-sdks
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from pydantic import BaseModel


class OpenAIAccount(BaseModel):
    """The arguments of `openai.OpenAI`; those left at None are not passed on."""

    api_key: str
    organization: str | None = None
    project: str | None = None
    base_url: str | None = None

    @contextmanager
    def get_client(self) -> Iterator[Any]:
        """OpenAI's own client, closed at the end."""
        client = import_module("openai").OpenAI(**self.model_dump(exclude_none=True))
        try:
            yield client
        finally:
            client.close()


class AnthropicAccount(BaseModel):
    """The arguments of `anthropic.Anthropic`; those left at None are not passed on."""

    api_key: str
    base_url: str | None = None

    @contextmanager
    def get_client(self) -> Iterator[Any]:
        """Anthropic's own client, closed at the end."""
        client = import_module("anthropic").Anthropic(**self.model_dump(exclude_none=True))
        try:
            yield client
        finally:
            client.close()
