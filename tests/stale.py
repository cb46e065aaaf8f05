"""A page that was open while somebody else saved, as a browser sends it back."""

from typing import Any

from django.test import Client


def opened(browser: Client, address: str) -> dict[str, Any]:
    """What the boxes of a page hold when it is opened, those that are not seen among them."""
    answer = browser.get(address)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert 'name="seen"' in answer.content.decode()
    return held(form)


def held(form: Any) -> dict[str, Any]:
    """What a browser sends of a form; a box without a tick is not sent."""
    told = {name: _sent(form[name]) for name in form.fields}
    return {name: text for name, text in told.items() if text}


def _sent(box: Any) -> str:
    value = box.value()
    if isinstance(value, bool):
        return "on" if value else ""
    shown = box.field.widget.format_value(value)
    return str(shown[0] if isinstance(shown, list) and shown else shown or "")


def refusal(answer: Any) -> str:
    """What stands above a form that was refused, with plain spaces."""
    assert answer.status_code in (409, 422)
    return " ".join(" ".join(answer.context["form"].non_field_errors()).split())
