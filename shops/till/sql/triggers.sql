-- Subsidised goods are sold at wholesale only where a rule in force on the day allows it.
CREATE OR REPLACE FUNCTION shops_check_wholesale(cooperative uuid, sale uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM shops_sale s
        JOIN shops_saleline l ON l.cooperative_id = s.cooperative_id AND l.sale_id = s.id
        JOIN shops_product p ON p.cooperative_id = l.cooperative_id AND p.id = l.product_id
        WHERE s.cooperative_id = cooperative AND s.id = sale
          AND l.price_tier = 'wholesale' AND p.is_subsidised
          AND NOT coalesce((
              SELECT bool_and(NOT g.no_wholesale) FROM shops_goodsrule g
              WHERE g.cooperative_id = cooperative AND g.product_id = p.id
                AND g.valid_from <= s.date AND (g.valid_until IS NULL OR g.valid_until >= s.date)
          ), false)
    ) THEN
        RAISE EXCEPTION 'sale % has subsidised goods at a wholesale price that no rule allows', sale
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

-- A sale's total, cost and payments are those of its rows. At commit that is checked once a sale;
-- until then its rows may be fewer. Lines and payments are positive, so what adds up takes no more
-- of them: that is checked once for each statement that writes some, to whichever sale.
CREATE OR REPLACE FUNCTION shops_check_sale(cooperative uuid, sale uuid, is_whole boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    total numeric; cost numeric; due numeric; discounts numeric;
    of_lines numeric; cost_of_lines numeric; discount_of_lines numeric; of_payments numeric;
    has_wholesale boolean;
BEGIN
    -- STRICT: a sale that cannot be seen is not a sale that adds up.
    SELECT s.total_idr, s.cost_idr, s.total_idr + s.rounding_idr, s.discount_idr
    INTO STRICT total, cost, due, discounts
    FROM shops_sale s WHERE s.cooperative_id = cooperative AND s.id = sale;
    SELECT coalesce(sum(l.total_idr), 0), coalesce(sum(l.cost_idr), 0),
           coalesce(sum(l.discount_idr), 0), coalesce(bool_or(l.price_tier = 'wholesale'), false)
    INTO of_lines, cost_of_lines, discount_of_lines, has_wholesale
    FROM shops_saleline l WHERE l.cooperative_id = cooperative AND l.sale_id = sale;
    SELECT coalesce(sum(p.amount_idr), 0) INTO of_payments
    FROM shops_salepayment p WHERE p.cooperative_id = cooperative AND p.sale_id = sale;
    IF of_lines > total OR of_payments > due OR is_whole AND (
        of_lines < total OR of_payments < due
        OR cost <> cost_of_lines OR discounts <> discount_of_lines
    ) THEN
        RAISE EXCEPTION 'sale % is of % at a cost of %, its lines of % at %, its payments of %',
            sale, total, cost, of_lines, cost_of_lines, of_payments
            USING ERRCODE = 'check_violation';
    END IF;
    IF has_wholesale AND is_whole THEN
        PERFORM shops_check_wholesale(cooperative, sale);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION shops_check_of_sale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM shops_check_sale(NEW.cooperative_id, NEW.id, true);
    RETURN NULL;
END $$;

-- The rows that a statement has written are in "added", whatever table they are of.
CREATE OR REPLACE FUNCTION shops_check_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT DISTINCT a.cooperative_id, a.sale_id FROM added a LOOP
        PERFORM shops_check_sale(one.cooperative_id, one.sale_id, false);
    END LOOP;
    RETURN NULL;
END $$;
