"""The place of an administration page in its menu, in words: the crumbs above it."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from kkmp.access.administration import appearance

register = template.Library()


@register.inclusion_tag("unfold/helpers/header_title.html", takes_context=True)
def crumbs(context: Context) -> dict[str, Any]:
    """The menu's group and page, or the page and what it shows; without a page its title alone."""
    opts, shown = context.get("opts"), context.get("original")
    if opts is None:
        return {"parts": [{"title": str(context.get("title") or "")}]}
    page = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    parts = [{"link": page, "title": _name(page) or str(opts.verbose_name_plural)}]
    if shown is None or isinstance(shown, str):
        parts = [*_above(page), *parts]
    else:
        change = f"admin:{opts.app_label}_{opts.model_name}_change"
        parts.append({"link": reverse(change, args=(shown.pk,)), "title": str(shown)})
    return {"parts": parts}


def _above(page: str) -> list[dict[str, str]]:
    group = next((group for group, item in _items() if item["link"] == page), "")
    return [{"link": reverse("admin:index"), "title": group}] if group else []


def _name(page: str) -> str:
    return next((str(item["title"]) for _group, item in _items() if item["link"] == page), "")


def _items() -> list[tuple[str, dict[str, Any]]]:
    return [
        (str(group.get("title", "")), item)
        for group in appearance.navigation()
        for item in group["items"]
    ]
