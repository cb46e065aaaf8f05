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

-- A sale's total, cost and payments are those of its rows: checked once a sale, at commit. A line
-- or payment added to an older sale is checked too.
CREATE OR REPLACE FUNCTION shops_check_sale(cooperative uuid, sale uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
    IF total <> of_lines OR cost <> cost_of_lines OR discounts <> discount_of_lines
        OR due <> of_payments
    THEN
        RAISE EXCEPTION 'sale % is of % at a cost of %, its lines of % at %, its payments of %',
            sale, total, cost, of_lines, cost_of_lines, of_payments
            USING ERRCODE = 'check_violation';
    END IF;
    IF has_wholesale THEN
        PERFORM shops_check_wholesale(cooperative, sale);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION shops_check_of_sale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM shops_check_sale(NEW.cooperative_id, NEW.id);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION shops_check_of_saleline() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM shops_check_sale(NEW.cooperative_id, NEW.sale_id);
    RETURN NULL;
END $$;
