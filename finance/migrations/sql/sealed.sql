-- Debits and credits both come to the journal's amount, which never changes: every line is
-- positive, so a line added later breaks the sum. All lines are dated as the journal.
CREATE OR REPLACE FUNCTION finance_check_journal(cooperative uuid, journal uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    amount bigint; debits numeric; credits numeric; lines integer; misdated integer;
BEGIN
    SELECT j.amount_idr, coalesce(sum(l.debit_idr), 0), coalesce(sum(l.credit_idr), 0),
           count(l.id), count(*) FILTER (WHERE l.date <> j.date)
    INTO STRICT amount, debits, credits, lines, misdated
    FROM finance_journal j
    LEFT JOIN finance_line l ON l.cooperative_id = j.cooperative_id AND l.journal_id = j.id
    WHERE j.cooperative_id = cooperative AND j.id = journal
    GROUP BY j.amount_idr;
    IF debits <> amount OR credits <> amount OR misdated > 0 THEN
        RAISE EXCEPTION 'journal % of % has % lines, debits % and credits %, % misdated',
            journal, amount, lines, debits, credits, misdated USING ERRCODE = 'check_violation';
    END IF;
END $$;

-- At commit the transaction may have left its cooperative's scope; the check sees the rows all the
-- same, because it runs as the tables' owner. Nobody can call these two but the triggers.
ALTER FUNCTION finance_check_of_journal() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION finance_check_of_line() SECURITY DEFINER SET search_path = public, pg_temp;
