-- The counters of reports, kept by whatever writes a sale, a return or what belongs to them: once
-- for each statement, in the transaction that writes it, on the day that it is of. Rows of several
-- goods are written in the order of the goods, so that two sales cannot wait for each other.

CREATE OR REPLACE FUNCTION shops_count_sales() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_salesfigures AS f (
        cooperative_id, id, date, unit_id, shift_id, cashier_id, hour, is_member,
        sales, sold_idr, returns, returned_idr, cost_idr, rounding_idr
    )
    SELECT cooperative, gen_random_uuid(), s.date, s.unit_id, s.shift_id, s.cashier_id,
           extract(hour FROM s.sold_at AT TIME ZONE 'Asia/Jakarta'), s.member_id IS NOT NULL,
           count(*), sum(s.total_idr), 0, 0, sum(s.cost_idr), sum(s.rounding_idr)
    FROM added s
    GROUP BY 1, 3, 4, 5, 6, 7, 8
    ON CONFLICT (cooperative_id, date, unit_id, shift_id, cashier_id, hour, is_member) DO UPDATE
    SET sales = f.sales + EXCLUDED.sales,
        sold_idr = f.sold_idr + EXCLUDED.sold_idr,
        cost_idr = f.cost_idr + EXCLUDED.cost_idr,
        rounding_idr = f.rounding_idr + EXCLUDED.rounding_idr;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_salesfigures', (
        SELECT count(DISTINCT (s.date, s.unit_id, s.shift_id, s.cashier_id,
            extract(hour FROM s.sold_at AT TIME ZONE 'Asia/Jakarta'), s.member_id IS NOT NULL
        )) FROM added s
    ), written);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION shops_count_returns() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_salesfigures AS f (
        cooperative_id, id, date, unit_id, shift_id, cashier_id, hour, is_member,
        sales, sold_idr, returns, returned_idr, cost_idr, rounding_idr
    )
    SELECT cooperative, gen_random_uuid(), r.date, s.unit_id, r.shift_id, s.cashier_id,
           extract(hour FROM r.returned_at AT TIME ZONE 'Asia/Jakarta'), s.member_id IS NOT NULL,
           0, 0, count(*), sum(r.total_idr), -sum(r.cost_idr), -sum(r.rounding_idr)
    FROM added r
    JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = r.sale_id
    GROUP BY 1, 3, 4, 5, 6, 7, 8
    ON CONFLICT (cooperative_id, date, unit_id, shift_id, cashier_id, hour, is_member) DO UPDATE
    SET returns = f.returns + EXCLUDED.returns,
        returned_idr = f.returned_idr + EXCLUDED.returned_idr,
        cost_idr = f.cost_idr + EXCLUDED.cost_idr,
        rounding_idr = f.rounding_idr + EXCLUDED.rounding_idr;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_salesfigures', (
        SELECT count(DISTINCT (r.date, s.unit_id, r.shift_id, s.cashier_id,
            extract(hour FROM r.returned_at AT TIME ZONE 'Asia/Jakarta'), s.member_id IS NOT NULL
        ))
        FROM added r
        JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = r.sale_id
    ), written);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION shops_count_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_goodsfigures AS f (
        cooperative_id, id, date, unit_id, product_id, receipts, sold, sold_idr, returned,
        returned_idr, cost_idr
    )
    SELECT cooperative, gen_random_uuid(), s.date, s.unit_id, l.product_id,
           count(DISTINCT l.sale_id), sum(l.quantity), sum(l.total_idr), 0, 0, sum(l.cost_idr)
    FROM added l
    JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = l.sale_id
    GROUP BY 1, 3, 4, 5
    ORDER BY 1, 3, 4, 5
    ON CONFLICT (cooperative_id, date, unit_id, product_id) DO UPDATE
    SET receipts = f.receipts + EXCLUDED.receipts,
        sold = f.sold + EXCLUDED.sold,
        sold_idr = f.sold_idr + EXCLUDED.sold_idr,
        cost_idr = f.cost_idr + EXCLUDED.cost_idr;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_goodsfigures', (
        SELECT count(DISTINCT (s.date, s.unit_id, l.product_id))
        FROM added l JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = l.sale_id
    ), written);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION shops_count_returned_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_goodsfigures AS f (
        cooperative_id, id, date, unit_id, product_id, receipts, sold, sold_idr, returned,
        returned_idr, cost_idr
    )
    SELECT cooperative, gen_random_uuid(), r.date, s.unit_id, l.product_id,
           0, 0, 0, sum(b.quantity), sum(b.total_idr), -sum(b.cost_idr)
    FROM added b
    JOIN shops_salereturn r ON r.cooperative_id = cooperative AND r.id = b.returned_id
    JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = r.sale_id
    JOIN shops_saleline l ON l.cooperative_id = cooperative AND l.id = b.line_id
    GROUP BY 1, 3, 4, 5
    ORDER BY 1, 3, 4, 5
    ON CONFLICT (cooperative_id, date, unit_id, product_id) DO UPDATE
    SET returned = f.returned + EXCLUDED.returned,
        returned_idr = f.returned_idr + EXCLUDED.returned_idr,
        cost_idr = f.cost_idr + EXCLUDED.cost_idr;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_goodsfigures', (
        SELECT count(DISTINCT (r.date, s.unit_id, l.product_id))
        FROM added b
        JOIN shops_salereturn r ON r.cooperative_id = cooperative AND r.id = b.returned_id
        JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = r.sale_id
        JOIN shops_saleline l ON l.cooperative_id = cooperative AND l.id = b.line_id
    ), written);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION shops_count_payments() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_paymentfigures AS f (
        cooperative_id, id, date, unit_id, method, receipts, paid_idr, back_idr
    )
    SELECT cooperative, gen_random_uuid(), s.date, s.unit_id, p.method,
           count(DISTINCT p.sale_id), sum(p.amount_idr), 0
    FROM added p
    JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = p.sale_id
    GROUP BY 1, 3, 4, 5
    ORDER BY 1, 3, 4, 5
    ON CONFLICT (cooperative_id, date, unit_id, method) DO UPDATE
    SET receipts = f.receipts + EXCLUDED.receipts,
        paid_idr = f.paid_idr + EXCLUDED.paid_idr;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_paymentfigures', (
        SELECT count(DISTINCT (s.date, s.unit_id, p.method))
        FROM added p JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = p.sale_id
    ), written);
    RETURN NULL;
