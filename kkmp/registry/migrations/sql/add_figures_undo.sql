DROP FUNCTION registry_add_figures(uuid, date, text, date, jsonb);
