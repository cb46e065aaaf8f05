-- The one writer of the city's counters: the row of the day first, then the row of all days.
CREATE OR REPLACE FUNCTION registry_add_figures(
    cooperative uuid, day date, of_unit text, last_sale date, changes jsonb
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    members bigint := coalesce((changes->>'active_members')::bigint, 0);
    principal bigint := coalesce((changes->>'principal_idr')::bigint, 0);
    mandatory bigint := coalesce((changes->>'mandatory_idr')::bigint, 0);
    voluntary bigint := coalesce((changes->>'voluntary_idr')::bigint, 0);
    of_members bigint := coalesce((changes->>'member_turnover_idr')::bigint, 0);
    of_others bigint := coalesce((changes->>'other_turnover_idr')::bigint, 0);
    cost bigint := coalesce((changes->>'cost_idr')::bigint, 0);
    made bigint := coalesce((changes->>'sales')::bigint, 0);
BEGIN
    INSERT INTO registry_dayfigures AS d (
        cooperative_id, id, date, unit, active_members, principal_idr, mandatory_idr,
        voluntary_idr, member_turnover_idr, other_turnover_idr, cost_idr, sales
    ) VALUES (
        cooperative, gen_random_uuid(), day, of_unit, members, principal, mandatory,
        voluntary, of_members, of_others, cost, made
    )
    ON CONFLICT (cooperative_id, date, unit) DO UPDATE SET
        active_members = d.active_members + members,
        principal_idr = d.principal_idr + principal,
        mandatory_idr = d.mandatory_idr + mandatory,
        voluntary_idr = d.voluntary_idr + voluntary,
        member_turnover_idr = d.member_turnover_idr + of_members,
        other_turnover_idr = d.other_turnover_idr + of_others,
        cost_idr = d.cost_idr + cost,
        sales = d.sales + made;
    INSERT INTO registry_cooperativefigures AS f (
        cooperative_id, id, last_sale_on, active_members, principal_idr, mandatory_idr,
        voluntary_idr, member_turnover_idr, other_turnover_idr, cost_idr, sales
    ) VALUES (
        cooperative, gen_random_uuid(), last_sale, members, principal, mandatory,
        voluntary, of_members, of_others, cost, made
    )
    ON CONFLICT (cooperative_id) DO UPDATE SET
        last_sale_on = GREATEST(f.last_sale_on, EXCLUDED.last_sale_on),
        active_members = f.active_members + members,
        principal_idr = f.principal_idr + principal,
        mandatory_idr = f.mandatory_idr + mandatory,
        voluntary_idr = f.voluntary_idr + voluntary,
        member_turnover_idr = f.member_turnover_idr + of_members,
        other_turnover_idr = f.other_turnover_idr + of_others,
        cost_idr = f.cost_idr + cost,
        sales = f.sales + made;
END $$;
