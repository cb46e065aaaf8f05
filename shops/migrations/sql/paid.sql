-- Sales of before were paid in cash, to the rupiah.
INSERT INTO shops_salepayment (
    cooperative_id, id, sale_id, position, method, amount_idr, reference
)
SELECT s.cooperative_id, gen_random_uuid(), s.id, 1, 'cash', s.total_idr, ''
FROM shops_sale s;

CREATE TRIGGER shops_salepayment_append_only BEFORE UPDATE OR DELETE ON shops_salepayment
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_settlement_append_only BEFORE UPDATE OR DELETE ON shops_settlement
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_confirmation_append_only BEFORE UPDATE OR DELETE ON shops_confirmation
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_creditpayment_append_only BEFORE UPDATE OR DELETE ON shops_creditpayment
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_voucherbatch_append_only BEFORE UPDATE OR DELETE ON shops_voucherbatch
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_countedcash_append_only BEFORE UPDATE OR DELETE ON shops_countedcash
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_cashmovement_append_only BEFORE UPDATE OR DELETE ON shops_cashmovement
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_salereturn_append_only BEFORE UPDATE OR DELETE ON shops_salereturn
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_returnedline_append_only BEFORE UPDATE OR DELETE ON shops_returnedline
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_refund_append_only BEFORE UPDATE OR DELETE ON shops_refund
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER shops_receiptcopy_append_only BEFORE UPDATE OR DELETE ON shops_receiptcopy
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();

-- A closed shift stays as it was counted; an open one is only closed.
CREATE FUNCTION shops_refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a closed shift never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER shops_shift_closed_once BEFORE UPDATE OR DELETE ON shops_shift
    FOR EACH ROW EXECUTE FUNCTION shops_refuse_reopening();

-- A sale's total, cost and payments are those of its rows: checked once a sale, at commit. A line
-- or payment added to an older sale is checked too.
CREATE OR REPLACE FUNCTION shops_check_sale(cooperative uuid, sale uuid) RETURNS void
LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER shops_salepayment_adds_up AFTER INSERT ON shops_salepayment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shops_check_of_saleline();
