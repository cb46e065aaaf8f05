"""A real installation starts with secrets of its own, or it does not start and says why."""

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from kkmp.lib import real_installation
from kkmp.runner import environment

ROOT = Path(settings.BASE_DIR)
NOWHERE = Path("/nowhere")
#: The README's table: what has to be set, and what may be.
NEEDED = {
    "SECRET_KEY", "NIK_ENCRYPTION_KEYS", "NIK_HASH_KEY", "SECURE", "ALLOWED_HOSTS", "VAR_DIR",
    "DATABASE_URL",
}  # fmt: skip
FERNET = base64.urlsafe_b64encode(bytes(range(100, 132))).decode()


@pytest.fixture
def real():
    return environment.real_environment()


def faults(given, *folders):
    return real_installation.faults(given, *(folders or (NOWHERE,)))


def test_one_that_is_set_up_as_the_readme_says_starts(real):
    assert set(real) == NEEDED
    assert faults(real) == []


def test_the_readme_lists_what_is_needed():
    text = (ROOT / "README.md").read_text()
    chapter = text[text.index("## Running it for real") :]
    listed = set(re.findall(r"^   \| `([A-Z_]+)` \|", chapter, re.MULTILINE))
    assert listed >= NEEDED


@pytest.mark.parametrize("name", sorted(NEEDED))
@pytest.mark.parametrize("how", ["missing", "empty"])
def test_without_one_of_them_it_says_which(name, how, real):
    given = {key: value for key, value in real.items() if key != name}
    if how == "empty":
        given[name] = ""
    (said,) = faults(given)
    assert name in said


WEAK = [
    ("SECRET_KEY", "kurz", "too short"),
    ("SECRET_KEY", "Yb3-kT9wq_0RzLx8Vn5Hs2Jd7Gf4Mc6Pa1Eu_iOy-Qt3Bw9X"[:49], "too short"),
    ("SECRET_KEY", "change me " * 6, "example"),
    ("SECRET_KEY", "django-insecure-" + "kT9wq0RzLx8Vn5Hs2Jd7Gf4Mc6Pa1EuiOyQt3Bw9X", "example"),
    ("SECRET_KEY", "a" * 60, "random"),
    ("SECRET_KEY", "abababab" * 8, "random"),
    ("SECRET_KEY", environment.TEST_ENVIRONMENT["SECRET_KEY"], "example"),
    ("NIK_HASH_KEY", "0123456789", "too short"),
    ("NIK_HASH_KEY", environment.TEST_ENVIRONMENT["NIK_HASH_KEY"], "example"),
    ("NIK_HASH_KEY", "contoh-contoh-contoh-kT9wq0RzLx8Vn5Hs2Jd7Gf4Mc6", "example"),
    ("NIK_ENCRYPTION_KEYS", "not a key", "no Fernet key"),
    ("NIK_ENCRYPTION_KEYS", FERNET[:-5], "no Fernet key"),
    ("NIK_ENCRYPTION_KEYS", base64.urlsafe_b64encode(bytes(32)).decode(), "example"),
    ("NIK_ENCRYPTION_KEYS", environment.TEST_ENVIRONMENT["NIK_ENCRYPTION_KEYS"], "example"),
    ("NIK_ENCRYPTION_KEYS", f"{FERNET},short", "key 2 is no Fernet key"),
    ("NIK_ENCRYPTION_KEYS", f"{FERNET},{FERNET}", "the same"),
    ("SECURE", "0", "TLS"),
    ("SECURE", "false", "TLS"),
    ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS"),
    ("ALLOWED_HOSTS", "koperasi.invalid, *", "ALLOWED_HOSTS"),
    ("DEBUG", "1", "DEBUG"),
]


@pytest.mark.parametrize(("name", "value", "why"), WEAK, ids=[f"{a} {c}" for a, _b, c in WEAK])
def test_one_that_is_weak_is_refused(name, value, why, real):
    (said,) = faults(real | {name: value})
    assert why in said
    if name in real_installation.LENGTHS or name == "NIK_ENCRYPTION_KEYS":
        assert value not in said, "a secret is written into no log"


def test_two_secrets_are_two(real):
    (said,) = faults(real | {"NIK_HASH_KEY": real["SECRET_KEY"]})
    assert "SECRET_KEY and NIK_HASH_KEY are the same" in said


@pytest.mark.parametrize("name", ["SECRET_KEY", "NIK_ENCRYPTION_KEYS", "NIK_HASH_KEY"])
def test_the_keys_of_make_run_are_good_for_make_run_alone(name, real, tmp_path):
    environment.write_env_file(tmp_path / "kkmp.env")
    lines = (tmp_path / "kkmp.env").read_text().splitlines()
    theirs = next(line.split("=", 1)[1] for line in lines if line.startswith(f"{name}="))
    (said,) = faults(real | {name: theirs}, tmp_path)
    assert "make run" in said


# --- As it is started ----------------------------------------------------------------------------


def started(given, *arguments):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=kept | given, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_file_of_make_run_is_not_read_by_a_server(tmp_path):
    """Where `make run` was tried first, a server without settings ran on its keys, without TLS."""
    environment.write_env_file(tmp_path / "kkmp.env")
    done = started({"VAR_DIR": str(tmp_path)}, "check")
    assert done.returncode == 1
    assert "SECRET_KEY is missing" in done.stderr
    assert "SECURE=1 is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_file_says_that_this_is_development(tmp_path):
    file = tmp_path / "kkmp.env"
    file.write_text("KKMP_DEVELOPMENT=1\nSECURE=0\n")
    done = started({"KKMP_ENV_FILE": str(file)}, "check")
    assert done.returncode == 1
    assert "SECURE=1 is missing" in done.stderr


def test_a_file_that_is_named_is_read(real, tmp_path):
    file = tmp_path / "kkmp.env"
    file.write_text("".join(f"{name}={value}\n" for name, value in real.items()))
    assert started({"KKMP_ENV_FILE": str(file)}, "check").returncode == 0
