"""Listings, services and answers as spreadsheets: out, and in again with a preview."""

import time
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.shortcuts import redirect
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm
from import_export.tmp_storages import TempFolderStorage

from .sheets import AnswerSheet, ListingSheet, ServiceSheet, TermSheet
from .uploads import CSV, XLSX, UploadForm

KEPT = timedelta(days=1)  # an upload that nobody confirmed
FORMATS = [CSV, XLSX]


class Uploads(TempFolderStorage):
    """Between preview and confirmation: beside our data, not where all programs write."""

    folder = settings.VAR_DIR / "uploads"

    def save(self, data):
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for path in self.folder.iterdir():
            if path.stat().st_mtime < time.time() - KEPT.total_seconds():
                path.unlink(missing_ok=True)
        super().save(data)

    def get_full_path(self):
        return self.folder / self.name

    def _open(self, mode="r"):
        if self.name:
            return super()._open(mode)
        # Readable for its owner alone; `save` closes it.
        file = NamedTemporaryFile(dir=self.folder, delete=False)  # noqa: SIM115
        self.name = Path(file.name).name
        return file


class ConfirmForm(ConfirmImportForm):
    """What a page of ours sent, or it is refused."""

    # As `Uploads` names a file: never "..", nor longer than a name may be.
    import_file_name = forms.SlugField(max_length=255, widget=forms.HiddenInput)
    format = forms.ChoiceField(
        choices=[(str(n), "") for n in range(len(FORMATS))], widget=forms.HiddenInput
    )


class Sheets(ImportExportMixin):
    """Import and export on a page of the admin, each for those who may change or see the rows."""

    resource_classes = ()
    formats = FORMATS
    to_encoding = "utf-8-sig"  # or Excel takes it for Windows-1252
    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    tmp_storage_class = Uploads

    def _sheets(self, user, *actions):
        return [
            sheet
            for sheet in self.resource_classes
            if all(user.has_perm(_permission(sheet._meta.model, action)) for action in actions)
        ]

    def get_import_resource_classes(self, request):
        return self._sheets(request.user, "add", "change")

    def get_export_resource_classes(self, request):
        return self._sheets(request.user, "view")

    def has_import_permission(self, request):
        return self.has_change_permission(request) and bool(
            self.get_import_resource_classes(request)
        )

    def has_export_permission(self, request):
        return self.has_view_permission(request) and bool(self.get_export_resource_classes(request))

    def get_export_queryset(self, request):
        try:
            return super().get_export_queryset(request)
        except IncorrectLookupParameters:
            raise BadRequest("The list has no such filter.") from None

    def get_import_resource_kwargs(self, request, **kwargs):
        return {"by": request.user.get_username()}

    def add_data_read_fail_error_to_form(self, form, e):
        if isinstance(e, ValidationError):  # ours, and a sentence
            form.add_error("import_file", e)
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def choose_import_resource_class(self, form, request):
        try:
            return super().choose_import_resource_class(form, request)
        except IndexError:
            raise PermissionDenied from None

    def process_import(self, request, **kwargs):
        try:
            return super().process_import(request, **kwargs)
        except (FileNotFoundError, BadZipFile, UnicodeDecodeError, ValidationError):
            # It was read for the preview: whoever forges the form calls it another kind.
            say = "The file is no longer here, or of another kind. Upload it again."
            self.message_user(request, say, messages.ERROR)
            return redirect("..")

    def process_result(self, result, request):
        if result.has_errors() or result.has_validation_errors():
            say = "Something changed since the preview, and nothing was imported. Upload it again."
            self.message_user(request, say, messages.ERROR)
            return redirect("..")
        return super().process_result(result, request)


def _permission(model, action):
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


class ListingSheets(Sheets):
    resource_classes = [ListingSheet, ServiceSheet, AnswerSheet]

    def process_result(self, result, request):
        self._say_examples_left(request, result)
        return super().process_result(result, request)


class TermSheets(Sheets):
    resource_classes = [TermSheet]
