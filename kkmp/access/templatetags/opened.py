"""``{% csrf_token %}`` as Django's, and beside it for whom the page was drawn.

Built into every template, so that each form that is protected also says whose it is.
"""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from typing_extensions import override

from kkmp.access import page_owner

register = template.Library()


class FormToken(CsrfTokenNode):
    @override
    def render(self, context: Context) -> SafeString:
        token = super().render(context)
        mark = _mark(context)
        if not token or not mark:
            return SafeString(token)
        return format_html(
            '{}<input type="hidden" name="{}" value="{}">', token, page_owner.FIELD, mark
        )


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormToken:  # noqa: ARG001
    return FormToken()


@register.simple_tag(takes_context=True)
def opened_for(context: object) -> str:
    """The mark alone, for what a script sends."""
    return _mark(context)


def _mark(context: object) -> str:
    # A fragment that is included "only" knows no variable, but still its request.
    request = getattr(context, "request", None)
    return page_owner.mark(getattr(request, "user", None))
