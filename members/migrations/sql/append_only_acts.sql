-- Consents, contacts, collections and returns are acts: what was done stays written.
CREATE TRIGGER members_consent_append_only BEFORE UPDATE OR DELETE ON members_consent
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
CREATE TRIGGER members_contact_append_only BEFORE UPDATE OR DELETE ON members_contact
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
CREATE TRIGGER members_collection_append_only BEFORE UPDATE OR DELETE ON members_collection
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
CREATE TRIGGER members_collectionentry_append_only BEFORE UPDATE OR DELETE ON members_collectionentry
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
CREATE TRIGGER members_returnrun_append_only BEFORE UPDATE OR DELETE ON members_returnrun
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
CREATE TRIGGER members_returnline_append_only BEFORE UPDATE OR DELETE ON members_returnline
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
CREATE TRIGGER members_exitline_append_only BEFORE UPDATE OR DELETE ON members_exitline
    FOR EACH ROW EXECUTE FUNCTION members_refuse_change();
