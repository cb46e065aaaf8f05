"""Pages of the administration that hand what was typed to a service."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.db import models, transaction
from django.forms import model_to_dict
from django.http import HttpRequest
from typing_extensions import override

from kkmp.access.models import User
from kkmp.access.web import SignedInRequest
from kkmp.lib.administration import Page
from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present


class ServiceForm(Seen, forms.ModelForm[models.Model]):
    """A form whose saving is a service; what the service refuses stands beside the input.

    One that changes a row says what it showed: what somebody else changed since is not undone.

    The service runs once, when everything typed is well formed. It is part of the
    transaction that the administration opens around the request.
    """

    #: Who is at work; set by the page.
    by: ClassVar[User]

    #: What the service returned.
    made: models.Model | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The service says it in better words than a constraint's name.
        self.instance.validate_constraints = _nothing  # type: ignore[method-assign]
        if not self.instance._state.adding:
            self.show(self._values(self.instance))

    def perform(self) -> models.Model:
        """Call the service with ``cleaned_data`` and ``by``.

        :raises DomainError: what it refuses
        """
        raise NotImplementedError

    def is_valid(self) -> bool:
        if not super().is_valid() or self._has_foreign_digits():
            return False
        if self.made is None:
            try:
                with transaction.atomic():
                    if not self._is_outdated():
                        self.made = self.perform()
            except DomainError as refusal:
                self._show(refusal)
        return self.made is not None

    def _has_foreign_digits(self) -> bool:
        """Django reads digits of every script; what people and services read is ours alone."""
        for name, field in self.fields.items():
            if not isinstance(field, forms.IntegerField):
                continue
            typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            if not str(typed or "").isascii():
                self.add_error(name, field.error_messages["invalid"])
        return bool(self.errors)

    def _is_outdated(self) -> bool:
        """Holds the row, so that nobody changes it between the look and the act."""
        if self.instance._state.adding:
            return False
        rows = type(self.instance)._base_manager.select_for_update(of=("self",), no_key=True)
        now = rows.get(pk=self.instance.pk)
        return self.is_stale(now, self._values(now))

    def _values(self, row: models.Model) -> dict[str, Any]:
        return model_to_dict(row, fields=[name for name in self.fields if name != self.SEEN])

    @override
    def save(self, commit: bool = True) -> models.Model:
        return present(self.made, "is_valid() was asked first")

    def save_m2m(self) -> None:
        """The service has written everything."""

    def _show(self, refusal: DomainError) -> None:
        beside = {name: texts for name, texts in refusal.fields.items() if name in self.fields}
        for name, texts in beside.items():
            for text in texts:
                self.add_error(name, text)
        if not beside:
            self.add_error(None, str(refusal))


def _nothing(exclude: object = None) -> None:
    """Checks nothing: it replaces a check of Django's that the service makes itself."""


class ByService(Page):
    """A page whose ``form`` (and ``add_form``) is a :class:`ServiceForm`."""

    #: The form for something new, where it differs.
    add_form: type[ServiceForm] | None = None
    change_form_before_template = "admin/seen.html"

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ServiceForm]:
        if obj is None and self.add_form is not None:
            kwargs["form"] = self.add_form
        made: type[ServiceForm] = super().get_form(request, obj, change, **kwargs)
        # The site lets nobody in who is not signed in.
        made.by = cast(SignedInRequest, request).user
        return made

    @override
    def save_model(
        self, request: HttpRequest, obj: models.Model, form: ServiceForm, change: bool
    ) -> None:
        """The form's service has written it."""

    @override
    def save_related(
        self, request: HttpRequest, form: ServiceForm, formsets: Sequence[object], change: bool
    ) -> None:
        """The form's service has written it."""
