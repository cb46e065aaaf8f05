"""The house's own rules: migrations up to date, no clock in the domain, plain statements."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
OURS = [
    path
    for folder in ("kkmp", "finance", "members", "shops")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "node_modules" not in path.parts and "migrations" not in path.parts
]
DOMAIN = [p for p in OURS if "services" in p.parts or "models" in p.parts or p.name == "models.py"]
#: The second step of signing in fails inside of its package, and people sign in in whatever way one
#: adds: their devices are noted where Django itself tells of it.
HEARD = {
    "kkmp/access/plugins.py": {
        "authentication_failed.connect(",
        "signal.connect(",
    }
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_domain_reads_no_clock(case):
    for path in DOMAIN:
        with case(relative(path)):
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"timezone\.now\(|datetime\.now\(|date\.today\(|localdate\(|business_today", text
            )


def test_no_business_rule_hides_in_a_signal(case):
    for path in OURS:
        with case(relative(path)):
            text = path.read_text(encoding="utf-8")
            heard = set(re.findall(r"@receiver\b|\b(?!psycopg\b)\w+\.connect\(", text))
            assert heard == HEARD.get(relative(path), set())


#: From 300 lines on one looks for a seam; this is what no file goes beyond.
MOST_LINES = 360
#: Each stands alone by what it is, with as many lines as it may have.
ALONE = {
    "kkmp/settings.py": 400,  # Django reads one file
    "kkmp/lib/spreadsheet_worker.py": 400,  # a process of its own, which imports nothing of ours
}
#: A test file tells the whole story of one thing, mostly its data; it is read from the top.
MOST_LINES_OF_TESTS = 500


def test_a_file_stays_short(case):
    for path in OURS:
        with case(relative(path)):
            most = ALONE.get(relative(path), MOST_LINES)
            assert len(path.read_text(encoding="utf-8").splitlines()) <= most
    for path in sorted((ROOT / "tests").rglob("*.py")):
        with case(relative(path)):
            lines = path.read_text(encoding="utf-8").splitlines()
            assert len(lines) <= MOST_LINES_OF_TESTS


def test_what_stands_alone_is_long_still(case):
    for name in ALONE:
        with case(name):
            assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) > MOST_LINES


def test_a_test_lies_with_the_package_that_it_tests():
    """A test of several packages lies with the highest of them; helpers may stand beside them."""
    apps = ("members", "shops", "finance", "city")
    assert [relative(path) for app in apps for path in (ROOT / "tests" / app).glob("test_*")] == []


#: Folders of tests that try what many packages do together, in the browser, by a rule, or all day.
TOGETHER = {"browser", "guards", "shops/mornings"}
#: By which a folder of code is told to be a package: it is no file that has grown into a folder.
OF_A_PACKAGE = ("apps.py", "plugins.py", "views.py", "services")


def code_of(folder: Path) -> Path | None:
    """The package that a folder of tests bears the name of; None where there is none."""
    name = folder.relative_to(ROOT / "tests")
    return next((code for code in (ROOT / name, ROOT / "kkmp" / name) if code.is_dir()), None)


def test_a_folder_of_tests_bears_the_name_of_a_package(case):
    """And a test that bears the name of a smaller package lies in that one's folder."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    assert len(files) > 200
    for path in files:
        name = relative(path.parent).removeprefix("tests/")
        if name in TOGETHER or name.split("/")[0] in TOGETHER:
            continue
        with case(relative(path)):
            code = code_of(path.parent)
            assert code is not None
            inner = code / path.stem.removeprefix("test_")
            assert not any((inner / part).exists() for part in OF_A_PACKAGE)


def test_a_template_has_no_inline_script_or_style(case):
    for path in TEMPLATES:
        with case(relative(path)):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
            for attributes in re.findall(r"<script([^>]*)>", text):
                assert "src=" in attributes or "application/json" in attributes
