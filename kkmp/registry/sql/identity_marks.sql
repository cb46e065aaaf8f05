-- Who is on the register of which cooperative, as keyed hashes that are the same in the whole
-- regency. The application's role may not touch the table: it asks these functions, which answer
-- for the cooperative that the transaction serves, and with counts. They touch no cooperative's
-- own table, so that the marks of a regency stay together wherever those tables go.

-- The cooperative that the transaction serves; there is no asking for another.
CREATE OR REPLACE FUNCTION registry_marking_cooperative() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named text := nullif(current_setting('kkmp.cooperative_id', true), '');
BEGIN
    IF named IS NULL THEN
        RAISE EXCEPTION 'identity marks need the cooperative that the transaction serves'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN named::uuid;
END $$;

CREATE OR REPLACE FUNCTION registry_regency_of(cooperative uuid) RETURNS varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.regency_id
    FROM public.registry_cooperative c
    JOIN public.registry_kelurahan l ON l.code = c.kelurahan_id
    JOIN public.registry_kecamatan k ON k.code = l.kecamatan_id
    WHERE c.id = cooperative
$$;

CREATE OR REPLACE FUNCTION registry_identity_keep(hashes bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH own AS MATERIALIZED (SELECT public.registry_marking_cooperative() AS id)
    INSERT INTO public.registry_identitymark (regency_id, hash, cooperative_id)
    SELECT public.registry_regency_of(own.id), given.hash, own.id
    FROM own, (SELECT DISTINCT unnest(hashes) AS hash) given
    ORDER BY given.hash
    ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION registry_identity_clear(hashes bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own uuid := public.registry_marking_cooperative();
BEGIN
    DELETE FROM public.registry_identitymark m
    WHERE m.cooperative_id = own AND m.hash = ANY (hashes);
END $$;

-- The marks of the cooperative itself, to be compared with its register.
CREATE OR REPLACE FUNCTION registry_identity_own() RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- Asked first: where no cooperative is served, there is a refusal and not an empty answer.
    own uuid := public.registry_marking_cooperative();
BEGIN
    RETURN QUERY
    SELECT m.hash FROM public.registry_identitymark m WHERE m.cooperative_id = own;
END $$;

-- How many other cooperatives of the same regency have each hash; hashes that none has are left out.
CREATE OR REPLACE FUNCTION registry_identity_elsewhere(hashes bytea[])
RETURNS TABLE (hash bytea, cooperatives bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own uuid := public.registry_marking_cooperative();
    own_regency varchar := public.registry_regency_of(own);
BEGIN
    RETURN QUERY
    SELECT m.hash, count(*)
    FROM public.registry_identitymark m
    WHERE m.regency_id = own_regency AND m.cooperative_id <> own AND m.hash = ANY (hashes)
    GROUP BY m.hash;
END $$;

-- People of a regency on the registers of more than one cooperative, for the city's scope.
CREATE OR REPLACE FUNCTION registry_identity_count(regency varchar)
RETURNS TABLE (in_several bigint, cooperatives bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('kkmp.scope', true) IS DISTINCT FROM 'city' THEN
        RAISE EXCEPTION 'only the city counts people over all cooperatives'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT
        (SELECT count(*) FROM (
            SELECT 1 FROM public.registry_identitymark m
            WHERE m.regency_id = regency
            GROUP BY m.hash HAVING count(*) > 1
        ) several),
        (SELECT count(DISTINCT m.cooperative_id)
         FROM public.registry_identitymark m WHERE m.regency_id = regency);
END $$;

COMMENT ON FUNCTION registry_identity_keep(bytea[]) IS 'for the application';
COMMENT ON FUNCTION registry_identity_clear(bytea[]) IS 'for the application';
COMMENT ON FUNCTION registry_identity_own() IS 'for the application';
COMMENT ON FUNCTION registry_identity_elsewhere(bytea[]) IS 'for the application';
COMMENT ON FUNCTION registry_identity_count(varchar) IS 'for the application';
