-- What was paid in or out, what was printed and when somebody's standing changed stays written.
CREATE FUNCTION members_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER members_savingsentry_append_only BEFORE UPDATE OR DELETE ON members_savingsentry
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
CREATE TRIGGER members_receiptprint_append_only BEFORE UPDATE OR DELETE ON members_receiptprint
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
CREATE TRIGGER members_statuschange_append_only BEFORE UPDATE OR DELETE ON members_statuschange
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
