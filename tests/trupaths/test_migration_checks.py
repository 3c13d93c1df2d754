"""A migration that the version still running cannot bear is refused, with a sentence."""

import pytest
from django.apps import apps
from django.core import checks
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from trupaths.migration_checks import check_migrations, unsafe
from trupaths.operations import AddIndexConcurrently

NAME = models.CharField(max_length=80)
INDEX = models.Index(fields=["name"], name="by_name")
RULE = models.CheckConstraint(condition=~models.Q(name=""), name="a_name_is_given")


def said(*operations, app="providers", **attributes):
    """What is said of a migration that does this to a table Provider with a name and a place."""
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=80)),
        ("place", models.TextField(null=True)),
    ]
    for label in ("providers", "therapies"):
        state.add_model(ModelState(label, "Provider", fields))
    made = type("Migration", (migrations.Migration,), {"operations": operations, **attributes})
    return list(unsafe(made("made_up", app), state))


def changed(field, name="name"):
    return migrations.AlterField("Provider", name, field)


def added(field):
    return migrations.AddField("Provider", "said", field)


@pytest.mark.parametrize(
    "operation, sentence",
    [
        (migrations.RemoveField("Provider", "name"), "Provider.name is removed while"),
        (migrations.RenameField("Provider", "name", "title"), "Provider.name gets another name"),
        (migrations.DeleteModel("Provider"), "Provider is deleted while"),
        (migrations.RenameModel("Provider", "Place"), "Provider gets a table of another name"),
        (migrations.AlterModelTable("Provider", "places"), "Provider gets a table of another name"),
        (added(NAME), "Provider.said may not be empty"),
        (added(models.CharField(max_length=9, null=True, unique=True)), "becomes unique"),
        (added(models.CharField(max_length=9, null=True, db_index=True)), "index of a large table"),
        (changed(models.TextField(), "place"), "Provider.place may not be empty"),
        (changed(models.CharField(max_length=79)), "Provider.name becomes shorter"),
        (changed(models.CharField(max_length=80, unique=True)), "becomes unique"),
        (changed(models.IntegerField()), "becomes a IntegerField"),
        (migrations.AlterUniqueTogether("Provider", {("name", "place")}), "unique in Provider"),
        (migrations.AddConstraint("Provider", RULE), "a_name_is_given may refuse"),
        (migrations.AddIndex("Provider", INDEX), "Provider is large"),
        (migrations.RunPython(lambda apps, editor: None), "RunPython has no way back"),
        (migrations.RunSQL("SELECT 1"), "RunSQL has no way back"),
        (
            migrations.SeparateDatabaseAndState([migrations.RemoveField("Provider", "name")]),
            "Provider.name is removed while",
        ),
    ],
)
def test_what_the_code_before_cannot_bear_is_refused_unless_a_reason_is_given(operation, sentence):
    (found,) = said(operation)
    assert sentence in found
    assert said(operation, safe=" ") == [found]
    assert not said(operation, safe="nobody has this table yet")


@pytest.mark.parametrize(
    "operation",
    [
        added(models.CharField(max_length=9, null=True)),
        added(models.CharField(max_length=9, db_default="")),
        changed(models.CharField(max_length=81, help_text="Longer.")),
        changed(models.TextField(null=True, help_text="In other words."), "place"),
        AddIndexConcurrently("Provider", INDEX),
        migrations.RunPython(lambda apps, editor: None, migrations.RunPython.noop),
        migrations.AlterModelOptions("Provider", {"ordering": ["name"]}),
    ],
)
def test_what_the_code_before_does_not_notice_is_let_through(operation):
    assert not said(operation)


def test_a_table_that_is_made_here_may_be_changed_and_a_small_one_indexed():
    make = migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))])
    assert not said(make, migrations.AddField("New", "name", NAME))
    assert not said(migrations.AddIndex("Provider", INDEX), app="therapies")


def test_our_own_migrations_pass_and_those_of_others_are_not_asked(monkeypatch):
    assert check_migrations(None) == []
    monkeypatch.setattr("trupaths.migration_checks.BEFORE", set())
    refused = check_migrations(None)
    assert {each.id for each in refused} == {"trupaths.E001"}
    assert {each.msg.partition(".")[0] for each in refused} <= {
        "therapies", "providers", "recommendations", "assistant", "trupaths",
    }  # fmt: skip
    assert checks.run_checks(tags=["migrations"], include_deployment_checks=True) == refused


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_and_taken_back_on_both_databases():
    state = ProjectState.from_apps(apps)
    index = models.Index(fields=["until"], name="made_beside_others")
    operation = AddIndexConcurrently("use", index)
    after = state.clone()
    operation.state_forwards("trupaths", after)

    def names():
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "trupaths_use")
        return set(found)

    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("trupaths", editor, state, after)
    assert "made_beside_others" in names()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("trupaths", editor, after, state)
    assert "made_beside_others" not in names()
