"""The pictures of the documents: each declared by a package, drawn, and shown somewhere."""

import re

from django.conf import settings
from django.urls import Resolver404, resolve

from kkmp.runner import screenshots, shots

SHOWN = re.compile(r"screenshots/([\w.-]+)")


def test_pictures_are_those_that_the_documents_show():
    shown = {
        name
        for document in [settings.BASE_DIR / "README.md", *settings.BASE_DIR.glob("docs/**/*.md")]
        for name in SHOWN.findall(document.read_text(encoding="utf-8"))
    }
    drawn = {file.name for file in screenshots.FOLDER.iterdir()}
    assert len(drawn) > 50
    assert drawn == shown
    assert {f"{name}.webp" for walk in shots.declared() for name in walk.names} == drawn


def test_every_walk_begins_at_a_page():
    lost = []
    for walk in shots.declared():
        try:
            resolve(walk.shots[0].path.partition("?")[0])
        except Resolver404:
            lost.append(walk.shots[0].name)
    assert lost == []
