
import django.db.models.deletion
import kkmp.registry.constraints
import kkmp.registry.tenancy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0006_post_in_one_statement'),
        ('registry', '0005_add_figures'),
        ('shops', '0030_closing_key'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='confirmation',
            name='shops_confirmation_once',
        ),
        migrations.AddField(
            model_name='confirmation',
            name='credit',
            field=kkmp.registry.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='confirmations', to='shops.creditpayment'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='position',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='tillsettings',
            name='overdue_days',
            field=models.PositiveSmallIntegerField(default=7, verbose_name='days overdue that stop more credit'),
        ),
        migrations.AddField(
            model_name='voucherbatch',
            name='party',
            field=kkmp.registry.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='finance.party'),
        ),
        migrations.AlterField(
            model_name='confirmation',
            name='payment',
            field=kkmp.registry.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='confirmations', to='shops.salepayment'),
        ),
        migrations.AddIndex(
            model_name='confirmation',
            index=models.Index(fields=['cooperative', 'settlement'], name='shops_confirmation_settled'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=kkmp.registry.constraints.CompositeForeignKey('credit', name='shops_confirmation_credit_tenant'),
        ),
        migrations.AddConstraint(
            model_name='voucherbatch',
            constraint=kkmp.registry.constraints.CompositeForeignKey('party', name='shops_voucherbatch_party_tenant'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(condition=models.Q(('payment__isnull', False)), fields=('cooperative', 'payment', 'position'), name='shops_confirmation_position'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(condition=models.Q(('credit__isnull', False)), fields=('cooperative', 'credit', 'position'), name='shops_confirmation_credit_position'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('credit', None), ('payment__isnull', False)), models.Q(('credit__isnull', False), ('payment', None)), _connector='OR'), name='shops_confirmation_of_one'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('has_arrived', True), models.Q(('journal__isnull', False), ('settlement', None)), _connector='OR'), name='shops_confirmation_missing_is_posted'),
        ),
        migrations.AddConstraint(
            model_name='voucherbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method__in', ['cash', 'transfer']), ('party', None)), models.Q(('method', 'credit'), ('party__isnull', False)), _connector='OR'), name='shops_voucherbatch_paid'),
        ),
    ]
