ALTER FUNCTION finance_check_of_line() SECURITY INVOKER RESET search_path;
ALTER FUNCTION finance_check_of_journal() SECURITY INVOKER RESET search_path;
CREATE OR REPLACE FUNCTION finance_check_journal(cooperative uuid, journal uuid) RETURNS void
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
