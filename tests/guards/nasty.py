"""What people never send and whoever looks for a hole does: letters, numbers, days, shapes."""

import random
from typing import Any
from urllib.parse import quote

#: In a query, a box or a part of an address.
TEXTS = (
    "",
    " ",
    "%",
    "\\",
    "'\"<script>",
    "../../../etc/passwd",
    "\u202eabc",
    "\x1b@\x07",
    "🙂" * 300,
    "e\u0301" * 2_000,
    "x" * 5_000,
    "0",
    "-1",
    "-0",
    "1e999",
    "NaN",
    "Infinity",
    "9" * 20,
    "-" + "9" * 20,
    "9" * 5_000,
    "2147483648",
    "9223372036854775807",
    "0.0000000000001",
    "1,5",
    "1.000.000.000.000",
    "٣٤",
    "0x10",
    "true",
    "null",
    "[]",
    "{}",
    "[" * 2_000,
    '{"a": "\\u0000"}',
    "0001-01-01",
    "9999-12-31",
    "99999-12-31",
    "2026-02-31",
    "31/12/9999",
    "1/1/1",
    "2026-13",
    "01890000-0000-7000-8000-000000000000",
    "01890000-0000-7000-8000-00000000000g",
    "33.74.01",
    "cD0=",
    "\ufeff\u2028\ufffe",
)
#: In JSON besides: the right name with the wrong thing.
THINGS: tuple[Any, ...] = (
    *TEXTS, None, True, False, 0, -1, 1e308, 1.5, 2**31, 2**63 - 1, [], {},
    [None], [[[]]], {"a": {"b": []}}, ["a"] * 300, {"": ""},
)  # fmt: skip
#: Percent-encoded as they stand: no letters at all, halves of some, one too long. What is refused
#: at the door stands here alone, or it would hide what is behind.
RAW = ("%00", "%ff", "%ed%a0%80", "%c0%80", "%f0%9f", "%E2%80%AE", "%0d%0aX-A:%20b")


def of_query(random: random.Random, names: list[str]) -> str:
    """Every name with something nasty; one of them as bytes that are no letters."""
    pairs = [f"{quote(name)}={quote(random.choice(TEXTS))}" for name in names]
    if pairs and random.random() < 0.1:
        pairs[random.randrange(len(pairs))] = f"{quote(random.choice(names))}={random.choice(RAW)}"
    return "&".join(pairs)


def of_path(random: random.Random) -> str:
    """A part of an address, which a slash would make two of."""
    if random.random() < 0.3:
        return random.choice(RAW)
    return quote(random.choice([text for text in TEXTS if text and "/" not in text]), safe="")
