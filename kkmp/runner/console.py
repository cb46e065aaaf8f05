"""What the person at the keyboard sees: a line per step, with the seconds since the start."""

import os
import time

#: Set by the bootstrap, so that the seconds count from the command and not from the hand-over.
STARTED = float(os.environ.get("KKMP_STARTED") or time.time())


def step(text: str) -> None:
    print(f"{time.time() - STARTED:6.1f} s  {text}", flush=True)


def say(text: str = "") -> None:
    print(text, flush=True)
