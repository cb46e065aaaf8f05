"""The counters of reports counted again from sales and returns: compared, or written anew.

Run within :func:`kkmp.registry.scope.cooperative`: one transaction, one cooperative.
"""

from django.db import transaction

from kkmp.registry import recounts
from kkmp.registry.models import Cooperative
from kkmp.registry.recounts import Difference, Recount
from kkmp.registry.services import numbering

#: Of each counter its key, what it counts, and the statement that counts it from the rows.
_SALES = """
    SELECT date, unit_id, shift_id, cashier_id, hour, is_member, sum(sales), sum(sold),
           sum(returns), sum(returned), sum(cost), sum(rounding)
    FROM (
        SELECT s.date, s.unit_id, s.shift_id, s.cashier_id,
               extract(hour FROM s.sold_at AT TIME ZONE 'Asia/Jakarta')::smallint AS hour,
               s.member_id IS NOT NULL AS is_member, 1 AS sales, s.total_idr AS sold,
               0 AS returns, 0 AS returned, s.cost_idr AS cost, s.rounding_idr AS rounding
        FROM shops_sale s WHERE s.cooperative_id = %(cooperative)s
        UNION ALL
        SELECT r.date, s.unit_id, r.shift_id, s.cashier_id,
               extract(hour FROM r.returned_at AT TIME ZONE 'Asia/Jakarta')::smallint,
               s.member_id IS NOT NULL, 0, 0, 1, r.total_idr, -r.cost_idr, -r.rounding_idr
        FROM shops_salereturn r
        JOIN shops_sale s ON s.cooperative_id = r.cooperative_id AND s.id = r.sale_id
        WHERE r.cooperative_id = %(cooperative)s
    ) moves
    GROUP BY 1, 2, 3, 4, 5, 6
"""
_GOODS = """
    SELECT date, unit_id, product_id, count(DISTINCT receipt), sum(sold), sum(sold_idr),
           sum(returned), sum(returned_idr), sum(cost)
    FROM (
        SELECT s.date, s.unit_id, l.product_id, s.id AS receipt, l.quantity AS sold,
               l.total_idr AS sold_idr, 0 AS returned, 0 AS returned_idr, l.cost_idr AS cost
        FROM shops_saleline l
        JOIN shops_sale s ON s.cooperative_id = l.cooperative_id AND s.id = l.sale_id
        WHERE l.cooperative_id = %(cooperative)s
        UNION ALL
        SELECT r.date, s.unit_id, l.product_id, NULL, 0, 0, b.quantity, b.total_idr, -b.cost_idr
        FROM shops_returnedline b
        JOIN shops_salereturn r ON r.cooperative_id = b.cooperative_id AND r.id = b.returned_id
        JOIN shops_sale s ON s.cooperative_id = r.cooperative_id AND s.id = r.sale_id
        JOIN shops_saleline l ON l.cooperative_id = b.cooperative_id AND l.id = b.line_id
        WHERE b.cooperative_id = %(cooperative)s
    ) moves
    GROUP BY 1, 2, 3
"""
_PAYMENTS = """
    SELECT date, unit_id, method, count(DISTINCT receipt), sum(paid), sum(back)
    FROM (
        SELECT s.date, s.unit_id, p.method, s.id AS receipt, p.amount_idr AS paid, 0 AS back
        FROM shops_salepayment p
        JOIN shops_sale s ON s.cooperative_id = p.cooperative_id AND s.id = p.sale_id
        WHERE p.cooperative_id = %(cooperative)s
        UNION ALL
        SELECT r.date, s.unit_id, CASE f.paid_as WHEN 'cash' THEN 'cash' ELSE p.method END,
               NULL, 0, f.amount_idr
        FROM shops_refund f
        JOIN shops_salereturn r ON r.cooperative_id = f.cooperative_id AND r.id = f.returned_id
        JOIN shops_sale s ON s.cooperative_id = r.cooperative_id AND s.id = r.sale_id
        JOIN shops_salepayment p ON p.cooperative_id = f.cooperative_id AND p.id = f.payment_id
        WHERE f.cooperative_id = %(cooperative)s
    ) moves
    GROUP BY 1, 2, 3
"""
_COUNTERS = (
    Recount(
        "shops_salesfigures",
        "date, unit_id, shift_id, cashier_id, hour, is_member, sales, sold_idr, returns, "
        "returned_idr, cost_idr, rounding_idr",
        _SALES,
    ),
    Recount(
        "shops_goodsfigures",
        "date, unit_id, product_id, receipts, sold, sold_idr, returned, returned_idr, cost_idr",
        _GOODS,
    ),
    Recount(
        "shops_paymentfigures", "date, unit_id, method, receipts, paid_idr, back_idr", _PAYMENTS
    ),
)


def differences(cooperative: Cooperative) -> list[Difference]:
    """Days on which a table of counters is not what the sales add up to."""
    return recounts.differences(cooperative, _COUNTERS)


@transaction.atomic
def hold(cooperative: Cooperative) -> None:
    """Let nobody sell or take back until the transaction ends."""
    for series in ("sale", "return"):
        numbering.take_numbers(cooperative=cooperative, series=series, count=0)


def rebuild(cooperative: Cooperative) -> None:
    """Write all of them anew; the caller has called :func:`hold` before anything else."""
    recounts.rebuild(cooperative, _COUNTERS)
