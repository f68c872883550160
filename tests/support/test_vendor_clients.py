"""Clients of vendors' services, asked of a local server that answers as the vendor documents."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.xdist_group("support")


class Service(ThreadingHTTPServer):
    """Gives the next answer of each path, its last one for ever, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[tuple[int, Any]]] = {}
        self.asked: list[tuple[str, Any, str]] = []


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, json.loads(body), self.headers.get("Authorization", "")))
        left = self.server.answers.get(self.path, [(404, {})])
        status, answer = left.pop(0) if len(left) > 1 else left[0]
        sent = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(10)


def airbyte(service: Service, *states: str, **more: Any) -> Any:
    from prefect_support.airbyte_server import AirbyteServer  # type: ignore[import-not-found]

    jobs = [(200, {"job": {"id": 7, "status": state}, "attempts": []}) for state in states]
    service.answers = {
        "/api/v1/connections/get": [(200, {"connectionId": "c"})],
        "/api/v1/connections/sync": [(200, {"job": {"id": 7, "status": "pending"}})],
        "/api/v1/jobs/get": jobs,
        "/api/v1/jobs/list": [(200, {"jobs": [{"job": {"id": 7, "status": states[-1]}}]})],
        "/api/v1/jobs/cancel": [(200, {})],
    }
    given = {"poll_interval": 0.01, "request_retry_delay": 0.0, **more}
    return AirbyteServer(host="127.0.0.1", port=str(service.server_port), **given)


def paths(service: Service) -> list[str]:
    return [path.removeprefix("/api/v1") for path, _, _ in service.asked]


def test_a_sync_is_waited_for(service: Service) -> None:
    server = airbyte(service, "pending", "running", "succeeded", username="me", password="pw")
    done = server.sync_and_poll("c")
    assert done.job_details["job"] == {"id": 7, "status": "succeeded"}
    assert done.connection_details == {"connectionId": "c"}
    assert paths(service) == ["/connections/get", "/connections/sync", *["/jobs/get"] * 3]
    assert service.asked[1] == ("/api/v1/connections/sync", {"connectionId": "c"}, "Basic bWU6cHc=")


def test_a_sync_that_fails_is_an_error_and_one_that_lasts_is_stopped(service: Service) -> None:
    from prefect_support.airbyte_server import AirbyteError

    with pytest.raises(AirbyteError, match="job 7 ended as failed"):
        airbyte(service, "failed").sync_and_poll("c")
    assert "/jobs/cancel" not in paths(service)
    with pytest.raises(AirbyteError, match="not ready after 0"):
        airbyte(service, "running").sync_and_poll("c", poll_timeout=0.05)
    assert paths(service)[-1] == "/jobs/cancel"
    airbyte(service, "succeeded", forward_logs=False).sync_and_poll("c")
    assert paths(service)[-1] == "/jobs/list"


def test_a_server_in_trouble_is_asked_again(service: Service) -> None:
    from prefect_support.airbyte_server import AirbyteError

    server = airbyte(service, "succeeded")
    service.answers["/api/v1/connections/get"] = [(502, {}), (502, {}), (200, {"connectionId": "c"})]
    assert server.get_connection_details("c") == {"connectionId": "c"}
    service.answers["/api/v1/connections/get"] = [(502, {})]
    with pytest.raises(AirbyteError, match="asked 4 times"):
        server.get_connection_details("c")
    assert len(service.asked) == 7


def test_a_message_for_teams(service: Service) -> None:
    from prefect_support.teams_channel import TeamsChannel  # type: ignore[import-not-found]

    service.answers["/hook"] = [(202, ""), (400, "bad card")]
    teams = TeamsChannel(hook_url=f"http://127.0.0.1:{service.server_port}/hook")
    assert teams.get_client().post_message(payload={"text": "done"})
    with pytest.raises(httpx.HTTPStatusError, match="bad card"):
        teams.get_client().post_message(payload={"text": "done"})
    assert [asked for _, asked, _ in service.asked] == [{"text": "done"}] * 2


class Pages:
    """boto3's client of S3, as far as it is asked."""

    def __init__(self, *days: tuple[str, int]) -> None:
        self.days = days

    def get_paginator(self, name: str) -> "Pages":
        assert name == "list_objects_v2"
        return self

    def paginate(self, **asked: str) -> Iterator[dict[str, Any]]:
        assert asked == {"Bucket": "lake", "Prefix": "raw/", "Delimiter": ""}
        yield {}
        for key, day in self.days:
            yield {"Contents": [{"Key": key, "LastModified": datetime(2026, 1, day)}]}


def test_keys_of_a_bucket_by_their_last_change() -> None:
    from prefect_support.s3_keys import get_objects, get_s3_keys  # type: ignore[import-not-found]

    client = Pages(("c", 3), ("a", 1), ("b", 2))
    assert get_s3_keys("lake", "raw/", s3_session=client) == ["a", "b", "c"]
    assert get_s3_keys("lake", "raw/", "a", client) == ["b", "c"]
    later = get_objects("lake", "raw/", since_last_modified=datetime(2026, 1, 2), client=client)
    assert [one["Key"] for one in later] == ["c"]
    with pytest.raises(LookupError, match="no object z"):
        get_s3_keys("lake", "raw/", "z", client)
