-- What was sold and what moved stays as it was written, whoever writes.

CREATE TRIGGER shops_sale_append_only BEFORE UPDATE OR DELETE ON shops_sale
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_saleline_append_only BEFORE UPDATE OR DELETE ON shops_saleline
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_stockmovement_append_only BEFORE UPDATE OR DELETE ON shops_stockmovement
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();

-- A sale's total and cost are those of its lines: checked at commit.
CREATE FUNCTION shops_check_sale(cooperative uuid, sale uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    total numeric; cost numeric; of_lines numeric; cost_of_lines numeric;
BEGIN
    -- STRICT: a sale that cannot be seen is not a sale that adds up.
    SELECT s.total_idr, s.cost_idr INTO STRICT total, cost
    FROM shops_sale s WHERE s.cooperative_id = cooperative AND s.id = sale;
    SELECT coalesce(sum(l.total_idr), 0), coalesce(sum(l.cost_idr), 0)
    INTO of_lines, cost_of_lines
    FROM shops_saleline l WHERE l.cooperative_id = cooperative AND l.sale_id = sale;
    IF total <> of_lines OR cost <> cost_of_lines THEN
        RAISE EXCEPTION 'sale % is of % at a cost of %, its lines of % at %',
            sale, total, cost, of_lines, cost_of_lines USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION shops_check_of_sale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM shops_check_sale(NEW.cooperative_id, NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION shops_check_of_saleline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM shops_check_sale(NEW.cooperative_id, NEW.sale_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER shops_sale_adds_up AFTER INSERT ON shops_sale
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shops_check_of_sale();
CREATE CONSTRAINT TRIGGER shops_saleline_adds_up AFTER INSERT ON shops_saleline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shops_check_of_saleline();
