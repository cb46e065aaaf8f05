DROP FUNCTION shops_write_sale(uuid, jsonb);
DROP FUNCTION shops_prepare_sale(uuid, jsonb);
DROP FUNCTION shops_goods(uuid, shops_product, date, uuid, bytea);
DROP FUNCTION shops_bought(uuid, uuid, uuid, bytea, text, date);
