"""Passbooks: on the screen, on paper, and as a text for WhatsApp."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.forms import refuse
from kkmp.lib.phone import wa_link
from members.papers.documents import passbooks
from members.papers.forms import Paper, Period
from members.register.loading import member_of
from members.register.models import Member
from members.register.numbers import member_number
from members.register.services import leaving_open


@require_safe
@requires(Permission.SAVINGS_READ)
@never_cache
def passbook(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member, on = member_of(request, member_id), business_today()
    form = Period(request.GET, on=on)
    book = _book(member, form)
    text = passbooks.message(member, on=on)
    leaving = leaving_open.reasons_by_member(request.cooperative.pk, [member.id])
    context = {
        "member": member,
        "form": form,
        "book": book,
        "text": text,
        "whatsapp": "" if leaving else wa_link(member.phone, text),
        "undrawn": passbooks.undrawn(book, on=on) if book else [],
        "query": urlencode({"since": str(book.since), "until": str(book.until)}) if book else "",
    }
    return render(request, "members/papers/passbook.html", context, status=200 if book else 422)


@require_safe
@requires(Permission.SAVINGS_READ)
@never_cache
def pdf(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member, on = member_of(request, member_id), business_today()
    book = _book(member, Period(request.GET, on=on))
    if book is None:
        return redirect("members:passbook", request.cooperative.code, member.id)
    form = Paper(request.GET)
    paper = form.cleaned_data["paper"] if form.is_valid() else "a4"
    name = f"buku-{member_number(member.number) or 'calon'}-{book.until}.pdf"
    return HttpResponse(
        passbooks.pdf(book, paper=paper, on=on),
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(False, name)},
    )


def _book(member: Member, form: Period) -> passbooks.Passbook | None:
    """The period that was asked for; None where it cannot be shown, with the form saying why."""
    if not form.is_valid():
        return None
    try:
        return passbooks.passbook(member, **form.cleaned_data)
    except passbooks.PeriodRefused as refusal:
        refuse(form, refusal)
        return None
