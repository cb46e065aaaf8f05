-- The database refuses bad books, whoever writes them.

-- Debits and credits both come to the journal's amount, which never changes. At commit that is
-- checked once a journal; until then its lines may be fewer. Every line is positive, so a line added
-- later comes to more, which is checked once for each statement that writes lines, to whichever
-- journal. All lines are dated as the journal.
CREATE OR REPLACE FUNCTION finance_check_journal(cooperative uuid, journal uuid, is_whole boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
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
    IF debits > amount OR credits > amount OR misdated > 0
        OR is_whole AND (debits < amount OR credits < amount)
    THEN
        RAISE EXCEPTION 'journal % of % has % lines, debits % and credits %, % misdated',
            journal, amount, lines, debits, credits, misdated USING ERRCODE = 'check_violation';
    END IF;
END $$;

-- At commit the transaction may have left its cooperative's scope; the checks see the rows all the
-- same, because they run as the tables' owner. Nobody can call these but the triggers.
CREATE OR REPLACE FUNCTION finance_check_of_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT DISTINCT a.cooperative_id, a.journal_id FROM added a LOOP
        PERFORM finance_check_journal(one.cooperative_id, one.journal_id, false);
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION finance_check_of_journal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM finance_check_journal(NEW.cooperative_id, NEW.id, true);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION finance_refuse_closed_month() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF finance_is_closed(NEW.cooperative_id, NEW.date) THEN
        RAISE EXCEPTION 'the month of % is closed', NEW.date USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- How many journals each month has, so that the page of months counts none of them.
CREATE OR REPLACE FUNCTION finance_count_journals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cooperative uuid := (SELECT cooperative_id FROM added LIMIT 1);
    written bigint;
BEGIN
    IF cooperative IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO finance_journalcount AS c (cooperative_id, id, month, journals)
    SELECT cooperative, gen_random_uuid(), date_trunc('month', j.date)::date, count(*)
    FROM added j
    GROUP BY 3
    ORDER BY 3
    ON CONFLICT (cooperative_id, month) DO UPDATE
    SET journals = c.journals + EXCLUDED.journals;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('finance_journalcount', (
        SELECT count(DISTINCT date_trunc('month', j.date)::date) FROM added j
    ), written);
    RETURN NULL;
END $$;
