"""A taken port is named in one line."""

import os
import socket
from collections.abc import Iterator

import pytest

from kkmp.runner import ports
from kkmp.runner.errors import CannotGoOn


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_taken_port_names_its_holder_and_the_way_out(taken: int) -> None:
    with pytest.raises(CannotGoOn) as refusal:
        ports.check_free(taken)
    line = str(refusal.value)
    assert f"Port {taken} is taken by process {os.getpid()} (" in line
    assert line.endswith("make run")
    assert "choose another: PORT=" in line
    assert "\n" not in line


def test_holder_of_another_user_stays_unnamed(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psutil.net_connections", lambda kind: [])
    assert ports.holder(taken) == "another program"


def test_port_that_has_just_been_let_go_is_free(taken: int) -> None:
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        port = server.getsockname()[1]
    assert ports.is_free(port)
    assert not ports.is_free(taken)


@pytest.mark.parametrize("text", ["http", "0", "-1", "65536", "80.5"])
def test_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CannotGoOn, match="is not a port"):
        ports.wanted({"PORT": text})


def test_port_is_8000_unless_another_is_named() -> None:
    assert ports.wanted({}) == 8000
    assert ports.wanted({"PORT": ""}) == 8000
    assert ports.wanted({"PORT": "8001"}) == 8001
