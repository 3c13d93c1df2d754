"""For staff: what came of questions, counted without a word of them, and the cards of help."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from therapies.admin import ReadOnly

from . import cards, counts
from .models import Count, CrisisCard


@admin.register(Count)
class CountAdmin(ReadOnly):
    """Counts of nobody, as tables; below them the rows themselves."""

    list_display = ["day", "what", "section", "n"]
    list_display_links = None
    date_hierarchy = "day"
    ordering = ["-day", "outcome", "section"]
    actions = None

    @admin.display(description="outcome", ordering="outcome")
    def what(self, row):
        return counts.words(row.outcome)

    def changelist_view(self, request, extra_context=None):
        mondays, by_week = counts.by_week()
        told = {
            "title": "What came of questions to Tru AI",
            "mondays": mondays,
            "by_week": by_week,
            "refused": counts.refused(),
            "votes": counts.votes(),
            "weeks": counts.WEEKS,
            "cards": cards.current().values() if _may_see_cards(request.user) else (),
            "fresh_days": cards.FRESH_DAYS,
        }
        return super().changelist_view(request, told | (extra_context or {}))


class CardForm(forms.ModelForm):
    """The next version of a card. `seen` is the version that the person had before them."""

    key = forms.ChoiceField(label="Card")
    lines = forms.CharField(
        label="Numbers",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text="One in each line, name and number: Poison Help: 1-800-222-1222. Five or six "
        "figures are a code to text. 911 and 988 stand on every card by themselves.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = CrisisCard
        fields = ["key", "title", "sentence", "lines", "checked_on", "seen"]
        help_texts = {
            "checked_on": "The day on which somebody read every number of it at its source, 911 "
            "and 988 too. Empty when nobody did."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [
            (card.key, f"{card.key}: {card.about}") for card in cards.DEFAULTS.values()
        ]

    def clean_lines(self):
        try:
            return cards.read_numbers(self.cleaned_data["lines"])
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError("That day is yet to come.")
        return day

    def clean(self):
        super().clean()
        if self.cleaned_data.get("seen") != newest(self.cleaned_data.get("key")):
            raise ValidationError(
                "Somebody saved a newer version of this card meanwhile, or you chose another card. "
                "Open the card again from the list, and make your change there."
            )


def newest(key):
    """The version of a card that stands last; 0 while it is as in the code."""
    return CrisisCard.objects.filter(key=key).aggregate(Max("version"))["version__max"] or 0


@admin.register(CrisisCard)
class CrisisCardAdmin(admin.ModelAdmin):
    """Every version of every card. None is changed or deleted: what was shown can be read again."""

    form = CardForm
    list_display = ["key", "version", "title", "checked_on", "checked_by"]
    list_filter = ["key"]
    list_select_related = ["checked_by"]
    actions = None

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        if obj is None:
            return CardForm.Meta.fields
        return ["key", "version", "title", "sentence", "numbers", "checked_on", "checked_by"]

    def get_changeform_initial_data(self, request):
        cards.forget()
        card = cards.current().get(request.GET.get("key"), cards.DEFAULTS["988"])
        return {
            "key": card.key,
            "title": card.title,
            "sentence": card.sentence,
            "lines": "\n".join(f"{each.label}: {each.number}" for each in card.numbers),
            "checked_on": card.checked_on,
            "seen": card.version,
        }

    def changelist_view(self, request, extra_context=None):
        told = {"cards": cards.current().values(), "fresh_days": cards.FRESH_DAYS}
        return super().changelist_view(request, told | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        obj.version = form.cleaned_data["seen"] + 1
        obj.checked_by = request.user
        obj.numbers = [
            {"label": each.label, "number": each.number} for each in form.cleaned_data["lines"]
        ]
        super().save_model(request, obj, form, change)
        cards.forget()


def _may_see_cards(user):
    return user.has_perm("assistant.view_crisiscard")
