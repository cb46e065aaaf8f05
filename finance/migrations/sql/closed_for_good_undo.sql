DROP TRIGGER finance_month_append_only ON finance_month;
CREATE OR REPLACE FUNCTION finance_refuse_closed_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM finance_month m
        WHERE m.cooperative_id = NEW.cooperative_id
          AND m.month = date_trunc('month', NEW.date)::date
    ) THEN
        RAISE EXCEPTION 'the month of % is closed', NEW.date USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
