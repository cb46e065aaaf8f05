"""The API's own description: each shape has a name of its own, and nothing is left to guessing."""

from collections import defaultdict
from collections.abc import Iterator

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from rest_framework.serializers import BaseSerializer, IntegerField, Serializer

from kkmp.lib.api import WholeNumber
from tests.guards.addresses import all_of_them

#: How shapes that are sent are called.
SENT = ("In", "Edit", "End", "Change", "Term")
OURS = {"kkmp", "finance", "members", "shops"}


def test_it_is_made_without_a_warning():
    """Two shapes of one name warn there: the second would be described as the first."""
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)
    found = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    assert not found, "\n".join(found)


def test_no_two_shapes_have_one_name():
    """Used today or not: which of the two is described would depend on the order of addresses."""
    assert all_of_them(), "with the addresses all serializers are imported"
    assert not shared(set(below(BaseSerializer)))


def test_two_shapes_of_one_name_are_found():
    first, second = type("SaleOut", (), {}), type("SaleOutSerializer", (), {})
    other = type("LineOut", (), {})
    for one in (first, second, other):
        one.__module__ = "shops.planted"
    assert list(shared({first, second, other})) == ["SaleOut"]


def test_whole_numbers_that_are_sent_are_read_strictly(case):
    """A thousand written as "1.000" would be taken for one."""
    assert all_of_them()
    for shape in set(below(BaseSerializer)):
        if shape.__module__.partition(".")[0] not in OURS or not shape.__name__.endswith(SENT):
            continue
        if not issubclass(shape, Serializer):
            continue
        sent = [getattr(field, "child", field) for field in shape().get_fields().values()]
        numbers = [type(field) for field in sent if isinstance(field, IntegerField)]
        with case(f"{shape.__module__}.{shape.__name__}"):
            assert set(numbers) <= {WholeNumber}


def shared(shapes: set[type]) -> dict[str, list[str]]:
    """Names that several serializers of ours would be described by, with their modules."""
    found: dict[str, list[str]] = defaultdict(list)
    for shape in shapes:
        if shape.__module__.partition(".")[0] in OURS:
            found[shape.__name__.removesuffix("Serializer")].append(shape.__module__)
    return {name: sorted(modules) for name, modules in found.items() if len(modules) > 1}


def below(base: type) -> Iterator[type]:
    for one in base.__subclasses__():
        yield one
        yield from below(one)
