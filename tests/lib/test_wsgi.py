"""What the web server loads is ready for several first requests at once."""

import json
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


_ASKED = """
import io, json, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kkmp.settings")
from wsgiref.util import setup_testing_defaults
from django.conf import settings
from kkmp.wsgi import application
said = {}
for name in json.loads(sys.argv[1]):
    asked = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/members/", "QUERY_STRING": "q=%C3%A9",
        "HTTP_HOST": settings.ALLOWED_HOSTS[0], "HTTP_X_FORWARDED_PROTO": "https",
        "CONTENT_TYPE": "application/json; charset=" + name,
    }
    setup_testing_defaults(asked)
    told = application(asked, lambda status, headers: said.update({name: [status]}))
    said[name].append(json.loads(b"".join(told)))
print(json.dumps(said))
"""


def test_a_name_of_letters_that_decodes_no_letters_is_refused_and_no_500():
    """Django reads the query by it while the request is made, so that no middleware is asked."""
    names = ["rot13", "hex", "bz2", "punycode", "undefined", "utf-16", "idna", "nobody-knows"]
    done = subprocess.run(
        [sys.executable, "-c", _ASKED, json.dumps(names)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    said = json.loads(done.stdout or "{}")
    assert list(said) == names, done.stderr[-2000:]
    for status, answer in said.values():
        assert status == "400 Bad Request"
        assert (answer.keys(), answer["code"]) == ({"code", "message", "fields"}, "parse_error")
