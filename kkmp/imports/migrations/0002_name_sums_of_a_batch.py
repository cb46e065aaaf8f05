from django.db import migrations


class Migration(migrations.Migration):
    """The sums are several, by name; ``_idr`` is for a single amount."""

    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.RenameField(
            model_name="importbatch", old_name="amounts_idr", new_name="amounts"
        ),
    ]
