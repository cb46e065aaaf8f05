"""Figures as they are reported, and the browser that takes them."""

import os
from datetime import date

import pytest

from kkmp.bench import processes, report
from kkmp.bench.browser import Browser, Failed
from kkmp.bench.report import Figure

FORMS = """
<form action="/cari/"><input name="q" value="sri"></form>
<form method="post" action="/impor/kolom/">
  <input type="hidden" name="csrfmiddlewaretoken" value="abc"><input type="submit" name="go">
  <select name="column_0"><option value="">-</option><option value="name" selected></select>
  <input type="checkbox" name="yes" value="1" checked><input type="checkbox" name="no" value="1">
</form>
"""


def test_the_median_and_the_slow_end_are_kept():
    waits = iter([9.0] * report.WARM_UP + [n / 1000 for n in range(1, report.REQUESTS + 1)])
    clock = iter([1.0, 1.6])
    figure = report.repeated(
        "Page", lambda: next(waits), lambda: next(clock), target=100, baseline=5
    )
    assert (figure.value, figure.p95, figure.verdict) == (15.5, 28, "yes")
    assert round(figure.work) == 20
    assert str(figure) == "Page: 16 ms"


def test_what_is_asked_once_is_told_in_seconds():
    clock = iter([2.0, 5.0])
    figure = report.once("Import", lambda: 4.0, lambda: next(clock), target=3)
    assert (figure.value, figure.work, figure.unit, figure.verdict) == (4, 3, "s", "NO")


def test_the_table_shows_what_was_promised_and_what_was_kept():
    lines = report.table(
        [
            Figure("Page", "ms", 120, 150, 33, target=100, baseline=40),
            Figure("Import", "s", 3.456, target=5),
            Figure("Plain", "ms", 12),
        ]
    )
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[2] == ["Page", "120 ms", "150 ms", "33 ms", "100 ms", "NO", "40 ms", "3.00"]
    assert cells[3] == ["Import", "3.46 s", "", "", "5.00 s", "yes", "", ""]
    assert cells[4] == ["Plain", "12 ms", "", "", "", "", "", ""]
    assert len({len(line) for line in lines}) == 1


def test_the_report_names_the_machine(db, tmp_path):
    machine = report.machine(date(2026, 11, 26))
    report.write(tmp_path / "bench.md", "# Figures", [machine, ["| a |"]])
    text = (tmp_path / "bench.md").read_text()
    assert text.startswith("# Figures\n\n2026-11-26")
    assert "PostgreSQL" in text
    assert text.endswith("| a |\n")


def test_a_form_is_sent_as_the_page_fills_it():
    browser = Browser("http://127.0.0.1:1")
    browser.text = FORMS
    assert browser.form("kolom/") == {
        "csrfmiddlewaretoken": "abc",
        "column_0": "name",
        "yes": "1",
    }
    with pytest.raises(Failed):
        browser.form("hapus/")


def test_processor_time_and_memory_of_a_process_are_known(db):
    here = os.getpid()
    assert processes.Worked(here)() > 0
    figure = processes.peak(here)
    assert (figure.unit, figure.target) == ("MB", 300)
    assert figure.value > 10


def test_what_was_written_by_hand_stays_below_the_figures(tmp_path):
    file = tmp_path / "bench.md"
    kept = f"# Old\n\n| old |\n\n{report.BY_HAND}\n\n## Steps\n\n| step |\n"
    report.write(file, "# New", [["| new |"]], kept)
    assert file.read_text() == f"# New\n\n| new |\n\n{report.BY_HAND}\n\n## Steps\n\n| step |\n"
