"""The database kept between runs is made anew when anything changes that it is made of."""

import importlib
import inspect
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from tests import cast, conftest, databases
from tests.shops import conftest as shop

ROOT = Path(settings.BASE_DIR)


def ours(module: object) -> bool:
    file = Path(inspect.getfile(module))
    return file.is_relative_to(ROOT) and ".venv" not in file.parts


def test_every_model_counts():
    modules = {sys.modules[model.__module__] for model in apps.get_models()}
    files = {Path(inspect.getfile(module)) for module in modules if ours(module)}
    assert len(files) > 10
    assert files - set(databases.sources()) == set()


def test_every_migration_counts_with_all_that_it_imports():
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    named = [
        importlib.import_module(migration.__module__)
        for migration in loader.disk_migrations.values()
    ]
    found = [module for module in named if ours(module)]
    assert len(found) > 5
    imported = {
        value if inspect.ismodule(value) else inspect.getmodule(value)
        for migration in found
        for value in vars(migration).values()
    }
    files = {
        Path(inspect.getfile(module))
        for module in [*found, *imported]
        if module and getattr(module, "__file__", None) and ours(module)
    }
    assert files - set(databases.sources()) == set()


def test_every_statement_and_every_table_of_reference_data_counts():
    files = {
        file
        for room in databases.ROOMS
        for suffix in ("sql", "csv")
        for file in (ROOT / room).rglob(f"*.{suffix}")
        if not databases.ELSEWHERE.intersection(file.relative_to(ROOT).parts)
    }
    assert len(files) > 5
    assert files - set(databases.sources()) == set()


def test_whatever_makes_the_cast_and_the_shop_counts():
    files = {Path(module.__file__) for module in (cast, conftest, shop)}
    assert files - set(databases.sources(everything=True)) == set()
