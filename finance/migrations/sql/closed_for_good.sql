-- Nothing is dated into a closed month, or into any month before one: it would change the
-- balances that the closed month began with.
CREATE OR REPLACE FUNCTION finance_refuse_closed_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM finance_month m
        WHERE m.cooperative_id = NEW.cooperative_id
          AND m.month >= date_trunc('month', NEW.date)::date
    ) THEN
        RAISE EXCEPTION 'the month of % is closed', NEW.date USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A closed month is not opened again.
CREATE TRIGGER finance_month_append_only BEFORE UPDATE OR DELETE ON finance_month
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
