"""Whether the port is free, and who has it if not.

Imports only the standard library at first: the bootstrap asks before anything is installed.
"""

import errno
import os
import socket
import time
from collections.abc import Mapping

from kkmp.runner.errors import CannotGoOn

HOST = "127.0.0.1"


def wanted(environment: Mapping[str, str] = os.environ) -> int:
    """The port to serve on: 8000, or what ``PORT`` says."""
    text = environment.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotGoOn(f"PORT={text} is not a port: choose a number from 1024 to 65535.")
    return int(text)


def check_free(port: int, *, patience: float = 0) -> None:
    """Return once nobody listens on the port.

    :param patience: seconds to wait for it, where its holder has just been told to end
    :raises CannotGoOn: with one line that names who has it and how to choose another
    """
    deadline = time.monotonic() + patience
    while not is_free(port):
        if time.monotonic() >= deadline:
            raise CannotGoOn(
                f"Port {port} is taken by {holder(port)}: stop that, or {_another(port)}"
            )
        time.sleep(0.1)


def is_free(port: int) -> bool:
    """:raises CannotGoOn: this user may not have the port at all"""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            # Two sockets may both be bound; only one can listen.
            probe.listen()
        except OSError as error:
            if error.errno == errno.EACCES:
                raise CannotGoOn(f"Port {port} needs more rights: {_another(port)}") from error
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True


def holder(port: int) -> str:
    """The listening process in words, as far as this user may know it."""
    unknown = "another program"
    try:
        import psutil
    except ImportError:
        return unknown
    try:
        listening = {
            connection.pid
            for connection in psutil.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
        }
        # Of a server with workers the first process; another user's processes have no number.
        process = psutil.Process(min(pid for pid in listening if pid))
        command = " ".join(process.cmdline())[:80] or process.name()
    except (ValueError, psutil.Error):
        return unknown
    return f"process {process.pid} ({command})"


def _another(port: int) -> str:
    return f"choose another: PORT={port + 1 if 1023 < port < 65535 else 8001} make run"
