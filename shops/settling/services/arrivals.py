"""Where payments stand, told again from the payments themselves: compared, or written anew.

Run within :func:`kkmp.registry.scope.cooperative`: one transaction, one cooperative.
"""

from kkmp.registry import recounts
from kkmp.registry.models import Cooperative
from kkmp.registry.recounts import Difference, Recount

_TOLD = """
    SELECT paid.id, paid.date, paid.at, paid.cashier_id, paid.method,
           CASE
               WHEN said.settlement_id IS NOT NULL THEN 'settled'
               WHEN said.has_arrived THEN 'arrived'
               WHEN NOT said.has_arrived THEN 'missing'
               WHEN paid.left_idr = 0 THEN 'returned'
               ELSE 'waiting'
           END::varchar,
           paid.left_idr
    FROM (
        SELECT p.id, s.date, s.sold_at AS at, s.cashier_id, p.method,
               (p.amount_idr - coalesce(back.amount_idr, 0))::bigint AS left_idr
        FROM shops_salepayment p
        JOIN shops_sale s ON s.cooperative_id = p.cooperative_id AND s.id = p.sale_id
        LEFT JOIN (
            SELECT f.payment_id, sum(f.amount_idr) AS amount_idr
            FROM shops_refund f WHERE f.cooperative_id = %(cooperative)s GROUP BY f.payment_id
        ) back ON back.payment_id = p.id
        WHERE p.cooperative_id = %(cooperative)s AND p.method IN ('qris', 'transfer')
        UNION ALL
        SELECT c.id, c.date, NULL, c.by_id, c.method, c.amount_idr
        FROM shops_creditpayment c
        WHERE c.cooperative_id = %(cooperative)s AND c.method IN ('qris', 'transfer')
          AND c.amount_idr > 0
        UNION ALL
        SELECT e.id, e.date, NULL, j.posted_by_id, e.method,
               CASE WHEN undone.reverses_id IS NULL THEN e.amount_idr ELSE 0 END
        FROM members_savingsentry e
        JOIN finance_journal j ON j.cooperative_id = e.cooperative_id AND j.id = e.journal_id
        LEFT JOIN (
            SELECT u.reverses_id FROM members_savingsentry u
            WHERE u.cooperative_id = %(cooperative)s AND u.reverses_id IS NOT NULL
        ) undone ON undone.reverses_id = e.id
        WHERE e.cooperative_id = %(cooperative)s AND e.method IN ('qris', 'transfer')
          AND e.amount_idr > 0 AND e.reverses_id IS NULL
    ) paid
    LEFT JOIN (
        SELECT DISTINCT ON (1) coalesce(c.payment_id, c.credit_id, c.savings_id) AS paid_id,
               c.settlement_id, c.has_arrived
        FROM shops_confirmation c WHERE c.cooperative_id = %(cooperative)s
        ORDER BY 1, c.position DESC
    ) said ON said.paid_id = paid.id
"""
_ARRIVALS = (Recount("shops_arrival", "id, date, at, cashier_id, method, state, left_idr", _TOLD),)


def differences(cooperative: Cooperative) -> list[Difference]:
    """Days of which some payments do not stand where their confirmations say."""
    return recounts.differences(cooperative, _ARRIVALS)


def rebuild(cooperative: Cooperative) -> None:
    """Write all of them anew, while nobody sells, confirms or takes back."""
    recounts.rebuild(cooperative, _ARRIVALS)
