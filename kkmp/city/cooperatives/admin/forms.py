"""What is typed to found a cooperative, to describe it, and to give it new amounts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from kkmp.access.administration.by_service import ServiceForm
from kkmp.access.permissions import Role
from kkmp.city.cooperatives.forms import Decision, Profile
from kkmp.city.cooperatives.services import founders, profile
from kkmp.city.cooperatives.services.establish import establish
from kkmp.city.cooperatives.services.founders import Welcomed
from kkmp.city.cooperatives.services.profile import MOST_MEMBERS
from kkmp.lib.clock import business_today
from kkmp.lib.day_input import PlainDayInput
from kkmp.lib.existing import of_kind
from kkmp.lib.forms import DateField, PhoneField, RupiahField, WholeField
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeSettings, Kelurahan

PARTICULARS = tuple(Profile.base_fields)

#: Who is named at the founding, by role.
PEOPLE = {role: f"{role}_name" for role in founders.WORDS}

DECIDED = ("valid_from", "principal_idr", "mandatory_idr", "member_target")


def _date_widget() -> forms.DateInput:
    return PlainDayInput({"class": UnfoldAdminTextInputWidget().attrs["class"]})


def _rupiah(label: StrOrPromise, least: int) -> RupiahField:
    widget = UnfoldAdminTextInputWidget(attrs={"prefix": "Rp"})
    return RupiahField(label=label, min_value=least, widget=widget)


def _target() -> WholeField:
    shape = Decision.base_fields["member_target"]
    return WholeField(
        label=shape.label,
        min_value=1,
        max_value=MOST_MEMBERS,
        initial=500,
        widget=UnfoldAdminIntegerFieldWidget(),
    )


def _text(name: str) -> forms.CharField:
    """A field without a limit of length: people write numbers with dots, dashes and spaces."""
    shape = Profile.base_fields[name]
    widget = UnfoldAdminTextInputWidget()
    return forms.CharField(
        label=shape.label, help_text=shape.help_text, required=False, widget=widget
    )


class _Particulars(ServiceForm):
    """Read as on the cooperative's own page, so that numbers and telephones look alike."""

    nib = _text("nib")
    npwp = _text("npwp")
    phone = PhoneField(
        label=Profile.base_fields["phone"].label,
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "tel"}),
    )
    opened_on = DateField(
        label=Profile.base_fields["opened_on"].label,
        required=False,
        pivot=business_today,
        widget=_date_widget(),
    )

    def clean(self) -> None:
        super().clean()
        read = Profile(self.data)
        for name, errors in read.errors.items():
            if name not in self.errors:
                self.add_error(name, errors)
        self.cleaned_data |= read.cleaned_data

    def particulars(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PARTICULARS}


class _KelurahanChoice(forms.ModelChoiceField[Kelurahan]):
    def label_from_instance(self, obj: Kelurahan) -> str:
        """Names repeat within a city."""
        return f"{obj.name} ({obj.kecamatan.name}, {obj.code})"


def _named(role: Role) -> forms.CharField:
    widget = UnfoldAdminTextInputWidget()
    return forms.CharField(label=role.label, max_length=120, required=False, widget=widget)


class Founding(_Particulars):
    kelurahan = _KelurahanChoice(
        label=_("Kelurahan"),
        queryset=Kelurahan.objects.none(),
        empty_label=_("Choose a kelurahan"),
        widget=UnfoldAdminSelectWidget(),
        help_text=_("Only those without a cooperative; there is one each."),
    )
    on = DateField(
        label=_("Amounts in force from"),
        pivot=business_today,
        widget=_date_widget(),
        help_text=_("Nothing can be saved before this day."),
    )
    principal_idr = _rupiah(_("Principal savings"), 1)
    mandatory_idr = _rupiah(_("Mandatory savings a month"), 0)
    member_target = _target()
    chair_name = _named(Role.CHAIR)
    treasurer_name = _named(Role.TREASURER)
    membership_clerk_name = _named(Role.MEMBERSHIP_CLERK)
    cashier_name = _named(Role.CASHIER)
    supervisor_name = _named(Role.SUPERVISOR)

    #: Whom it made an account for, with their links.
    welcomed: Sequence[Welcomed] = ()

    class Meta:
        model = Cooperative
        fields = ("kelurahan", *PARTICULARS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = of_kind(_KelurahanChoice, self.fields["kelurahan"])
        field.queryset = (
            Kelurahan.objects.filter(cooperative=None)
            .select_related("kecamatan")
            .order_by("name", "code")
        )

    def perform(self) -> Cooperative:
        decided = ("kelurahan", "on", "principal_idr", "mandatory_idr", "member_target")
        given = {name: self.cleaned_data[name] for name in decided}
        cooperative = establish(**given, **self.particulars(), today=business_today(), by=self.by)
        names = {role: self.cleaned_data[name] for role, name in PEOPLE.items()}
        self.welcomed = founders.welcome(
            cooperative=cooperative, names=names, at=timezone.now(), by=self.by
        )
        return cooperative


class Described(_Particulars):
    instance: Cooperative

    class Meta:
        model = Cooperative
        fields = PARTICULARS

    def perform(self) -> Cooperative:
        with scope.cooperative(self.instance.pk):
            return profile.edit(
                cooperative=self.instance,
                particulars=profile.Particulars(**self.particulars()),
                today=business_today(),
                by=self.by,
            )


class Decided(ServiceForm):
    valid_from = DateField(
        label=Decision.base_fields["valid_from"].label,
        widget=_date_widget(),
        help_text=Decision.base_fields["valid_from"].help_text,
    )
    principal_idr = _rupiah(_("Principal savings"), 1)
    mandatory_idr = _rupiah(_("Mandatory savings a month"), 0)
    member_target = _target()

    #: Set by the page: the chosen one.
    cooperative: ClassVar[Cooperative]

    class Meta:
        model = CooperativeSettings
        fields = DECIDED

    def perform(self) -> CooperativeSettings:
        return profile.decide(
            cooperative=self.cooperative,
            today=business_today(),
            by=self.by,
            **{name: self.cleaned_data[name] for name in DECIDED},
        )
