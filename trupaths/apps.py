from django.apps import AppConfig


class TruPathsConfig(AppConfig):
    name = "trupaths"
    verbose_name = "TruPaths"

    def ready(self):
        from . import migration_checks  # noqa: F401 - registers them
