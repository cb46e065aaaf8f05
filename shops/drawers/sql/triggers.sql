-- A closed shift stays as it was counted; an open one is only closed.
CREATE OR REPLACE FUNCTION shops_refuse_reopening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a closed shift never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
