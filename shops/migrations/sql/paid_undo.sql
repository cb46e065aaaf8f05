DROP TRIGGER shops_salepayment_adds_up ON shops_salepayment;
CREATE OR REPLACE FUNCTION shops_check_sale(cooperative uuid, sale uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    total numeric; cost numeric; of_lines numeric; cost_of_lines numeric;
BEGIN
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
DROP TRIGGER shops_shift_closed_once ON shops_shift;
DROP FUNCTION shops_refuse_reopening();
DROP TRIGGER shops_receiptcopy_append_only ON shops_receiptcopy;
DROP TRIGGER shops_refund_append_only ON shops_refund;
DROP TRIGGER shops_returnedline_append_only ON shops_returnedline;
DROP TRIGGER shops_salereturn_append_only ON shops_salereturn;
DROP TRIGGER shops_cashmovement_append_only ON shops_cashmovement;
DROP TRIGGER shops_countedcash_append_only ON shops_countedcash;
DROP TRIGGER shops_voucherbatch_append_only ON shops_voucherbatch;
DROP TRIGGER shops_creditpayment_append_only ON shops_creditpayment;
DROP TRIGGER shops_confirmation_append_only ON shops_confirmation;
DROP TRIGGER shops_settlement_append_only ON shops_settlement;
DROP TRIGGER shops_salepayment_append_only ON shops_salepayment;
DELETE FROM shops_salepayment;
