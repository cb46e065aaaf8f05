-- Put an act on record, for functions that do the whole of it; see kkmp.access.services.audit.
CREATE OR REPLACE FUNCTION access_audit(
    cooperative uuid, event uuid, of_action text, actor uuid,
    label text, subject text, of_details jsonb
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO access_auditevent (
        cooperative_id, id, at, action, actor_id, subject_label, subject_id, details
    ) VALUES (cooperative, event, now(), of_action, actor, label, subject, of_details);
END $$;
