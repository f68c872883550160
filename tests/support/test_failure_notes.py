"""What people are told of a failed run, and how the mail is sent."""

from typing import Any

import pytest


class Server:
    """Stands where the mail server would: what is said to it is kept."""

    said: list[Any]

    def __init__(self, host: str, port: int) -> None:
        self.said = [(host, port)]
        Server.last = self

    last: "Server"

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.said.append("closed")

    def starttls(self) -> None:
        self.said.append("secured")

    def login(self, user: str, password: str) -> None:
        self.said.append((user, password))

    def send_message(self, mail: Any) -> None:
        self.said.append((mail["To"], mail["Subject"], mail.get_content()))


@pytest.mark.parametrize(("kind", "secured", "port"), [("STARTTLS", ["secured"], 587), ("SSL", [], 465)])
def test_a_mail(monkeypatch: pytest.MonkeyPatch, kind: str, secured: list[str], port: int) -> None:
    from prefect_support import failure_notes
    from prefect_support.ended_runs import RunEnded

    for name in ("SMTP", "SMTP_SSL"):
        monkeypatch.setattr(failure_notes.smtplib, name, Server)
    run = RunEnded("7", "nightly", "no rows")
    failure_notes.tell_by_mail(
        "me@x.org", "secret", ["a@x.org", "b@x.org"], run, host="mail.x.org", kind=kind
    )
    text = 'Flow "nightly" failed.\nRun: 7\nno rows\n'
    mail = ("a@x.org, b@x.org", "Flow failed: nightly", text)
    assert Server.last.said == [("mail.x.org", port), *secured, ("me@x.org", "secret"), mail, "closed"]
