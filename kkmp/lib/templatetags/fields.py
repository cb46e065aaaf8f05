"""How a form field is drawn: which kind of control it is, and the control with its classes."""

from datetime import date

from django import template
from django.forms import BaseForm, BoundField, widgets
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

from kkmp.lib.day_input import DayInput

register = template.Library()

#: Kind of control by widget; the first match wins, so subclasses stand before their parents.
_KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.HiddenInput, "hidden"),
    (widgets.CheckboxSelectMultiple, "choices"),
    (widgets.RadioSelect, "choices"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.Select, "select"),
    (widgets.Textarea, "textarea"),
    (widgets.FileInput, "file"),
    (widgets.PasswordInput, "password"),
)
_CLASSES = {
    "checkbox": "form-check-input",
    "choices": "form-check-input",
    "select": "form-select",
}


@register.filter
def field_kind(field: BoundField) -> str:
    """Return hidden, choices, checkbox, select, textarea, file, password, rupiah or text."""
    widget = field.field.widget
    if "data-rupiah" in widget.attrs:
        return "rupiah"
    return next((kind for type_, kind in _KINDS if isinstance(widget, type_)), "text")


@register.filter
def is_search(field: BoundField) -> bool:
    """Whether words are typed into the field, and not a day or an amount."""
    widget = field.field.widget
    return field_kind(field) == "text" and not isinstance(widget, widgets.DateInput)


@register.filter
def search_field(form: BaseForm) -> BoundField | None:
    """What words are typed into, if a list's filters begin with it."""
    first = next((field for field in form if field_kind(field) != "hidden"), None)
    return first if first is not None and is_search(first) else None


@register.filter
def rest_of_filters(form: BaseForm) -> list[BoundField]:
    """The other filters of a list, which a phone folds."""
    search = search_field(form)
    return [
        field
        for field in form
        if field_kind(field) != "hidden" and (search is None or field.name != search.name)
    ]


@register.filter
def used_filters(form: BaseForm | None) -> int:
    """How many of them are set: somebody who has folded them should know."""
    if not form or not form.is_bound:
        return 0
    return sum(field.name in form.changed_data for field in rest_of_filters(form))


@register.filter
def is_wrong_within(form: BaseForm | None) -> bool:
    """Whether a box that is folded away was filled in wrongly: then it has to be seen."""
    if not form:
        return False
    return any(field.errors for field in rest_of_filters(form))


@register.filter
def control(field: BoundField) -> SafeString:
    """Render the control with the design system's class beside any class of its own."""
    own = field.field.widget.attrs.get("class", "")
    classes = f"{_CLASSES.get(field_kind(field), 'form-control')} {own}"
    if field.errors:
        classes += " is-invalid"
    attrs: dict[str, str | bool] = {"class": " ".join(classes.split())}
    if str(field.field.widget.attrs.get("placeholder", "")).lower() == str(field.label).lower():
        attrs["placeholder"] = False  # grey words that repeat the label look filled in
    return field.as_widget(attrs=attrs)


@register.simple_tag
def day_box(name: str, day: date | None) -> SafeString:
    """A box for a day outside a form of the server's."""
    return DayInput().render(name, day, {"id": name, "class": "form-control"})


@register.filter
def choice_control(choice: BoundWidget) -> SafeString:
    """Render one radio button or box of a list of choices, without Django's label around it."""
    choice.data["attrs"]["class"] = "form-check-input"
    drawn: SafeString = choice.tag(wrap_label=False)
    return drawn
