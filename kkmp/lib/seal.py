"""Secrets at rest: sealed text that the application can open, and hashes that nobody can.

The keys come from the environment (``NIK_ENCRYPTION_KEYS``, ``NIK_HASH_KEY``). The first
encryption key seals; the others only open what was sealed before it came.
"""

import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> bytes:
    """Encrypt; the same text gives another result each time."""
    return seal_bytes(text.encode())


def unseal(sealed: bytes) -> str:
    """Decrypt what :func:`seal` gave.

    :raises cryptography.fernet.InvalidToken: changed since, or sealed with a key no longer known
    """
    return unseal_bytes(sealed).decode()


def seal_bytes(content: bytes) -> bytes:
    """Encrypt a file."""
    return _fernet().encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """Decrypt what :func:`seal_bytes` gave.

    :raises cryptography.fernet.InvalidToken: as in :func:`unseal`
    """
    return _fernet().decrypt(bytes(sealed))


def keyed_hash(*parts: str) -> bytes:
    """32 bytes that tell whether two values are equal without telling what they are.

    Each part goes in with its length before it, so that ``("ab", "c")`` and ``("a", "bc")``
    differ. Without the key the sixteen digits of a NIK could be tried out one by one.
    """
    digest = hmac.new(settings.NIK_HASH_KEY.encode(), digestmod=hashlib.sha256)
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.digest()


def digest(secret: str) -> str:
    """What is kept of a secret that opens something, so that whoever reads it opens nothing.

    :param secret: of so many random bits that a plain hash cannot be guessed back
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.NIK_ENCRYPTION_KEYS])
