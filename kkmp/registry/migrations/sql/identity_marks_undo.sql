DROP FUNCTION registry_identity_count(varchar);
DROP FUNCTION registry_identity_elsewhere(bytea[]);
DROP FUNCTION registry_identity_own();
DROP FUNCTION registry_identity_clear(bytea[]);
DROP FUNCTION registry_identity_keep(bytea[]);
DROP FUNCTION registry_regency_of(uuid);
DROP FUNCTION registry_marking_cooperative();
DROP TABLE registry_identitymark;
