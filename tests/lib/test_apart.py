"""Work in a process of its own: bounded memory, time and number, and nothing left behind."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Thread

import psutil
import pytest

from kkmp.lib import apart, documents
from kkmp.lib.apart import Bounds, Busy, Ended
from kkmp.lib.documents import DocumentRefused, TemplateBroken

ROOT = Path(__file__).parents[2]
BOUNDS = Bounds(name="test", memory_mb=512, seconds=20, at_once=2, patience_seconds=20)


@pytest.fixture(autouse=True)
def _own_turns(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def program(tmp_path):
    def write(text):
        path = tmp_path / "program.py"
        path.write_text(text)
        return path

    return write


def ended(program, bounds=BOUNDS):
    with pytest.raises(Ended) as caught:
        apart.run(program, given=b"", bounds=bounds)
    return caught.value


def children():
    return psutil.Process().children(recursive=True)


def test_it_answers_to_what_it_is_given(program):
    echo = program("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])")
    assert apart.run(echo, given=b"\x00abc", bounds=BOUNDS) == b"cba\x00"


def test_a_killed_process_leaves_no_zombie_and_no_turn_taken(program):
    killed = program("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    alone = replace(BOUNDS, at_once=1, patience_seconds=0)
    before = children()
    assert [ended(killed, alone).code for _ in range(3)] == [-9, -9, -9]
    assert children() == before


def test_memory_is_bounded(program):
    hungry = program("held = bytearray(2 * 1024**3); print(len(held))")
    assert ended(hungry).code == 1


def test_time_is_bounded(program):
    start = time.monotonic()
    assert ended(program("import time; time.sleep(60)"), replace(BOUNDS, seconds=1)).code is None
    assert time.monotonic() - start < 30


def test_it_ends_when_whoever_waited_was_killed(program, tmp_path):
    """A web process that dies hands its children to nobody who would end them."""
    slow = program("import time; print('on', flush=True); time.sleep(60)")
    start = ROOT / "kkmp/lib/apart_start.py"
    process = subprocess.Popen(
        [sys.executable, "-I", start, "512", "1", slow], stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"on\n"
    assert process.wait(timeout=30) == -14
    process.stdout.close()


def test_it_knows_none_of_our_secrets(program, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for programs")
    told = apart.run(
        program("import json, os; print(json.dumps(dict(os.environ)))"), given=b"", bounds=BOUNDS
    )
    assert json.loads(told).keys() <= {*apart._KEPT, *apart._SMALL, "LC_CTYPE"}


def test_so_many_run_at_once_and_no_more(program, tmp_path):
    text = f"""
import os, time
from pathlib import Path
folder = Path({str(tmp_path)!r})
mark = folder / f"running.{{os.getpid()}}"
mark.touch()
most = 0
for _ in range(20):
    most = max(most, len(list(folder.glob("running.*"))))
    time.sleep(0.02)
mark.unlink()
print(most)
"""
    counted = []
    counting = program(text)

    def work():
        counted.append(int(apart.run(counting, given=b"", bounds=BOUNDS)))

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counted) == 6
    assert max(counted) == 2


def test_whoever_waits_too_long_is_told_so(program):
    alone = replace(BOUNDS, at_once=1)
    slow = Thread(target=apart.run, args=(program("import time; time.sleep(2)"),),
                  kwargs={"given": b"", "bounds": alone})  # fmt: skip
    slow.start()
    time.sleep(0.5)
    with pytest.raises(Busy):
        apart.run(program("print(1)"), given=b"", bounds=replace(alone, patience_seconds=0.1))
    slow.join()


# --- Documents -------------------------------------------------------------------------------


def test_nothing_that_serves_loads_typst():
    """What it keeps of each document would stay in the web process for good."""
    ask = (
        "import os, sys, django; django.setup(); import kkmp.urls, kkmp.wsgi;"
        "assert 'members.papers.documents.cards' in sys.modules;"
        "print('typst' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kkmp.settings"},
    )  # fmt: skip
    assert told.stdout.strip() == "False"
    loading = [
        path.name
        for app in ("kkmp", "finance", "members", "shops")
        for path in (ROOT / app).rglob("*.py")
        if re.search(r"^\s*(?:import|from) typst\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert loading == ["document_worker.py"]


def test_a_book_of_five_thousand_members_adds_little_to_the_web_process():
    """The process that sets it holds more than a gigabyte; ours only the data and the PDF."""
    row = ["12", "0012", "Sri Lestari Wulandari", "–", "Semarang, 1 Januari 1980", "P", "Pedagang",
           "Jl. Mawar 12, RT 001/RW 002", "1 Januari 2026", "", "", ""]  # fmt: skip
    data = {
        "cooperative": {"name": "Koperasi (rekaan)", "lines": []},
        "title": "BUKU DAFTAR ANGGOTA", "subtitle": "", "totals": [], "notes": [],
        "columns": [{"label": "x", "width": 10, "at": "left"}] * 12,
        "rows": [row] * 1_500, "printed": "30 November 2026", "signatures": [], "demo": True,
    }  # fmt: skip
    assert len(json.dumps(data)) > documents.SMALL_CHARACTERS
    before = psutil.Process().memory_info().rss
    assert documents.render("members/registers/register.typ", data).startswith(b"%PDF")
    assert psutil.Process().memory_info().rss - before < 60 * 1024**2


def test_a_document_that_dies_is_refused_in_words_and_made_the_next_time(program, monkeypatch):
    worker = documents._WORKER
    data = {"paper": "A4"}
    for text, code in (
        ("import os; os.kill(os.getpid(), 9)", "document_refused"),
        ("bytearray(4 * 1024**3)", "document_refused"),
    ):
        monkeypatch.setattr(documents, "_WORKER", program(text))
        with pytest.raises(DocumentRefused, match="Nothing else has changed") as caught:
            documents.render("any.typ", data)
        assert (caught.value.code, caught.value.status) == (code, 503)
    monkeypatch.setattr(documents, "_WORKER", worker)
    with pytest.raises(TemplateBroken, match=r"any\.typ"):
        documents.render("any.typ", data)
