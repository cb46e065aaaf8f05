"""A docstring is understood where it stands."""

import ast
import re
from pathlib import Path

from tests.guards.test_architecture import OURS, relative

#: Openings that leave out the subject, or point at a neighbour for it.
ELLIPTIC = ("Of ", "As ", "The same")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def openings(path: Path) -> dict[int, str]:
    """The first line of each docstring of a file, by the line where what it documents begins."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, DOCUMENTED) and (text := ast.get_docstring(node)):
            found[getattr(node, "lineno", 1)] = text.partition("\n")[0]
    return found


def test_a_docstring_names_its_subject(case):
    """Whoever looks up one function need not read its neighbours to know what it returns.

    “The same of deposits” has a meaning only below the function that it goes on from, and an
    editor, which shows a docstring where a function is called, shows nothing around it.
    """
    for path in OURS:
        with case(relative(path)):
            elliptic = {
                line: text for line, text in openings(path).items() if text.startswith(ELLIPTIC)
            }
            assert elliptic == {}


def test_plugins_do_not_count_what_they_register(case):
    """A list of it in the first line is true until the next line is registered."""
    plugins = [path for path in OURS if path.name == "plugins.py" and path.parent.name != "lib"]
    assert len(plugins) > 30
    for path in plugins:
        with case(relative(path)):
            assert re.fullmatch(r"What .+ adds? to other packages\.", openings(path)[1])


def test_openings_are_found_everywhere(tmp_path):
    file = tmp_path / "sample.py"
    file.write_text(
        '"""Of a module."""\n\n\nclass A:\n    """As a class.\n\n    More.\n    """\n\n'
        '    async def b(self):\n        """The same."""\n\n\ndef plain():\n    pass\n'
    )
    assert openings(file) == {1: "Of a module.", 4: "As a class.", 10: "The same."}
    assert all(text.startswith(ELLIPTIC) for text in openings(file).values())
