from django.db import migrations

_MAKE = """
    CREATE TABLE registry_identitymark (
        regency_id varchar(5) NOT NULL REFERENCES registry_regency (code),
        hash bytea NOT NULL CHECK (length(hash) = 32),
        cooperative_id uuid NOT NULL REFERENCES registry_cooperative (id),
        PRIMARY KEY (regency_id, hash, cooperative_id)
    );
    CREATE INDEX registry_identitymark_own ON registry_identitymark (cooperative_id, hash);
"""


class Migration(migrations.Migration):
    """A table without a model: only the functions of ``sql/identity_marks.sql`` touch it."""

    dependencies = [("registry", "0002_load_areas")]
    operations = [migrations.RunSQL(_MAKE, "DROP TABLE registry_identitymark")]
