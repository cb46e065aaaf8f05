-- Nothing is dated into a closed month, or into any month before one: it would change the
-- balances that the closed month began with.
CREATE OR REPLACE FUNCTION finance_is_closed(cooperative uuid, day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM finance_month m
        WHERE m.cooperative_id = cooperative AND m.month >= date_trunc('month', day)::date
    );
END $$;

-- The one writer of journals: number, journal, lines and the month's balances in one round trip.
-- From its number on, nobody else posts to the cooperative's books until the transaction ends.
-- NULL where the day lies in a closed month, or before one, and 0 where the key is used or the
-- journal reversed already: the caller undoes what was begun.
CREATE OR REPLACE FUNCTION finance_post(cooperative uuid, entry jsonb) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    given bigint;
    written bigint;
    day date := (entry->>'date')::date;
    journal uuid := (entry->>'id')::uuid;
    expected bigint := jsonb_array_length(entry->'lines');
BEGIN
    given := registry_take_numbers(cooperative, 'journal');
    -- Looked at while the counter is held: a month that is being closed is closed by now.
    IF finance_is_closed(cooperative, day) THEN
        RETURN NULL;
    END IF;
    -- Nor can anything be posted meanwhile: a twin of this act has been posted by now.
    IF EXISTS (
        SELECT FROM finance_journal j
        WHERE j.cooperative_id = cooperative AND j.key = (entry->>'key')::uuid
    ) OR (entry->>'reverses' IS NOT NULL AND EXISTS (
        SELECT FROM finance_journal j
        WHERE j.cooperative_id = cooperative AND j.reverses_id = (entry->>'reverses')::uuid
    )) THEN
        RETURN 0;
    END IF;
    INSERT INTO finance_journal (
        cooperative_id, id, number, date, kind, memo, key, content_hash, amount_idr,
        reverses_id, posted_at, posted_by_id
    ) VALUES (
        cooperative, journal, given, day, entry->>'kind', entry->>'memo',
        (entry->>'key')::uuid, entry->>'content_hash', (entry->>'amount_idr')::bigint,
        (entry->>'reverses')::uuid, now(), (entry->>'by')::uuid
    );
    INSERT INTO finance_line (
        cooperative_id, id, journal_id, position, date, account_id, party_id, unit_id,
        debit_idr, credit_idr
    )
    SELECT cooperative, line.id, journal, line.position, day, account.id, line.party, line.unit,
           line.debit_idr, line.credit_idr
    FROM jsonb_to_recordset(entry->'lines') AS line(
        id uuid, position integer, code text, debit_idr bigint, credit_idr bigint,
        party uuid, unit uuid
    )
    JOIN finance_account account
        ON account.cooperative_id = cooperative AND account.code = line.code
    ON CONFLICT (cooperative_id, id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> expected THEN
        RAISE EXCEPTION 'no such account, or a line that was there: %', (
            SELECT string_agg(line->>'code', ', ') FROM jsonb_array_elements(entry->'lines') line
            WHERE NOT EXISTS (
                SELECT 1 FROM finance_account a
                WHERE a.cooperative_id = cooperative AND a.code = line->>'code'
            )
        ) USING ERRCODE = 'assert_failure';
    END IF;
    -- In the order of their accounts, so that two postings cannot wait for each other.
    INSERT INTO finance_balance AS balance (
        cooperative_id, id, month, account_id, debit_idr, credit_idr
    )
    SELECT cooperative, gen_random_uuid(), date_trunc('month', day)::date, line.account_id,
           sum(line.debit_idr), sum(line.credit_idr)
    FROM finance_line line
    WHERE line.cooperative_id = cooperative AND line.journal_id = journal
    GROUP BY line.account_id
    ORDER BY line.account_id
    ON CONFLICT (cooperative_id, month, account_id) DO UPDATE
    SET debit_idr = balance.debit_idr + EXCLUDED.debit_idr,
        credit_idr = balance.credit_idr + EXCLUDED.credit_idr;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM registry_expect_rows('finance_balance', (
        SELECT count(DISTINCT line->>'code') FROM jsonb_array_elements(entry->'lines') line
    ), written);
    RETURN given;
END $$;
