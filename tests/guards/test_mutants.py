"""The wrong changes of ``make mutants`` still fit the code: none is dropped in silence."""

import re
from pathlib import Path

from django.conf import settings

from kkmp.runner import wrong_changes

ROOT = Path(settings.BASE_DIR)
MUTANTS = wrong_changes.read(ROOT / "tests" / "mutants.toml")


def test_each_finds_its_text_and_leaves_something_that_python_reads(case):
    for mutant in MUTANTS:
        with case(mutant.id):
            for change in mutant.changes:
                text = change.applied_to(ROOT)
                if change.file.endswith(".py"):
                    compile(text, change.file, "exec")


def test_the_tests_that_should_see_them_are_there(case):
    for mutant in MUTANTS:
        with case(mutant.id):
            assert mutant.tests
            assert all((ROOT / test).exists() for test in mutant.tests)


def test_there_are_thirty_over_all_areas():
    assert len(MUTANTS) >= 30
    assert {mutant.area for mutant in MUTANTS} == set(wrong_changes.AREAS)


def test_the_document_tells_of_each_and_of_no_other():
    told = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([\w-]+)` \|", told, re.MULTILINE)) == sorted(
        mutant.id for mutant in MUTANTS
    )
