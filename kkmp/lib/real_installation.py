"""What a real installation must be told before it starts: secrets of its own, and that it is one.

Read by the settings before anything else of Django, so it needs nothing but the environment.
Development is what the runner says (``KKMP_DEVELOPMENT``), never what is left out.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

#: What the runner says to its own processes, and nobody else to any.
DEVELOPMENT = "KKMP_DEVELOPMENT"
#: The least letters of a secret; Django wants as many of its own.
LENGTHS = {"SECRET_KEY": 50, "NIK_HASH_KEY": 40}
#: Of a key's letters, and of the bytes of one for sealing: random ones have twice as many.
_DISTINCT, _DISTINCT_BYTES = 10, 16
#: As in examples, and as people fill a line that they come back to later.
_EXAMPLES = (
    "change", "example", "placeholder", "insecure", "in-produc", "not-for-prod", "secret",
    "password", "ganti", "contoh", "rahasia", "12345",
)  # fmt: skip
_MAKE_ONE = "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
_MAKE_FERNET = (
    "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)


def insist(given: MutableMapping[str, str], root: Path) -> None:
    """Let nothing start that is missing or weak.

    :raises ImproperlyConfigured: says all that is, each in a sentence
    """
    # Settings that failed are read again, and a file that was read stands in here by then.
    given.pop(DEVELOPMENT, None)
    folders = {root / "var", Path(given.get("VAR_DIR") or root / "var")}
    if found := faults(given, *folders):
        raise ImproperlyConfigured("\n".join(("This installation does not start.", *found)))


def faults(given: Mapping[str, str], *folders: Path) -> list[str]:
    """What is missing or weak, each in a sentence; none, where it may start.

    :param folders: where `make run` may have left its file of keys, which are good for nothing else
    """
    return list(_faults(given, folders))


def _faults(given: Mapping[str, str], folders: Sequence[Path]) -> Iterator[str]:
    for name in LENGTHS:
        if not given.get(name):
            yield f"{name} is missing. Make one with: {_MAKE_ONE}"
        elif why := _why_weak(given[name], LENGTHS[name]):
            yield f"{name} {why}. Make another one with: {_MAKE_ONE}"
    keys = sealing_keys(given)
    if not keys:
        yield f"NIK_ENCRYPTION_KEYS is missing. Make a key with: {_MAKE_FERNET}"
    for number, key in enumerate(keys, start=1):
        if why := _why_no_key(key):
            yield f"NIK_ENCRYPTION_KEYS: key {number} {why}. Make one with: {_MAKE_FERNET}"
    yield from _twice(given, keys)
    for folder in folders:
        yield from _of_development(given, keys, folder / "kkmp.env")
    yield from _places(given)


def sealing_keys(given: Mapping[str, str]) -> list[str]:
    return [key.strip() for key in given.get("NIK_ENCRYPTION_KEYS", "").split(",") if key.strip()]


def _why_weak(secret: str, length: int) -> str:
    if len(secret) < length:
        return f"is too short: {len(secret)} characters, at least {length} are needed"
    if any(word in secret.lower() for word in _EXAMPLES):
        return "is an example's, not a random text"
    if len(set(secret)) < _DISTINCT:
        return "is no random text: the same few characters again and again"
    return ""


def _why_no_key(key: str) -> str:
    try:
        content = base64.b64decode(key.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        content = b""
    if len(content) != 32:
        return "is no Fernet key (32 random bytes, written as 44 characters)"
    if len(set(content)) < _DISTINCT_BYTES or _why_weak(content.decode("latin-1"), 0):
        return "is an example's, not a random one"
    return ""


def _twice(given: Mapping[str, str], keys: list[str]) -> Iterator[str]:
    named = [(name, given[name]) for name in LENGTHS if given.get(name)]
    named += [(f"key {number} of NIK_ENCRYPTION_KEYS", key) for number, key in enumerate(keys, 1)]
    for place, (name, secret) in enumerate(named):
        for other, same in named[place + 1 :]:
            if secret == same:
                yield f"{name} and {other} are the same: each secret needs a value of its own."


def _of_development(given: Mapping[str, str], keys: list[str], file: Path) -> Iterator[str]:
    try:
        known = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    except OSError:
        return
    for name in LENGTHS:
        if given.get(name) and given[name] == known.get(name, "").strip():
            yield f"{name} is that of `make run` ({file}): this installation needs its own."
    if set(keys) & set(sealing_keys(known)):
        yield f"NIK_ENCRYPTION_KEYS has the key of `make run` ({file}): leave it out."


def _places(given: Mapping[str, str]) -> Iterator[str]:
    if not _says_yes(given.get("SECURE", "")):
        yield "SECURE=1 is missing: a real installation is reached by TLS alone."
    if _says_yes(given.get("DEBUG", "")):
        yield "DEBUG is on: it shows every visitor what the server knows."
    hosts = [host.strip() for host in given.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if not hosts or "*" in hosts:
        yield "ALLOWED_HOSTS is missing or allows any: name the hosts that this server answers to."
    if not (given.get("DATABASE_URL") or given.get("APP_DATABASE_URL")):
        yield "DATABASE_URL (the owner's) or APP_DATABASE_URL is missing."
    if not given.get("VAR_DIR"):
        yield "VAR_DIR is missing: the folder of uploaded files, outside of the program's own."


def _says_yes(text: str) -> bool:
    return text.strip().lower() in ("true", "on", "ok", "y", "yes", "1")
