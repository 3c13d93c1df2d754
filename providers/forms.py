"""What visitors and places may send us. No form asks who sends it."""

from django import forms

from .models import Check, Correction, Provider, SuggestedPlace
from .models.listings import dialable
from .states import BY_WORDS

WHAT_IS_WRONG = {
    Check.Aspect.CONTACT: "Phone, address or hours, or it has closed",
    Check.Aspect.SERVICES: "What it offers, languages or access",
    Check.Aspect.PAYMENT: "Cost, insurance or other ways to pay",
    Check.Aspect.AVAILABILITY: "Whether it takes new people",
}
OTHER = "other"  # looked into like what a place offers: no aspect of its own


class Lines(forms.CharField):
    """Text of several lines; a line break is one character, as we keep it and browsers count it."""

    def to_python(self, value):
        value = value.replace("\r\n", "\n") if isinstance(value, str) else value
        return super().to_python(value)


class Words(Lines):
    def __init__(self, *, rows=5, **kwargs):
        super().__init__(widget=forms.Textarea({"rows": rows}), **kwargs)


class Link(forms.URLField):
    def __init__(self, **kwargs):
        text = forms.URLInput({"inputmode": "url", "placeholder": "https://…"})
        super().__init__(widget=text, assume_scheme="https", max_length=200, **kwargs)


class StateField(forms.CharField):
    """A state by its code or its name."""

    default_error_messages = {"unknown": "Write a state of the US, such as OR or Oregon."}

    def clean(self, value):
        value = super().clean(value)
        code = BY_WORDS.get(" ".join(value.lower().split()))
        if value and not code:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown")
        return code or ""


class Styled:
    """Inputs look as they do everywhere here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField)):
                field.widget.attrs |= {"class": "input", "autocomplete": "off"}


class FromAnyone(Styled, forms.ModelForm):
    """A form without sign-in. Its last field is hidden from people: programs fill it in."""

    leave_empty = forms.CharField(required=False, label="Leave this field empty")

    def clean_leave_empty(self):
        if self.cleaned_data["leave_empty"]:
            raise forms.ValidationError(
                "Something filled in a field that is there for programs only. Press Send again."
            )
        return ""


class ReportForm(FromAnyone):
    aspect = forms.ChoiceField(
        label="What is wrong?",
        choices=[*WHAT_IS_WRONG.items(), (OTHER, "Something else")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what is wrong.",
            "invalid_choice": "Choose what is wrong.",
        },
    )
    message = Words(
        label="Tell us more",
        required=False,
        max_length=1000,
        help_text="What you saw or heard, and when. Please leave out names and health details.",
    )

    class Meta:
        model = Correction
        fields = ["aspect", "message"]

    def clean_aspect(self):
        aspect = self.cleaned_data["aspect"]
        return Check.Aspect.SERVICES if aspect == OTHER else aspect


class SuggestForm(FromAnyone):
    name = forms.CharField(
        label="Name of the place",
        max_length=200,
        error_messages={"required": "Write the name of the place."},
    )
    city = forms.CharField(
        label="Town", max_length=120, error_messages={"required": "Write the town it is in."}
    )
    state = StateField(
        max_length=60, error_messages={"required": "Write the state, such as OR or Oregon."}
    )
    phone = forms.CharField(required=False, max_length=40, validators=[dialable])
    website = Link(required=False)
    message = Words(
        label="What should we know?",
        required=False,
        max_length=1000,
        help_text="What it offers, for example. Please leave out names and health details.",
    )

    class Meta:
        model = SuggestedPlace
        fields = ["name", "city", "state", "phone", "website", "message"]


class ConfirmForm(Styled, forms.ModelForm):
    """What a place says of its own listing. It changes nothing: see `confirming.answer`."""

    still_right = forms.MultipleChoiceField(
        label="What is still right?",
        choices=Check.Aspect.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the four parts of the listing."},
    )
    state = StateField(max_length=60)
    website = Link(required=False)
    hours = Words(label="Phone hours", required=False, rows=4, max_length=2000)
    accepting = forms.ChoiceField(
        label="Do you take new people now?",
        choices=[("", "As listed"), ("yes", "Yes"), ("no", "No")],
        required=False,
        widget=forms.Select({"class": "input"}),
    )
    other = Words(
        label="Is something else different?",
        required=False,
        max_length=900,
        help_text="Services or payment, for example.",
    )

    class Meta:
        model = Provider
        fields = ["name", "street", "city", "state", "zip", "phone", "intake_phone", "website",
                  "email", "hours"]  # fmt: skip
        labels = {
            "city": "Town",
            "intake_phone": "Phone for a first visit",
            "email": "Email",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.confidential_address:
            del self.fields["street"]

    def clean(self):
        super().clean()
        if self.errors:
            return
        told = self.answer()
        if not any(told.values()):
            raise forms.ValidationError("Tick what is still right, or change what is different.")
        if told["different"] and Check.Aspect.CONTACT in told["still_right"]:
            self.add_error("still_right", "You changed a contact fact, so leave Contact unticked.")
        if told["accepting"] and Check.Aspect.AVAILABILITY in told["still_right"]:
            self.add_error(
                "still_right",
                "You said whether you take new people, so leave Availability unticked.",
            )

    def answer(self):
        """What `confirming.answer` takes."""
        told = self.cleaned_data
        facts = [name for name in self.Meta.fields if name in told]
        return {
            "still_right": told["still_right"],
            "different": {
                name: told[name] or None for name in facts if told[name] != self._listed(name)
            },
            "accepting": told["accepting"],
            "other": told["other"],
        }

    def _listed(self, name):
        """What we list, read as what is sent: with the same line ends and no blanks around."""
        return self.fields[name].to_python(self.initial[name])
