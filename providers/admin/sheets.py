"""Rows of spreadsheets: how listings, services, answers and terms are read and written."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html_join
from import_export import fields, resources, results, widgets

from providers import editing
from providers.changes import listing_changes
from providers.models import OldSlug, Organization, Provider, ProviderTerm, Service, Term
from therapies.models import Therapy
from trupaths.text import before_formula_guard, not_a_formula

MOST_WRONG = 100  # rows; then the rest are not tried, as nothing of the file is taken anyway


class Known(widgets.ForeignKeyWidget):
    """A row known by its address; a sentence when there is none."""

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row, **kwargs)
        except self.model.DoesNotExist:
            name = self.model._meta.verbose_name
            raise ValueError(f"There is no {name} “{value}”.") from None


class KnownTerm(widgets.Widget):
    """A term by its name in sources and addresses: “pay:medicaid”."""

    def clean(self, value, row=None, **kwargs):
        facet, _, slug = str(value or "").partition(":")
        if term := Term.objects.filter(facet=facet, slug=slug).first():
            return term
        raise ValueError(f"There is no term “{value}”. Write it as in pay:medicaid.")

    def render(self, value, obj=None, **kwargs):
        return f"{value.facet}:{value.slug}" if value else ""


class YesNo(widgets.BooleanWidget):
    TRUE_VALUES = ["1", 1, True, "true", "yes", "x"]
    FALSE_VALUES = ["0", 0, False, "false", "no", "", None]

    def clean(self, value, row=None, **kwargs):
        value = value.strip().lower() if isinstance(value, str) else value
        if value in self.TRUE_VALUES:
            return True
        if value in self.FALSE_VALUES:
            return False
        raise ValueError(f"“{value}” is neither yes nor no.")

    def render(self, value, obj=None, **kwargs):
        return "yes" if value else ""


class Diff(resources.Diff):
    """What a row would change, without the styles inside that the site's policy forbids."""

    def as_html(self):
        return [
            self._cell(before, after) for before, after in zip(self.left, self.right, strict=False)
        ]

    def _cell(self, before, after):
        if before == after:
            return str(after)
        parts = [("del", before), ("ins", after)] if before and not self.new else [("ins", after)]
        return format_html_join(
            " ", "<{}>{}</{}>", [(tag, text, tag) for tag, text in parts if text != ""]
        )


class Sheet(resources.ModelResource):
    """One kind of row. All rows of a file are written together, or none is."""

    @classmethod
    def get_diff_class(cls):
        return Diff

    @classmethod
    def get_display_name(cls):
        return cls._meta.name

    def __init__(self, *, by="", **kwargs):
        super().__init__()
        self.by, self.wrong = by, 0

    def import_data(self, dataset, dry_run=False, **kwargs):
        """Within the one door; a trial, or a file with a fault, leaves nothing behind."""
        kwargs |= {"use_transactions": True, "rollback_on_validation_errors": True}
        with listing_changes() as changed:
            before = editing.snapshot(self.listings_named(dataset))
            result = super().import_data(dataset, dry_run, **kwargs)
            if not (dry_run or result.has_errors() or result.has_validation_errors()):
                self.finish(before, changed)
        result.examples_left = changed.examples_left
        return result

    def finish(self, before, changed):
        """Who set what, once the rows are written."""
        ids = self.listings_named_now
        editing.record({key: before.get(key, {}) for key in ids}, by=self.by)
        changed.update(ids)

    def listings_named(self, dataset):
        """The ids of the listings that the rows of a file are about, as far as they exist."""
        self.slugs = {str(row).strip() for row in _column(dataset, self.listing_column)}
        return self.listings_named_now

    @property
    def listings_named_now(self):
        ids = set()
        for start in range(0, len(slugs := sorted(self.slugs)), 500):
            found = Provider.objects.filter(slug__in=slugs[start : start + 500])
            ids.update(found.values_list("pk", flat=True))
        return ids

    def before_import_row(self, row, **kwargs):
        for name, value in row.items():
            value = "" if value is None else value  # an empty cell of a workbook
            row[name] = before_formula_guard(value.strip() if isinstance(value, str) else value)

    def import_row(self, row, instance_loader, **kwargs):
        if self.wrong < MOST_WRONG:
            result = super().import_row(row, instance_loader, **kwargs)
            self.wrong += bool(result.errors or result.validation_error)
            return result
        result = results.RowResult()
        result.import_type = result.IMPORT_TYPE_SKIP
        if self.wrong == MOST_WRONG:
            self.wrong += 1
            say = f"{MOST_WRONG} rows have a fault; from here on none was read."
            result.validation_error = ValidationError(say)
        return result

    def for_delete(self, row, instance):
        return YesNo().clean(row.get("remove"))

    def export_resource(self, instance, selected_fields=None, **kwargs):
        cells = super().export_resource(instance, selected_fields, **kwargs)
        return [not_a_formula(cell) for cell in cells]


