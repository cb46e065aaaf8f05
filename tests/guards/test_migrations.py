"""While tables change, tills go on selling: with the old code for some minutes."""

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from kkmp.registry import bounds

#: Made with the tables; until the first release they are edited where they stand.
FIRST = "0001_initial"


def breaking(operation, of_state=None):
    """What the code before would stumble over; empty where it would not."""
    if isinstance(operation, migrations.AddField):
        field = operation.field
        if isinstance(field, models.ManyToManyField) or field.null or field.has_db_default():
            return ""
        return f"{operation.name} is required and has no default of the database"
    if isinstance(operation, migrations.AlterField):
        field = operation.field
        if not field.null and of_state is not None and of_state.null and not field.has_db_default():
            return f"{operation.name} becomes required and has no default of the database"
        return ""
    if isinstance(operation, migrations.RenameField | migrations.RenameModel):
        return f"{operation.describe()}: the code before knows the old name alone"
    if isinstance(operation, migrations.AlterModelTable):
        return f"{operation.describe()}: the code before knows the old table alone"
    return ""


def test_what_comes_after_the_first_lets_the_code_before_go_on(case):
    loader = MigrationLoader(None)
    labels = {model._meta.app_label for model in bounds.ours()}
    seen = 0
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        if label not in labels or name == FIRST:
            continue
        state = loader.project_state((label, name), at_end=False)
        for number, operation in enumerate(migration.operations, start=1):
            seen += 1
            with case(f"{label}.{name} {number}: {operation.describe()}"):
                before = None
                if isinstance(operation, migrations.AlterField):
                    before = state.models[label, operation.model_name_lower].fields[operation.name]
                assert breaking(operation, before) == ""
            operation.state_forwards(label, state)
    assert seen > 0


def test_each_of_them_is_found():
    text = models.CharField(max_length=9)
    kept = models.CharField(max_length=9, db_default="")
    empty = models.CharField(max_length=9, null=True)
    assert "no default of the database" in breaking(migrations.AddField("a", "b", text))
    assert "becomes required" in breaking(migrations.AlterField("a", "b", text), empty)
    assert breaking(migrations.RenameField("a", "b", "c"))
    assert breaking(migrations.RenameModel("a", "b"))
    assert breaking(migrations.AlterModelTable("a", "b"))
    for fitting in (kept, empty):
        assert breaking(migrations.AddField("a", "b", fitting)) == ""
    assert breaking(migrations.AlterField("a", "b", kept), empty) == ""
