"""Icons drawn into the page."""

import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template, TemplateSyntaxError

from kkmp.lib.templatetags.icons import icon


def test_it_is_drawn_into_the_page_and_silent():
    svg = ET.fromstring(Template('{% icon "users" %}').render(Context()))
    assert (svg.get("class"), svg.get("aria-hidden"), svg.get("focusable")) == (
        "icon",
        "true",
        "false",
    )
    assert (svg.get("fill"), svg.get("stroke"), svg.get("viewBox")) == (
        "none",
        "currentColor",
        "0 0 24 24",
    )
    assert len(svg) > 2


def test_the_filled_set_is_filled():
    svg = ET.fromstring(icon("filled:user"))
    assert (svg.get("fill"), svg.get("stroke")) == ("currentColor", None)
    assert icon("filled:user") != icon("user")


def test_a_class_is_added_and_escaped():
    rendered = Template("{% icon name class=more %}").render(
        Context({"name": "check", "more": 'a"b'})
    )
    assert 'class="icon a&quot;b"' in rendered


def test_nothing_in_it_offends_the_content_security_policy():
    assert "style=" not in icon("users")
    assert "\n" not in icon("users")


@pytest.mark.parametrize(
    "name", ["user-s", "../../package", "filled:", "nosuch:users", "Users", ""]
)
def test_an_unknown_name_is_a_clear_error(name):
    with pytest.raises(TemplateSyntaxError, match="There is no"):
        icon(name)


def test_a_misspelt_name_gets_a_hint():
    with pytest.raises(TemplateSyntaxError, match=r"Did you mean .*users"):
        icon("userss")


def test_other_attributes_are_refused():
    with pytest.raises(TemplateSyntaxError, match="only a class"):
        icon("users", style="color: red")


def test_missing_packages_are_named(settings, tmp_path):
    settings.NODE_MODULES = tmp_path
    with pytest.raises(TemplateSyntaxError, match="not installed"):
        icon("a-name-nobody-asked-for-before")
