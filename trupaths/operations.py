"""LEAF: operations for migrations that both databases take."""

from django.db import migrations


class AddIndexConcurrently(migrations.AddIndex):
    """An index beside which others write. Its migration says `atomic = False` and does only this.

    SQLite has one writer at a time, and makes it as any other. (Django's own operation of this name
    is for PostgreSQL alone.)
    """

    atomic = False

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.add_index(model, self.index, **_how(schema_editor))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            index = from_state.models[app_label, self.model_name_lower].get_index_by_name(
                self.index.name
            )
            schema_editor.remove_index(model, index, **_how(schema_editor))


def _how(schema_editor):
    return {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
