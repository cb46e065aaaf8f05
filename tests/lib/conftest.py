"""The floor's messages are tested in the language of the source."""

import pytest
from django.utils import translation
from hypothesis import settings

# A busy machine is slow now and then; that is no fault of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield
