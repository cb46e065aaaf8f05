"""What people type about the two bodies, read and shaped; the services judge it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.forms import DateField, KeyField, WholeField
from kkmp.registry.models import Cooperative
from members.bodies.models import Body, Officer, Position
from members.bodies.services.officers import MOST_YEARS, Term
from members.register.models import Member
from members.register.persons import Sex


class _Term(forms.Form):
    """Asks for a person's term in a body."""

    body = forms.ChoiceField(
        label=_("Which body?"), choices=Body.choices, widget=forms.RadioSelect, initial=Body.BOARD
    )
    position = forms.ChoiceField(label=_("Post"), choices=Position.choices)
    member_number = WholeField(
        label=_("Member number"),
        required=False,
        min_value=1,
        help_text=_("Name and sex then come from the register."),
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        required=False,
        help_text=_(
            "Only for somebody without a member number, such as the head of the kelurahan."
        ),
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, required=False, widget=forms.RadioSelect
    )
    is_kelurahan_head = forms.BooleanField(label=_("Head of the kelurahan (lurah)"), required=False)
    decision_number = forms.CharField(
        label=_("Number of the decision"), max_length=80, required=False
    )
    started_on = DateField(label=_("In office since"))
    term_ends_on = DateField(label=_("Term ends on"), years=MOST_YEARS)

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        self.fields["member_number"].widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean_member_number(self) -> Member | None:
        number = self.cleaned_data["member_number"]
        if number is None:
            return None
        member: Member | None = Member.objects.of(self.cooperative).filter(number=number).first()
        if member is None:
            raise ValidationError(gettext("There is no member with this number."))
        return member

    def term(self) -> Term:
        given = dict(self.cleaned_data)
        member = given.pop("member_number")
        kept = {name: given[name] for name in given if name in Term.__dataclass_fields__}
        kept |= {"body": Body(given["body"]), "position": Position(given["position"])}
        return Term(member=member, **kept)


class NewOfficer(_Term):
    """Asks for a new officer, or a new term of one."""

    key = KeyField()


class OfficerEdit(Seen, _Term):
    """A term put right, with what the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        #: What is on record now.
        self.before = kept(officer) | {"version": officer.version}
        super().__init__(*args, cooperative=officer.cooperative, initial=self.before, **kwargs)
        self.show(self.before)

    @override
    def shown_text(self, name: str) -> str:
        member = self.cleaned_data["member_number"]
        if name == "member_number" and member:
            return str(member.number)
        return super().shown_text(name)


class End(forms.Form):
    """Asks when and why an officer leaves office."""

    ended_on = DateField(label=_("Left office on"))
    why = forms.CharField(
        label=_("Why?"),
        max_length=200,
        required=False,
        help_text=_("For example: resigned, term over, moved away."),
    )


def kept(officer: Officer) -> dict[str, Any]:
    """An officer's term as the form's inputs; the name only where no member says it."""
    member = officer.member
    names = ("body", "position", "is_kelurahan_head", "decision_number")
    return {name: getattr(officer, name) for name in names} | {
        "member_number": member.number if member else None,
        "name": "" if member and member.name == officer.name else officer.name,
        "sex": officer.sex,
        "started_on": officer.started_on,
        "term_ends_on": officer.term_ends_on,
    }
