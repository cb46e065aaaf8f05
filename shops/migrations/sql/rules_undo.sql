DROP TRIGGER shops_saleline_adds_up ON shops_saleline;
DROP TRIGGER shops_sale_adds_up ON shops_sale;
DROP TRIGGER shops_stockmovement_append_only ON shops_stockmovement;
DROP TRIGGER shops_saleline_append_only ON shops_saleline;
DROP TRIGGER shops_sale_append_only ON shops_sale;
DROP FUNCTION shops_check_of_saleline();
DROP FUNCTION shops_check_of_sale();
DROP FUNCTION shops_check_sale(uuid, uuid);
