DROP FUNCTION finance_post(uuid, jsonb);
