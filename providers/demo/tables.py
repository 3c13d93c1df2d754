"""What is drawn for a place that does not say it itself."""

# The share of places that says yes and that says no; the others have not stated it.
CHANCES = {
    "pay.medicaid": (0.40, 0.15),
    "pay.medicare": (0.35, 0.15),
    "pay.private": (0.65, 0.08),
    "pay.sliding": (0.30, 0.12),
    "pay.free": (0.00, 0.55),
    "pay.military": (0.15, 0.10),
    "pay.payment-help": (0.20, 0.08),
    "pay.self-pay": (0.60, 0.00),
    "care.outpatient": (0.70, 0.00),
    "care.intensive-outpatient": (0.06, 0.35),
    "care.day": (0.03, 0.40),
    "care.residential": (0.00, 0.60),
    "care.inpatient": (0.00, 0.60),
    "age.adults": (0.70, 0.00),
    "age.older": (0.45, 0.00),
    "age.teens": (0.15, 0.25),
    "age.children": (0.05, 0.35),
    "for.veterans": (0.15, 0.03),
    "for.pregnant": (0.08, 0.05),
    "for.lgbtq": (0.25, 0.00),
    "for.women": (0.08, 0.05),
    "for.caregivers": (0.20, 0.03),
    "language.en": (0.70, 0.00),
    "language.es": (0.25, 0.06),
    "language.vi": (0.05, 0.05),
    "language.zh": (0.05, 0.05),
    "language.ar": (0.04, 0.05),
    "language.asl": (0.06, 0.05),
    "language.interpreter": (0.30, 0.08),
    "access.step-free": (0.45, 0.10),
    "access.evenings": (0.30, 0.15),
    "access.weekends": (0.12, 0.20),
    "access.lying-down": (0.30, 0.03),
    "access.transit": (0.30, 0.05),
    "access.parking": (0.40, 0.08),
    "access.captions": (0.20, 0.08),
    "access.quiet-room": (0.15, 0.03),
    "access.childcare": (0.04, 0.20),
    "focus.pain": (0.35, 0.00),
    "focus.cancer": (0.12, 0.00),
    "focus.recovery": (0.10, 0.10),
    "focus.trauma": (0.20, 0.05),
    "setting.hospital": (0.00, 0.30),
    "setting.community": (0.03, 0.20),
}

NOTES = {
    ("pay.medicaid", "OR"): "Oregon Health Plan",
    ("pay.medicaid", "TX"): "Some plans only",
    ("pay.private", "OH"): "Ask about your plan",
    ("pay.medicaid", "AZ"): "AHCCCS",
    ("pay.medicaid", "CA"): "Medi-Cal",
    ("pay.medicaid", "MA"): "MassHealth",
    ("pay.medicaid", "ME"): "MaineCare",
    ("pay.medicaid", "OK"): "SoonerCare",
    ("pay.medicaid", "TN"): "TennCare",
    ("pay.medicaid", "WA"): "Apple Health",
}

STREETS = ("Example Street", "Example Avenue", "Example Road", "Example Lane")
HOURS = (
    "Mon to Fri, 9 am to 5 pm",
    "Mon to Thu, 8 am to 6 pm\nFri, 8 am to 1 pm",
    "Mon to Fri, 8 am to 4 pm",
    "Tue to Sat, 10 am to 6 pm",
    "Mon, Wed, Fri, 9 am to 3 pm",
    "Mon to Fri, 8:30 am to 5 pm\nSat, 9 am to noon",
)
# How many days ago the last check was, and the share of places. The rest has had none.
AGES = ((0.45, 3, 90), (0.15, 91, 180), (0.17, 190, 360), (0.12, 370, 620))

# For the made-up places. How many of a hundred speak of a thing of this facet at all …
STATED = {
    "pay": 72, "care": 58, "age": 70, "for": 38, "language": 37, "access": 40, "focus": 40,
    "setting": 36,
}  # fmt: skip
# … and how many of those say yes. What a kind of place always says stands in kinds.py.
YES = {
    "pay.medicaid": 64, "pay.medicare": 55, "pay.private": 80, "pay.sliding": 45, "pay.free": 6,
    "pay.military": 35, "pay.payment-help": 38, "pay.self-pay": 94,
    "care.outpatient": 85, "care.intensive-outpatient": 15, "care.day": 10, "care.residential": 3,
    "care.inpatient": 3,
    "age.adults": 100, "age.older": 80, "age.teens": 42, "age.children": 24,
    "for.veterans": 45, "for.pregnant": 35, "for.lgbtq": 60, "for.women": 30,
    "for.caregivers": 55,
    "language.en": 100, "language.es": 40, "language.vi": 7, "language.zh": 9, "language.ar": 6,
    "language.asl": 22, "language.interpreter": 65,
    "access.step-free": 72, "access.evenings": 50, "access.weekends": 26, "access.lying-down": 40,
    "access.transit": 58, "access.parking": 78, "access.captions": 55, "access.quiet-room": 42,
    "access.childcare": 12,
    "focus.pain": 45, "focus.cancer": 22, "focus.recovery": 45, "focus.trauma": 60,
    "setting.hospital": 3, "setting.community": 22,
}  # fmt: skip
# How open a place is: the share of places, and what its STATED is multiplied by.
OPENNESS = ((0.40, 1.1), (0.35, 0.95), (0.25, 0.7))

SAID_NOTES = {
    "pay.medicaid": ("Ask about your plan", "Not for every service", "New people: a short list"),
    "pay.medicare": ("Part B only", "Not for groups"),
    "pay.private": ("Ask about your plan", "Three plans", "Out of network only"),
    "pay.sliding": ("Bring a pay stub", "From $20 a visit"),
    "pay.military": ("TRICARE", "VA community care, with a referral"),
    "pay.payment-help": ("In parts, over six months", "A small fund"),
    "age.teens": ("From 14", "With a parent’s consent", "From 16"),
    "for.veterans": ("A group on Mondays", "One counselor who served"),
    "language.es": ("One counselor", "Front desk too"),
    "language.zh": ("Mandarin", "Cantonese"),
    "language.interpreter": ("By telephone", "Ask two days ahead"),
    "access.step-free": ("Ramp at the side door", "Ring for the elevator"),
    "access.evenings": ("Tuesdays", "Until 8 pm, Mon to Thu"),
    "access.weekends": ("Saturday mornings", "Every second Saturday"),
    "access.parking": ("Behind the building", "On the street, free for two hours"),
    "access.transit": ("Two blocks from a bus stop",),
}