END $$;

-- A voucher's money that went back in cash counts as cash; what is kept for somebody as it came.
CREATE OR REPLACE FUNCTION shops_count_refunds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO shops_paymentfigures AS f (
        cooperative_id, id, date, unit_id, method, receipts, paid_idr, back_idr
    )
    SELECT cooperative, gen_random_uuid(), r.date, s.unit_id,
           CASE b.paid_as WHEN 'cash' THEN 'cash' ELSE p.method END, 0, 0, sum(b.amount_idr)
    FROM added b
    JOIN shops_salereturn r ON r.cooperative_id = cooperative AND r.id = b.returned_id
    JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = r.sale_id
    JOIN shops_salepayment p ON p.cooperative_id = cooperative AND p.id = b.payment_id
    GROUP BY 1, 3, 4, 5
    ORDER BY 1, 3, 4, 5
    ON CONFLICT (cooperative_id, date, unit_id, method) DO UPDATE
    SET back_idr = f.back_idr + EXCLUDED.back_idr;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('shops_paymentfigures', (
        SELECT count(DISTINCT (r.date, s.unit_id, CASE b.paid_as WHEN 'cash' THEN 'cash' ELSE p.method END))
        FROM added b
        JOIN shops_salereturn r ON r.cooperative_id = cooperative AND r.id = b.returned_id
        JOIN shops_sale s ON s.cooperative_id = cooperative AND s.id = r.sale_id
        JOIN shops_salepayment p ON p.cooperative_id = cooperative AND p.id = b.payment_id
    ), written);
    RETURN NULL;
END $$;
