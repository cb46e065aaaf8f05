-- Take the next numbers of a series; the answer is the last of them. The counter's row is held
-- until the transaction ends, and the numbers are given back where it fails.
CREATE OR REPLACE FUNCTION registry_take_numbers(
    cooperative uuid, of_series text, wanted bigint DEFAULT 1
) RETURNS bigint LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    given bigint;
BEGIN
    INSERT INTO registry_documentcounter AS counter (cooperative_id, id, series, last)
    VALUES (cooperative, gen_random_uuid(), of_series, wanted)
    ON CONFLICT (cooperative_id, series) DO UPDATE SET last = counter.last + EXCLUDED.last
    RETURNING last INTO given;
    RETURN given;
END $$;

-- Called with the rows that an INSERT … ON CONFLICT DO NOTHING wrote: fails where any was left out.
CREATE OR REPLACE FUNCTION registry_expect_rows(of_table text, expected bigint, written bigint)
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF written IS DISTINCT FROM expected THEN
        RAISE EXCEPTION '%: % of % rows were written', of_table, written, expected
            USING ERRCODE = 'assert_failure';
    END IF;
END $$;
