DROP TRIGGER access_systemevent_append_only ON access_systemevent;
DROP TRIGGER access_auditevent_append_only ON access_auditevent;
DROP FUNCTION access_refuse_change();
