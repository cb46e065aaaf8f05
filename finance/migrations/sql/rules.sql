-- The database refuses bad books, whoever writes them.

CREATE FUNCTION finance_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER finance_journal_append_only BEFORE UPDATE OR DELETE ON finance_journal
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
CREATE TRIGGER finance_line_append_only BEFORE UPDATE OR DELETE ON finance_line
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();

-- Debits equal credits, at least two lines, all dated as the journal: checked at commit.
CREATE FUNCTION finance_check_journal(cooperative uuid, journal uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    debits numeric; credits numeric; lines integer; misdated integer;
BEGIN
    SELECT coalesce(sum(l.debit_idr), 0), coalesce(sum(l.credit_idr), 0), count(*),
           count(*) FILTER (WHERE l.date <> j.date)
    INTO debits, credits, lines, misdated
    FROM finance_line l
    JOIN finance_journal j ON j.cooperative_id = l.cooperative_id AND j.id = l.journal_id
    WHERE l.cooperative_id = cooperative AND l.journal_id = journal;
    IF debits <> credits OR lines < 2 OR misdated > 0 THEN
        RAISE EXCEPTION 'journal % has % lines, debits % and credits %, % misdated',
            journal, lines, debits, credits, misdated USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION finance_check_of_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finance_check_journal(NEW.cooperative_id, NEW.journal_id);
    RETURN NULL;
END $$;
CREATE FUNCTION finance_check_of_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM finance_check_journal(NEW.cooperative_id, NEW.id);
    RETURN NULL;
END $$;

-- One check a journal covers its lines; a line added later to an old journal has its own.
CREATE CONSTRAINT TRIGGER finance_journal_balanced AFTER INSERT ON finance_journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION finance_check_of_journal();
CREATE CONSTRAINT TRIGGER finance_line_balanced AFTER INSERT ON finance_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION finance_check_of_line();

-- A closed month takes no more journals.
CREATE FUNCTION finance_refuse_closed_month() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER finance_journal_open_month BEFORE INSERT ON finance_journal
    FOR EACH ROW EXECUTE FUNCTION finance_refuse_closed_month();
