"""``{% module_preloads "kkmp/js/main.js" %}``: what a module imports, fetched all at once.

Without these links the browser learns of each module from the one that imports it, one trip to
the server after the other. Built into every template.
"""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kkmp.lib import modules

register = template.Library()


@register.simple_tag
def module_preloads(*names: str) -> SafeString:
    """A link for each of the modules and for all that they import.

    :param names: addresses below STATIC_URL
    """
    needed = ((static(name),) for name in modules.needed_by(*names))
    return format_html_join("\n  ", '<link rel="modulepreload" href="{}">', needed)
