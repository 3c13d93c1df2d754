"""The kinds of places that are made up: how frequent, what they are called, what they offer."""

from dataclasses import dataclass

from .sentences import SETTINGS, WARDS
from .shapes import words

MBSR, CBT, ACT, DBT, EMDR, TALK = THERAPIES = (
    "mbsr-medical-pain", "cbt", "act", "dbt", "emdr", "motivational-interviewing",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    name: str
    city: int  # how many of a hundred places, in towns
    country: int  # and where few people live
    offers: tuple  # the chance of each of THERAPIES
    endings: tuple  # of the place's name
    people: tuple = ()  # how its sentence begins
    settings: tuple = SETTINGS
    yes: tuple = ()  # what every such place says
    no: tuple = ()
    silent: tuple = ()  # what none says
    staying: bool = False  # therapies are part of a stay or a program, without a price


def kind(name, city, country, offers, endings, people="", *, yes="", no="", silent="", **more):
    split = [tuple(text.split(" | ")) for text in (endings, people)]
    return Kind(name, city, country, offers, *split, yes=words(yes), no=words(no),
                silent=words(silent), **more)  # fmt: skip


# The chance that a place of this kind also gives one of these.
OTHERS = {
    "mbct": {
        "Counseling practice": 0.1, "Outpatient clinic": 0.12, "Group program": 0.3,
        "Integrative health center": 0.3, "Hospital program": 0.15,
    },
    "exposure-therapy": {
        "Counseling practice": 0.25, "Outpatient clinic": 0.25, "Hospital program": 0.2,
        "Clinic for young people": 0.35,
    },
    "interpersonal-psychotherapy": {
        "Counseling practice": 0.15, "Outpatient clinic": 0.1, "Hospital program": 0.15,
    },
    "psychodynamic-therapy": {
        "Counseling practice": 0.3, "Outpatient clinic": 0.1, "Hospital program": 0.1,
    },
    "family-and-couples-therapy": {
        "Counseling practice": 0.35, "Community clinic": 0.3, "Rural clinic": 0.15,
        "Residential program": 0.3, "Clinic for young people": 0.5,
    },
    "contingency-management": {
        "Outpatient clinic": 0.1, "Community clinic": 0.15,
        "Intensive outpatient program": 0.3, "Residential program": 0.15,
    },
    "community-reinforcement": {
        "Community clinic": 0.1, "Intensive outpatient program": 0.2, "Outpatient clinic": 0.08,
    },
    "twelve-step-facilitation": {
        "Intensive outpatient program": 0.5, "Residential program": 0.6, "Group program": 0.15,
    },
    "medications-for-opioid-use-disorder": {
        "Outpatient clinic": 0.2, "Community clinic": 0.35, "Rural clinic": 0.3,
        "Intensive outpatient program": 0.3, "Hospital program": 0.15,
    },
    "relapse-prevention": {
        "Intensive outpatient program": 0.6, "Residential program": 0.5, "Group program": 0.2,
        "Community clinic": 0.2,
    },
    "yoga-therapy": {
        "Group program": 0.25, "Integrative health center": 0.6, "Day program": 0.15,
        "Hospital program": 0.1,
    },
    "biofeedback": {
        "Outpatient clinic": 0.1, "Integrative health center": 0.25, "Hospital program": 0.12,
    },
    "art-and-music-therapy": {
        "Day program": 0.4, "Residential program": 0.25, "Group program": 0.12,
        "Hospital program": 0.15, "Clinic for young people": 0.25,
    },
    "physical-therapy-for-pain": {
        "Outpatient clinic": 0.3, "Rural clinic": 0.25, "Integrative health center": 0.2,
        "Hospital program": 0.35,
    },
}  # fmt: skip

NO_BEDS = "care.residential care.inpatient setting.hospital"
ROOMS = (
    "access.step-free access.transit access.parking access.lying-down access.quiet-room "
    "access.childcare setting.community"
)

KINDS = (
    kind(
        "Counseling practice", 24, 24, (0.15, 0.75, 0.35, 0.15, 0.35, 0.15),
        "Counseling | Therapy | Counseling Practice | Talking Therapy",
        "Four counselors | Two therapists who share an office | A psychologist and a social worker "
        "| A counseling practice of six | One counselor who works alone | Three therapists | "
        "Two counselors and a part-time nurse | Five therapists and a student in training",
        yes="care.outpatient", no=NO_BEDS,
    ),
    kind(
        "Outpatient clinic", 20, 10, (0.35, 0.65, 0.2, 0.3, 0.2, 0.3),
        "Clinic | Health | Outpatient Clinic | Health Center",
        "An outpatient clinic | A clinic for body and mind | Doctors and counselors | "
        "A clinic with its own physical therapist | A specialist clinic | A nurse-led clinic",
        yes="care.outpatient", no="care.residential care.inpatient",
    ),
    kind(
        "Community clinic", 10, 12, (0.2, 0.7, 0.1, 0.2, 0.15, 0.45),
        "Community Clinic | Neighborhood Clinic | Community Health",
        "A community clinic | A nonprofit clinic | A clinic run by the county | "
        "Family doctors and two counselors | A neighborhood clinic",
        yes="pay.medicaid care.outpatient", no="care.residential care.inpatient",
    ),
    kind(
        "Rural clinic", 0, 22, (0.15, 0.7, 0.1, 0.1, 0.1, 0.4),
        "Rural Health | Country Clinic | Rural Clinic",
        "A rural clinic | A clinic for three small towns | A nurse practitioner and a counselor | "
        "The clinic of a thinly settled county | A family practice",
        yes="care.outpatient access.parking", no="access.transit care.inpatient",
    ),
    kind(
        "Group program", 15, 8, (0.6, 0.1, 0.25, 0.3, 0, 0.05),
        "Groups | Group Program | Course Rooms | Circle",
        "A group program | Two teachers | A nonprofit that runs courses | A team of group leaders "
        "| A studio for courses | Volunteers and one trained leader",
        no=NO_BEDS,
    ),
    kind(
        "Integrative health center", 5, 2, (0.6, 0.2, 0.3, 0, 0, 0),
        "Integrative Health | Wellness Rooms | Whole Health",
        "Acupuncture, massage and talk | Doctors and yoga teachers | A center for slow medicine | "
        "An integrative practice",
        yes="care.outpatient pay.self-pay", no="care.inpatient",
    ),
    kind(
        "Intensive outpatient program", 8, 4, (0.1, 0.7, 0.1, 0.6, 0.15, 0.6),
        "Intensive Outpatient | Outpatient Program | Recovery Program",
        "An intensive outpatient program | Group work on three days a week | "
        "Nine hours a week of recovery work | A program for the weeks after a hospital stay",
        yes="care.intensive-outpatient focus.recovery", no="care.residential care.inpatient",
        staying=True,
    ),
    kind(
        "Day program", 6, 3, (0.15, 0.5, 0.2, 0.5, 0.1, 0.4),
        "Day Program | Day Center",
        "A day program | A day center for adults | Five days a week of therapy and meals | "
        "A day program after hospital care",
        yes="care.day", no="care.residential care.inpatient", staying=True,
    ),
    kind(
        "Residential program", 5, 8, (0.15, 0.6, 0.1, 0.5, 0.15, 0.7),
        "House | Residential Program | Residence",
        "A residential program for twelve people | A house with sixteen beds | "
        "A residential program of thirty days | A residence for adults",
        yes="care.residential focus.recovery", no="care.inpatient", staying=True,
    ),
    kind(
        "Hospital program", 7, 4, (0.5, 0.6, 0.1, 0.25, 0.1, 0.2),
        "Hospital Program | Hospital Clinic | Hospital Outpatient",
        "A team of doctors and psychologists | An outpatient team | A counseling service | "
        "Psychologists and nurses | Two psychologists and a physical therapist",
        settings=WARDS, yes="setting.hospital pay.private", no="pay.free setting.community",
    ),
    kind(
        "Clinic for young people", 3, 4, (0, 0.8, 0.2, 0.5, 0.35, 0.2),
        "Youth Clinic | Youth Counseling | Child and Teen Therapy",
        "A clinic for children and teens | Two child psychologists | Therapists for teens | "
        "A counseling service for families",
        yes="age.teens age.children care.outpatient",
        no="age.adults age.older care.inpatient for.pregnant",
    ),
)  # fmt: skip

# Of these there is a fixed number; see invent.py.
BY_VIDEO = kind(
    "Practice by video", 0, 0, (0.35, 0.7, 0.35, 0.3, 0.1, 0.25),
    "Video Counseling | Online Therapy | Video Practice | Online Care",
    yes="care.outpatient", no="care.residential care.inpatient", silent=ROOMS,
)  # fmt: skip
SHELTER = kind(
    "Shelter with a support program", 0, 0, (0, 0.4, 0, 0.3, 0.6, 0),
    "Door | Refuge | Safe House",
    yes="pay.free focus.trauma",
    silent="pay.medicaid pay.medicare pay.private pay.military pay.sliding pay.self-pay "
    "pay.payment-help care.outpatient care.intensive-outpatient care.day care.residential "
    "care.inpatient access.parking access.transit focus.pain focus.cancer setting.hospital",
    staying=True,
)  # fmt: skip
