-- A sale's total, cost and payments are those of its rows: checked once a sale, at commit. A line
-- or payment added to an older sale is checked too.
CREATE OR REPLACE FUNCTION shops_check_sale(cooperative uuid, sale uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    total numeric; cost numeric; due numeric; discounts numeric;
    of_lines numeric; cost_of_lines numeric; discount_of_lines numeric; of_payments numeric;
BEGIN
    -- STRICT: a sale that cannot be seen is not a sale that adds up.
    SELECT s.total_idr, s.cost_idr, s.total_idr + s.rounding_idr, s.discount_idr
    INTO STRICT total, cost, due, discounts
    FROM shops_sale s WHERE s.cooperative_id = cooperative AND s.id = sale;
    SELECT coalesce(sum(l.total_idr), 0), coalesce(sum(l.cost_idr), 0),
           coalesce(sum(l.discount_idr), 0)
    INTO of_lines, cost_of_lines, discount_of_lines
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
