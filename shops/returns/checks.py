"""Sales and returns against their lines and the books, for ``manage.py check_books``."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative
from shops.drawers.checks import rows_of

_SALES = """
    SELECT s.number, s.total_idr + s.rounding_idr,
           coalesce(lines.total, 0)::bigint + s.rounding_idr, coalesce(paid.total, 0)::bigint,
           j.amount_idr - greatest(s.rounding_idr, 0) - s.cost_idr + s.rounding_idr
    FROM shops_sale s
    JOIN finance_journal j ON j.cooperative_id = s.cooperative_id AND j.id = s.journal_id
    LEFT JOIN (
        SELECT l.sale_id, sum(l.total_idr) AS total, sum(l.cost_idr) AS cost
        FROM shops_saleline l WHERE l.cooperative_id = %(cooperative)s GROUP BY l.sale_id
    ) lines ON lines.sale_id = s.id
    LEFT JOIN (
        SELECT p.sale_id, sum(p.amount_idr) AS total
        FROM shops_salepayment p WHERE p.cooperative_id = %(cooperative)s GROUP BY p.sale_id
    ) paid ON paid.sale_id = s.id
    WHERE s.cooperative_id = %(cooperative)s AND (
        coalesce(lines.total, 0) <> s.total_idr
        OR coalesce(lines.cost, 0) <> s.cost_idr
        OR coalesce(paid.total, 0) <> s.total_idr + s.rounding_idr
        OR j.amount_idr <> s.total_idr + greatest(s.rounding_idr, 0) + s.cost_idr
    )
    ORDER BY s.number
"""
_RETURNS = """
    SELECT r.number, r.total_idr + r.rounding_idr,
           coalesce(lines.total, 0)::bigint + r.rounding_idr, coalesce(back.total, 0)::bigint,
           j.amount_idr - greatest(r.rounding_idr, 0) - r.cost_idr + r.rounding_idr
               - coalesce(back.more, 0)::bigint
    FROM shops_salereturn r
    JOIN finance_journal j ON j.cooperative_id = r.cooperative_id AND j.id = r.journal_id
    LEFT JOIN (
        SELECT l.returned_id, sum(l.total_idr) AS total, sum(l.cost_idr) AS cost
        FROM shops_returnedline l WHERE l.cooperative_id = %(cooperative)s GROUP BY l.returned_id
    ) lines ON lines.returned_id = r.id
    LEFT JOIN (
        SELECT f.returned_id, sum(f.amount_idr) AS total,
               sum(greatest(f.rounding_idr, 0)) AS more
        FROM shops_refund f WHERE f.cooperative_id = %(cooperative)s GROUP BY f.returned_id
    ) back ON back.returned_id = r.id
    WHERE r.cooperative_id = %(cooperative)s AND (
        coalesce(lines.total, 0) <> r.total_idr
        OR coalesce(lines.cost, 0) <> r.cost_idr
        OR coalesce(back.total, 0) <> r.total_idr + r.rounding_idr
        OR j.amount_idr <> r.total_idr + greatest(r.rounding_idr, 0) + r.cost_idr
            + coalesce(back.more, 0)
    )
    ORDER BY r.number
"""
_MORE_BACK = """
    SELECT s.number
    FROM shops_sale s
    JOIN shops_saleline l ON l.cooperative_id = s.cooperative_id AND l.sale_id = s.id
    JOIN (
        SELECT r.line_id, sum(r.quantity) AS quantity, sum(r.total_idr) AS total
        FROM shops_returnedline r WHERE r.cooperative_id = %(cooperative)s GROUP BY r.line_id
    ) back ON back.line_id = l.id
    WHERE s.cooperative_id = %(cooperative)s
      AND (back.quantity > l.quantity OR back.total > l.total_idr)
    UNION
    SELECT s.number
    FROM shops_sale s
    JOIN shops_salepayment p ON p.cooperative_id = s.cooperative_id AND p.sale_id = s.id
    JOIN (
        SELECT f.payment_id, sum(f.amount_idr) AS total
        FROM shops_refund f WHERE f.cooperative_id = %(cooperative)s GROUP BY f.payment_id
    ) back ON back.payment_id = p.id
    WHERE s.cooperative_id = %(cooperative)s AND back.total > p.amount_idr
    ORDER BY number
"""


def sale_differences(cooperative: Cooperative) -> Iterator[str]:
    """Sales and returns against their lines, their payments and their journals."""
    for statement, text in (
        (
            _SALES,
            _(
                "Receipt %(number)s is of %(total)s: its lines make %(lines)s, its payments "
                "%(paid)s, its journal %(booked)s."
            ),
        ),
        (
            _RETURNS,
            _(
                "Return %(number)s is of %(total)s: its lines make %(lines)s, what was paid back "
                "%(paid)s, its journal %(booked)s."
            ),
        ),
    ):
        for number, total, lines, paid, booked in rows_of(statement, cooperative):
            yield text % {
                "number": number,
                "total": format_rupiah(total),
                "lines": format_rupiah(lines),
                "paid": format_rupiah(paid),
                "booked": format_rupiah(booked),
            }
    for (number,) in rows_of(_MORE_BACK, cooperative):
        yield _("More came back of receipt %(number)s than was sold.") % {"number": number}
