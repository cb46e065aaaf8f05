"""Our browser modules: each says what it binds, and the pages fetch at once what is needed."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from kkmp.lib import modules, vendor

RUPIAH = 'import { dots } from "../dots.js";\n\nexport const selector = "[data-rupiah]";\n\n'
RUPIAH += "export function bind() {}\n"


@pytest.fixture
def folder(settings, tmp_path):
    """A folder of static files with three modules of its own."""
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.VAR_DIR = tmp_path / "var"
    folder = tmp_path / "static" / "kkmp" / "js"
    (folder / "forms").mkdir(parents=True)
    (folder / "dots.js").write_text('import { plain } from "./plain.js";\nexport const dots = 1;\n')
    (folder / "plain.js").write_text("export const plain = 1;\n")
    (folder / "forms" / "rupiah.js").write_text(RUPIAH)
    modules.needed_by.cache_clear()
    yield folder
    modules.needed_by.cache_clear()


def test_a_new_behaviour_is_a_new_file_and_nothing_else(folder):
    finder = modules.BehaviourFinder()
    made = Path(finder.find("kkmp/js/behaviours.js"))
    assert '["[data-rupiah]", () => import("./forms/rupiah.js")],' in made.read_text()
    assert "dots.js" not in made.read_text()
    (folder / "print.js").write_text(
        'export const selector = "[data-print]";\nexport function bind() {}\n'
    )
    assert 'import("./print.js")' in Path(finder.find("kkmp/js/behaviours.js")).read_text()


def test_what_is_collected_is_what_is_found(folder):
    finder = modules.BehaviourFinder()
    [(name, storage)] = finder.list(None)
    assert storage.path(name) == finder.find(name)
    assert finder.find(name, find_all=True) == [finder.find(name)]
    assert finder.find("kkmp/js/dots.js") == []


def test_modules_that_say_nothing_new_are_not_written_again(folder):
    finder = modules.BehaviourFinder()
    made = Path(finder.find(modules.BEHAVIOURS))
    before = made.stat().st_mtime_ns
    finder.find(modules.BEHAVIOURS)
    assert made.stat().st_mtime_ns == before


def test_all_that_a_module_imports_is_needed_by_it_nearest_first(folder):
    assert modules.needed_by("kkmp/js/forms/rupiah.js") == (
        "kkmp/js/forms/rupiah.js",
        "kkmp/js/dots.js",
        "kkmp/js/plain.js",
    )


def test_what_is_imported_later_is_not_fetched_before(folder):
    assert modules.needed_by("kkmp/js/behaviours.js") == ("kkmp/js/behaviours.js",)


@pytest.mark.parametrize("left_out", ["export function bind() {}\n", 'export const selector = "'])
def test_a_module_that_would_never_be_bound_is_named(folder, left_out):
    (folder / "forms" / "half.js").write_text(RUPIAH.replace(left_out, "const other = "))
    assert [error.id for error in modules.BehaviourFinder().check()] == ["kkmp.E011"]
    assert "forms/half.js" in modules.BehaviourFinder().check()[0].msg


def test_our_own_are_whole():
    assert modules.BehaviourFinder().check() == []


def test_all_that_our_own_import_is_served():
    ours = modules.sources()
    for name in ours:
        for needed in modules.needed_by(name):
            assert needed in ours or needed in vendor.FILES, name


def test_what_a_behaviour_binds_stands_in_a_template():
    pages = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    )
    code = "".join(
        path.read_text(encoding="utf-8")
        for app in ("kkmp", "finance", "members", "shops")
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py")
    )
    made = modules.sources()[modules.BEHAVIOURS]
    bound = re.findall(r'^  \["\[(data-[a-z-]+)\]"', made, re.MULTILINE)
    assert len(bound) > 20
    assert [each for each in bound if not re.search(rf"{each}(?![a-z-])", pages + code)] == []


def test_the_pages_link_a_module_and_what_it_imports():
    page = Template("{% module_preloads 'kkmp/js/main.js' %}").render(Context())
    assert re.findall(r'<link rel="modulepreload" href="/static/([^"]+)">', page) == [
        "kkmp/js/main.js",
        "kkmp/js/behaviours.js",
    ]
