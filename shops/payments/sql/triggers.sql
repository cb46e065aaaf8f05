-- How far the money of each payment by QRIS or transfer has come: begun by a sale, a payment of
-- credit or a deposit of savings, moved by confirmations, refunds and corrections. Once for each
-- statement, in the transaction that writes it.

CREATE OR REPLACE FUNCTION shops_await_payments() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (
        SELECT cooperative_id FROM added WHERE method IN ('qris', 'transfer') LIMIT 1
    );
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_arrival (
        cooperative_id, id, date, at, cashier_id, method, state, left_idr
    )
    SELECT cooperative, p.id, s.date, s.sold_at, s.cashier_id, p.method, 'waiting', p.amount_idr
    FROM added p
    JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = p.sale_id
    WHERE p.method IN ('qris', 'transfer')
    ON CONFLICT (cooperative_id, id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_arrival', (
        SELECT count(*) FROM added p WHERE p.method IN ('qris', 'transfer')
    ), written);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION shops_await_credits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (
        SELECT cooperative_id FROM added
        WHERE method IN ('qris', 'transfer') AND amount_idr > 0 LIMIT 1
    );
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_arrival (
        cooperative_id, id, date, at, cashier_id, method, state, left_idr
    )
    SELECT cooperative, c.id, c.date, NULL, c.by_id, c.method, 'waiting', c.amount_idr
    FROM added c
    WHERE c.method IN ('qris', 'transfer') AND c.amount_idr > 0
    ON CONFLICT (cooperative_id, id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_arrival', (
        SELECT count(*) FROM added c
        WHERE c.method IN ('qris', 'transfer') AND c.amount_idr > 0
    ), written);
    RETURN NULL;
END $$;

-- Of a deposit that is corrected nothing is left to arrive.
CREATE OR REPLACE FUNCTION shops_await_savings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (
        SELECT cooperative_id FROM added
        WHERE reverses_id IS NOT NULL OR (method IN ('qris', 'transfer') AND amount_idr > 0)
        LIMIT 1
    );
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_arrival (
        cooperative_id, id, date, at, cashier_id, method, state, left_idr
    )
    SELECT cooperative, e.id, e.date, NULL, j.posted_by_id, e.method, 'waiting', e.amount_idr
    FROM added e
    JOIN finance_journal j ON j.cooperative_id = cooperative AND j.id = e.journal_id
    WHERE e.method IN ('qris', 'transfer') AND e.amount_idr > 0 AND e.reverses_id IS NULL
    ON CONFLICT (cooperative_id, id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_arrival', (
        SELECT count(*) FROM added e
        WHERE e.method IN ('qris', 'transfer') AND e.amount_idr > 0 AND e.reverses_id IS NULL
    ), written);
    UPDATE shops_arrival arrival
    SET left_idr = 0,
        state = CASE arrival.state WHEN 'waiting' THEN 'returned' ELSE arrival.state END
    FROM added e
    WHERE arrival.cooperative_id = cooperative AND arrival.id = e.reverses_id;
    RETURN NULL;
END $$;

-- The last word holds.
CREATE OR REPLACE FUNCTION shops_move_arrivals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
BEGIN
    UPDATE shops_arrival arrival
    SET state = CASE
        WHEN last.settlement_id IS NOT NULL THEN 'settled'
        WHEN last.has_arrived THEN 'arrived'
        ELSE 'missing'
    END
    FROM (
        SELECT DISTINCT ON (1) coalesce(c.payment_id, c.credit_id, c.savings_id) AS paid,
               c.settlement_id, c.has_arrived
        FROM added c ORDER BY 1, c.position DESC
    ) last
    WHERE arrival.cooperative_id = cooperative AND arrival.id = last.paid;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION shops_lessen_arrivals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
BEGIN
    UPDATE shops_arrival arrival
    SET left_idr = arrival.left_idr - back.amount_idr,
        state = CASE
            WHEN arrival.state = 'waiting' AND arrival.left_idr = back.amount_idr THEN 'returned'
            ELSE arrival.state
        END
    FROM (
        SELECT r.payment_id, sum(r.amount_idr) AS amount_idr FROM added r GROUP BY r.payment_id
    ) back
    WHERE arrival.cooperative_id = cooperative AND arrival.id = back.payment_id;
    RETURN NULL;
END $$;
