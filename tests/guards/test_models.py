"""Rules that every model keeps, so that a new one cannot forget them."""

from django.apps import apps
from django.db import connection, models

from kkmp.registry.constraints import CompositeForeignKey, RowSecurity
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantForeignKey, TenantModel

OURS = ("registry", "tasks", "access", "finance", "imports", "exports", "members", "shops", "city")
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]
TENANT_MODELS = [model for model in MODELS if issubclass(model, TenantModel)]


def name(model: type[models.Model]) -> str:
    return model._meta.label


def test_money_and_quantities_are_no_floats(case):
    for model in MODELS:
        with case(name(model)):
            assert not [
                field for field in model._meta.local_fields if isinstance(field, models.FloatField)
            ]


def test_money_is_a_big_integer(case):
    for model in MODELS:
        with case(name(model)):
            money = [field for field in model._meta.local_fields if field.name.endswith("_idr")]
            assert all(isinstance(field, models.BigIntegerField) for field in money)


def test_a_model_with_rows_of_one_cooperative_is_a_tenant_model(case):
    for model in MODELS:
        with case(name(model)):
            required = [
                field
                for field in model._meta.local_fields
                if field.related_model is Cooperative and not field.null
            ]
            assert not required or model in TENANT_MODELS


def test_a_shared_table_has_no_key_into_a_tenant_table(case):
    for model in MODELS:
        with case(name(model)):
            keys = [f for f in model._meta.local_fields if f.related_model in TENANT_MODELS]
            assert model in TENANT_MODELS or not keys


def test_the_cooperative_is_the_first_column(case, db):
    for model in TENANT_MODELS:
        with case(name(model)), connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND ordinal_position = 1",
                [model._meta.db_table],
            )
            assert cursor.fetchone() == ("cooperative_id",)


def test_rows_are_reached_through_of(case):
    for model in TENANT_MODELS:
        with case(name(model)):
            assert hasattr(model._default_manager, "of")


def test_keys_to_tenant_tables_are_composite(case):
    for model in TENANT_MODELS:
        with case(name(model)):
            keys = [
                field for field in model._meta.local_fields if field.related_model in TENANT_MODELS
            ]
            assert all(isinstance(field, TenantForeignKey) for field in keys)
            composite = {
                c.field for c in model._meta.constraints if isinstance(c, CompositeForeignKey)
            }
            assert composite == {field.name for field in keys}


def test_every_unique_rule_includes_the_cooperative(case):
    for model in TENANT_MODELS:
        with case(name(model)):
            for rule in model._meta.constraints:
                if isinstance(rule, models.UniqueConstraint):
                    assert (
                        "cooperative" in rule.fields or models.F("cooperative") in rule.expressions
                    )
            assert not [f for f in model._meta.local_fields if f.unique and not f.primary_key]


def test_row_security_stands_in_the_database(case, db):
    for model in TENANT_MODELS:
        with case(name(model)):
            assert [c for c in model._meta.constraints if isinstance(c, RowSecurity)]
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT c.relrowsecurity, count(p.polname) FROM pg_class c"
                    " LEFT JOIN pg_policy p ON p.polrelid = c.oid"
                    " WHERE c.relname = %s GROUP BY c.relrowsecurity",
                    [model._meta.db_table],
                )
                secured, policies = cursor.fetchone()
            assert secured
            assert policies >= 1


def test_the_composite_keys_stand_in_the_database(case, db):
    for model in TENANT_MODELS:
        with case(name(model)):
            keys = [c.name for c in model._meta.constraints if isinstance(c, CompositeForeignKey)]
            with connection.cursor() as cursor:
                cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")
                present = {row[0] for row in cursor.fetchall()}
            assert set(keys) <= present


def test_nothing_is_set_to_null_on_delete(case):
    for model in MODELS:
        with case(name(model)):
            for field in model._meta.local_fields:
                if field.remote_field:
                    assert field.remote_field.on_delete is not models.SET_NULL
            assert not [
                field
                for field in model._meta.local_many_to_many
                if field.name not in ("groups", "user_permissions")
            ]


def test_the_figures_of_the_city_hold_no_personal_table(db):
    readable = {
        model._meta.label
        for model in TENANT_MODELS
        if any(isinstance(c, RowSecurity) and c.city_reads for c in model._meta.constraints)
    }
    assert readable == {
        "registry.CooperativeSettings",
        "registry.StageStep",
        "registry.CooperativeFigures",
        "registry.DayFigures",
    }
