"""What the web server loads is ready for several first requests at once."""

import subprocess
import sys

_LEFT = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kkmp.settings")
import kkmp.wsgi
from drf_spectacular import extensions
kinds = [kind for kind in vars(extensions).values() if hasattr(kind, "_registry")]
every = {one for kind in kinds for one in kind._registry}
left = [one.__name__ for one in every if isinstance(one.target_class, str)]
assert len(every) > 20
print(sorted(left))
"""


def test_nothing_of_the_descriptions_is_left_for_the_first_request():
    """Two that were the first at the same moment loaded it at once, and one was answered 500."""
    done = subprocess.run(
        [sys.executable, "-c", _LEFT], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stderr[-2000:]
