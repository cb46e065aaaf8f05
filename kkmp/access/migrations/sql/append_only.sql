-- What happened stays written.
CREATE FUNCTION access_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER access_auditevent_append_only BEFORE UPDATE OR DELETE ON access_auditevent
    FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
CREATE TRIGGER access_systemevent_append_only BEFORE UPDATE OR DELETE ON access_systemevent
    FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
