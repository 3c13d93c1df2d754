from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"
    verbose_name = "Tru AI"

    def ready(self):
        from . import checks  # noqa: F401 - registers them
