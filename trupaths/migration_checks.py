"""LEAF: `manage.py check --deploy` refuses a migration that the code still running cannot bear.

While `migrate` runs, and until the last process has started anew, the code of before works with the
tables of after (docs/migrations.md). A migration that these rules refuse, and that is right all the
same, says why: `safe = "reason"` in its class.
"""

from django.conf import settings
from django.core import checks
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

from .operations import AddIndexConcurrently

# Those that were there before the rules.
BEFORE = set("""
    assistant.0001_cards_and_counts
    providers.0001_initial providers.0002_by_town providers.0003_bitsets
    providers.0004_term_searched_as providers.0005_words providers.0006_demonstration_help
    providers.0007_sources_and_queues providers.0008_fingerprints
    recommendations.0001_initial recommendations.0002_memory_and_exposure
    therapies.0001_initial therapies.0002_searched_as therapies.0003_starting_point_slug
    therapies.0004_length_and_waiting therapies.0005_publishing therapies.0006_new_version
    trupaths.0001_limits
""".split())  # fmt: skip

# These grow with the listings and the visitors: nobody may write while PostgreSQL makes an index.
LARGE = set("""
    providers.check providers.fieldorigin providers.importrow providers.listingsource
    providers.provider providers.providerterm providers.searchrow providers.searchword
    providers.service recommendations.event recommendations.saved recommendations.visitor
""".split())  # fmt: skip


@checks.register("migrations", deploy=True)
def check_migrations(app_configs, **kwargs):
    loader = MigrationLoader(None)
    return [
        checks.Error(
            f"{app}.{name}: {said}.",
            hint="Take the steps in docs/migrations.md, or say in the migration why this one is "
            'safe: safe = "reason".',
            id="trupaths.E001",
        )
        for (app, name), migration in sorted(loader.graph.nodes.items())
        if (settings.BASE_DIR / app / "migrations").is_dir() and f"{app}.{name}" not in BEFORE
        for said in unsafe(migration, loader.project_state((app, name), at_end=False))
    ]


def unsafe(migration, state):
    """What the code of before cannot bear, in words; `state` is of the tables as they were."""
    if str(getattr(migration, "safe", "")).strip():
        return
    new = set()  # tables that are made here: what is done to them, nobody notices
    for operation in migration.operations:
        yield from _said(operation, migration.app_label, state, new)
        operation.state_forwards(migration.app_label, state)


def _said(operation, app, state, new):
    model = getattr(operation, "model_name", None) or getattr(operation, "name", "")
    match operation:
        case migrations.SeparateDatabaseAndState():
            for inner in operation.database_operations:
                yield from _said(inner, app, state, new)
        case migrations.RunPython() | migrations.RunSQL():
            if not operation.reversible:
                yield f"{type(operation).__name__} has no way back"
        case migrations.CreateModel():
            new.add(operation.name_lower)
        case migrations.DeleteModel():
            yield f"{model} is deleted while the code before asks for it"
        case migrations.RenameModel() | migrations.AlterModelTable():
            yield f"{getattr(operation, 'old_name', model)} gets a table of another name"
        case _ if model.lower() not in new:
            yield from _of_a_table_in_use(operation, app, model, state)


def _of_a_table_in_use(operation, app, model, state):
    large = f"{app}.{model}".lower() in LARGE
    match operation:
        case migrations.RemoveField():
            yield f"{model}.{operation.name} is removed while the code before reads it"
        case migrations.RenameField():
            yield f"{model}.{operation.old_name} gets another name"
        case migrations.AddField(field=field) if not field.many_to_many:
            yield from _of_field(f"{model}.{operation.name}", None, field, large)
        case migrations.AlterField(field=field) if not field.many_to_many:
            before = state.models[app, model.lower()].fields[operation.name]
            yield from _of_field(f"{model}.{operation.name}", before, field, large)
        case migrations.AlterUniqueTogether(option_value=pairs) if pairs:
            yield f"what is unique in {model} may refuse what the code before writes"
        case migrations.AddConstraint(constraint=constraint):
            yield f"{constraint.name} may refuse what the code before writes"
        case migrations.AddIndex() if large and not isinstance(operation, AddIndexConcurrently):
            yield f"{model} is large: use trupaths.operations.AddIndexConcurrently"


def _of_field(name, before, field, large):
    """Of a field that is new (before is None), or altered."""
    was_empty = before is None or before.null
    if was_empty and not field.null and field.db_default is NOT_PROVIDED:
        yield f"{name} may not be empty, and the code before leaves it so: null or db_default"
    if field.unique and not (before and before.unique):
        yield f"{name} becomes unique, which may refuse what the code before writes"
    elif large and field.db_index and not (before and before.db_index):
        yield f"{name} makes an index of a large table: use AddIndexConcurrently"
    if before is None:
        return
    if type(before) is not type(field):
        yield f"{name} becomes a {type(field).__name__}: the whole table is written anew"
    elif field.max_length and (before.max_length or field.max_length + 1) > field.max_length:
        yield f"{name} becomes shorter than what the code before writes"