def _column(dataset, name):
    return dataset[name] if name in (dataset.headers or ()) else []


class ListingSheet(Sheet):
    listing_column = "slug"
    organization = fields.Field("organization", "organization", Known(Organization, "slug"))
    confidential_address = fields.Field("confidential_address", "confidential_address", YesNo())

    class Meta:
        model = Provider
        name = "Listings"
        import_id_fields = ["slug"]
        fields = [
            "slug", "name", "kind", "organization", "status", "summary", "description",
            "confidential_address", "street", "city", "state", "zip", "lat", "lon", "precision",
            "phone", "intake_phone", "website", "email", "hours",
        ]  # fmt: skip
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def before_import_row(self, row, **kwargs):
        super().before_import_row(row, **kwargs)
        if row.get("zip"):  # a spreadsheet takes it for a number
            row["zip"] = str(row["zip"]).removesuffix(".0").zfill(5)
        for name in ("phone", "intake_phone"):
            if row.get(name):
                row[name] = str(row[name]).removesuffix(".0")

    def after_init_instance(self, instance, new, row, **kwargs):
        self.stood = {} if new else editing.where(instance)

    def for_delete(self, row, instance):
        return False  # a listing is withdrawn, by its status

    def before_save_instance(self, instance, row, **kwargs):
        instance.edited_at = timezone.now()
        if not kwargs.get("dry_run"):  # an address that is in use again redirects no longer
            OldSlug.objects.filter(slug=instance.slug).delete()
        if not instance.confidential_address:
            here = editing.where(instance)
            changed = {name for name, value in here.items() if self.stood.get(name, value) != value}
            for name, value in editing.placed(here, changed).items():
                setattr(instance, name, value)

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related("organization")


class PartSheet(Sheet):
    """What belongs to a listing; “yes” in the column `remove` takes a row out."""

    listing_column = "listing"
    provider = fields.Field("provider", "listing", Known(Provider, "slug"))
    remove = fields.Field(column_name="remove")

    def filter_export(self, queryset, **kwargs):
        """The rows of the listings that the list in the admin shows."""
        rows = self._meta.model.objects.filter(provider__in=queryset.order_by().values("pk"))
        return rows.select_related("provider", self.of).order_by("provider__slug", "pk")


class ServiceSheet(PartSheet):
    of = "therapy"
    therapy = fields.Field("therapy", "therapy", Known(Therapy, "slug"))
    in_person = fields.Field("in_person", "in_person", YesNo())
    virtual = fields.Field("virtual", "virtual", YesNo())
    individual = fields.Field("individual", "individual", YesNo())
    group = fields.Field("group", "group", YesNo())
    couple = fields.Field("couple", "couple", YesNo())
    family = fields.Field("family", "family", YesNo())

    class Meta:
        model = Service
        name = "Services"
        import_id_fields = ["provider", "therapy", "order"]
        fields = [
            "provider", "therapy", "order", "in_person", "virtual", "individual", "group", "couple",
            "family", "accepting_new", "next_start", "price_low", "price_high", "price_unit",
            "sessions", "languages", "note", "remove",
        ]  # fmt: skip
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def before_import_row(self, row, **kwargs):
        super().before_import_row(row, **kwargs)
        row["order"] = row.get("order") or 0
        if row.get("accepting_new") == "":
            row["accepting_new"] = Service.Accepting.UNKNOWN


class AnswerSheet(PartSheet):
    of = "term"
    term = fields.Field("term", "term", KnownTerm())

    class Meta:
        model = ProviderTerm
        name = "What listings say"
        import_id_fields = ["provider", "term"]
        fields = ["provider", "term", "answer", "note", "remove"]
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True


class TermSheet(Sheet):
    """The vocabulary itself. A term that listings answer is not removed by a spreadsheet."""

    listing_column = "listing"

    class Meta:
        model = Term
        name = "Terms"
        import_id_fields = ["facet", "slug"]
        fields = [
            "facet", "slug", "name", "phrase", "phrase_plural", "meaning", "searched_as", "order",
        ]  # fmt: skip
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def finish(self, before, changed):
        changed.vocabulary()

    def for_delete(self, row, instance):
        return False

    def before_save_instance(self, instance, row, **kwargs):
        instance.edited_at = timezone.now()
