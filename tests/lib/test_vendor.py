"""The browser packages' files: exactly the listed ones, fit for hashed names."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from kkmp.lib import modules
from kkmp.lib.vendor import FILES, ModuleStorage, VendorFinder, VendorStorage


def test_it_finds_the_listed_files_where_npm_put_them():
    for address in FILES:
        assert Path(VendorFinder().find(address)).is_file()


def test_it_lists_what_it_finds_and_nothing_else():
    assert [name for name, _storage in VendorFinder().list(None)] == list(FILES)


@pytest.mark.parametrize(
    "path", ["vendor/tabler/tabler.min.css.map", "vendor/../settings.py", "kkmp/js/main.js", ""]
)
def test_it_does_not_find_what_is_not_listed(path):
    assert VendorFinder().find(path) == []
    assert VendorFinder().find(path, find_all=True) == []


@pytest.mark.parametrize("address", [name for name in FILES if name.endswith((".css", ".js"))])
def test_no_collected_file_points_at_a_source_map(address):
    with VendorStorage().open(address) as file:
        content = file.read()
    assert len(content) > 10_000
    assert b"sourceMappingURL" not in content


def test_a_font_is_collected_byte_by_byte():
    address = "vendor/fonts/plus-jakarta-sans.woff2"
    with VendorStorage().open(address) as file:
        assert file.read() == Path(VendorStorage().path(address)).read_bytes()


def test_a_package_that_is_not_installed_is_named(settings, tmp_path):
    settings.NODE_MODULES = tmp_path
    errors = VendorFinder().check()
    assert {error.id for error in errors} == {"kkmp.E010"}
    assert len(errors) == len(FILES)
    assert "@tabler/core/dist/css/tabler.min.css" in errors[0].msg


def test_all_is_well_where_the_packages_are_installed():
    assert VendorFinder().check() == []


def test_our_modules_import_each_other_by_hashed_names(tmp_path):
    storage = ModuleStorage(location=str(tmp_path), base_url="/static/")
    made = b'export const behaviours = [["[a]", () => import("./base/toasts.js")]];\n'
    storage._save("kkmp/js/behaviours.js", ContentFile(made))
    storage._save("kkmp/js/base/toasts.js", ContentFile(b"export function bind() {}\n"))
    storage._save("other/main.js", ContentFile(b'const load = () => import("./gone.js");\n'))
    names = ("kkmp/js/behaviours.js", "kkmp/js/base/toasts.js", "other/main.js")
    files = {name: (storage, name) for name in names}
    hashed = {name: new for name, new, done in storage.post_process(files) if done}
    toasts = Path(hashed["kkmp/js/base/toasts.js"]).name
    made = (tmp_path / hashed["kkmp/js/behaviours.js"]).read_text()
    assert f'import("./base/{toasts}")' in made
    assert 'import("./gone.js")' in (tmp_path / hashed["other/main.js"]).read_text()


def test_every_module_of_ours_can_be_collected(tmp_path):
    storage = ModuleStorage(location=str(tmp_path), base_url="/static/")
    ours = modules.sources()
    for name, text in ours.items():
        storage._save(name, ContentFile(text.encode()))
    processed = list(storage.post_process({name: (storage, name) for name in ours}))
    assert [done for *_names, done in processed if isinstance(done, Exception)] == []
    assert set(ours) <= set(storage.hashed_files)
    for name in ours:
        new = storage.hashed_files[name]
        text = (tmp_path / new).read_text()
        imported = re.findall(r"""(?:from|import) *\(?["'](\.[^"']+)["']""", text)
        for each in imported:
            assert (tmp_path / new).parent.joinpath(each).resolve().is_file(), (new, each)
            assert re.search(r"\.[0-9a-f]{12}\.js$", each), (new, each)


@pytest.mark.parametrize(("secure", "packed"), [(True, {"a.css.br", "a.css.gz"}), (False, set())])
def test_files_are_packed_for_the_network_alone(settings, tmp_path, secure, packed):
    settings.SECURE = secure
    (tmp_path / "a.css").write_text("body { margin: 0 }\n" * 1000)
    storage = ModuleStorage(location=str(tmp_path), base_url="/static/")
    assert {name for _of, name in storage.compress_files(["a.css"])} == packed
    assert {file.name for file in tmp_path.iterdir()} == {"a.css", *packed}
