"""``python -m kkmp.runner COMMAND``: what the Makefile calls once everything is installed."""

import os
import signal
import sys

from kkmp.runner import (
    bench,
    checks,
    cleanup,
    environment,
    mutants,
    ports,
    processes,
    screenshots,
    serve,
    suite,
    words,
)
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.postgres import BINARIES

INTERRUPTED = 130
#: Commands that load Django.
NEED_WORDS = ("run", "test", "mutants", "check", "bench", "manage")


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    # Containers set it; each of our many processes would compile every file anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    processes.listen_for_stop()
    try:
        if command in NEED_WORDS:
            words.refresh()
        match command:
            case "run":
                return serve.run()
            case "test":
                return suite.test(rest)
            case "soak":
                return suite.soak(rest)
            case "mutants":
                return mutants.mutants(rest)
            case "check":
                return checks.check()
            case "bench":
                return bench.bench(rest)
            case "screenshots":
                return picture(rest)
            case "manage":
                return manage(rest)
            case "stop":
                return cleanup.stop()
            case "reset":
                return cleanup.reset()
        raise CannotGoOn(
            "Say run, test, soak, mutants, check, bench, manage, screenshots, stop or reset."
        )
    except CannotGoOn as refusal:
        print(f"kkmp: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def picture(names: list[str]) -> int:
    """Draw the pages of the demo that is being served, or only the named ones."""
    port = ports.wanted()
    if ports.is_free(port):
        raise CannotGoOn(f"Nothing is served on port {port}: `make run` in another window first.")
    return screenshots.draw(f"http://{ports.HOST}:{port}", tuple(names))


def manage(arguments: list[str]) -> int:
    """Run ``manage.py`` on the database of ``make run``, started for the moment if it is down."""
    var = environment.var_dir()
    environment.load_env_file(var)
    cluster = environment.development_cluster(var)
    with environment.database(cluster) as url:
        settings = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(var)}
        if "DATABASE_URL" not in os.environ:  # for `manage.py dbshell`
            settings["PGHOST"] = str(cluster.socket_dir)
            settings["PATH"] = f"{BINARIES}:{settings.get('PATH', os.defpath)}"
        if arguments[:1] == ["--"]:
            arguments = arguments[1:]
        command = [*processes.MANAGE, *arguments]
        # Ctrl-C is the command's to answer: a shell goes on after it.
        signal.signal(signal.SIGINT, lambda *_: None)
        with processes.child(command, environment=settings, foreground=True) as process:
            code = process.wait()
    words.refresh()  # `translations` may have written them anew
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
