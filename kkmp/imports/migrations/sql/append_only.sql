-- What an import has touched stays written.
CREATE FUNCTION imports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER imports_batchitem_append_only BEFORE UPDATE OR DELETE ON imports_batchitem
    FOR EACH ROW EXECUTE FUNCTION imports_refuse_change();
