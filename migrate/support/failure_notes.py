"""Telling people that a flow run failed.

Written by `migrate convert`; yours to edit. `tell_slack` needs the package `slack-sdk`.

    tell_slack("#data", os.environ["SLACK_TOKEN"], RunEnded(run_id, flow_name, message))

Upstream: https://docs.prefect.io/v3/concepts/automations
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from email.message import EmailMessage

from .ended_runs import RunEnded


def told(run: RunEnded) -> str:
    """What is said of a failed run."""
    return f'Flow "{run.flow_name}" failed.\nRun: {run.run_id}\n{run.message}'


def tell_slack(channel: str, token: str, run: RunEnded) -> None:
    """Post to a channel, as the bot of a token."""
    from slack_sdk import WebClient

    WebClient(token).chat_postMessage(channel=channel, text=told(run))


def tell_by_mail(
    sender: str,
    password: str,
    to: Sequence[str],
    run: RunEnded,
    *,
    host: str = "smtp.gmail.com",
    kind: str = "SSL",
    port: int | None = None,
    user: str | None = None,
) -> None:
    """Send a mail to everybody in `to`, through a server that speaks SSL or STARTTLS."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, ", ".join(to)
    mail["Subject"] = f"Flow failed: {run.flow_name}"
    mail.set_content(told(run))
    secure = kind.upper() == "SSL"
    server = smtplib.SMTP_SSL(host, port or 465) if secure else smtplib.SMTP(host, port or 587)
    with server:
        if not secure:
            server.starttls()
        server.login(user or sender, password)
        server.send_message(mail)
