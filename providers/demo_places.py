"""The example places, as people wrote them down; demo.py fills in the rest. None is real."""

from dataclasses import dataclass, field
from datetime import date

FIRST_NUMBER = 100  # 555-0100


@dataclass(frozen=True)
class Offer:
    """One way in which a place gives the course. What is left out is drawn, or not stated."""

    form: str = "group"  # one, group, couple, family
    where: str = "person"  # person, video
    sessions: str = ""
    weeks: int = 0
    price: tuple | None = None
    accepting: str = ""
    start: date | None = None
    languages: str = ""
    note: str = ""


def course(weeks=8, where="person", *, hours="2½", form="group", **more):
    sessions = f"{weeks} weeks, {hours} hour{'' if hours == '1' else 's'} a week"
    return Offer(form=form, where=where, weeks=weeks, sessions=sessions, **more)


def one_to_one(minutes=50, where="person", *, form="one", **more):
    return Offer(form=form, where=where, sessions=f"{minutes} minutes each", **more)


@dataclass(frozen=True)
class Example:
    name: str
    kind: str
    town: str
    zip: str
    summary: str
    offers: tuple = ()
    organization: str = ""
    description: str = ""
    yes: tuple = ()  # what the place says yes to, as "facet.slug"
    no: tuple = ()
    silent: tuple = ()  # what must stay not stated, unless said above
    notes: dict = field(default_factory=dict)
    street: str = ""
    number: int = 0  # the last four digits of its telephone number
    hours: str = ""
    checked: dict | None = None  # aspect to day; None: drawn
    confidential: bool = False


def words(text):
    """The terms of a line such as "pay.medicaid care.day"."""
    return tuple(text.split())


BOTH = "person video"
# A place without a bill says nothing of other ways to pay; a shelter is no level of care.
FREE = words(
    "pay.medicaid pay.medicare pay.private pay.military pay.sliding pay.self-pay pay.payment-help"
)
SHELTER = (
    *FREE,
    *words("care.outpatient care.intensive-outpatient care.day care.residential care.inpatient"),
    *words("access.parking access.transit focus.pain"),
)

OREGON = [
    Example(
        "Alder & Stone Pain Program",
        "Outpatient clinic",
        "Portland",
        "97202",
        "A hospital team for long-term pain, with physical therapy and CBT next door. Groups meet "
        "on Tuesday evenings.",
        (
            course(
                where=BOTH,
                price=(420, 420),
                accepting="yes",
                start=date(2027, 1, 12),
                languages="English, Spanish",
                note="A group of up to 12, Tuesdays 6 to 8:30 pm.",
            ),
            one_to_one(price=(None, None), note="By day."),
        ),
        description="Doctors, physical therapists and counselors work in one team. A referral "
        "helps but is not needed.",
        yes=words(
            "pay.medicaid pay.medicare pay.private care.outpatient care.intensive-outpatient "
            "age.adults language.en language.es language.interpreter access.step-free "
            "access.evenings focus.pain setting.hospital"
        ),
        no=words("pay.free care.residential care.inpatient"),
        silent=words("pay.sliding pay.payment-help care.day access.quiet-room access.parking"),
        notes={"access.evenings": "Tuesdays"},
        street="1200 SE Example Street",
        number=142,
        hours="Mon to Thu, 8 am to 6 pm\nFri, 8 am to 1 pm",
        checked={
            "contact": date(2026, 11, 3),
            "services": date(2026, 11, 3),
            "payment": date(2026, 8, 20),
            "availability": date(2026, 11, 3),
        },
    ),
    Example(
        "Quiet Water Mindfulness Center",
        "Group program",
        "Portland",
        "97217",
        "Eight-week courses by daylight. Chairs, mats, and a screen for those who join from home.",
        (
            course(
                where=BOTH,
                price=(90, 380),
                accepting="yes",
                start=date(2027, 1, 12),
                note="The price goes by income.",
            ),
        ),
        yes=words(
            "pay.medicaid pay.sliding care.outpatient age.adults language.en access.step-free "
            "access.lying-down"
        ),
        no=words("pay.medicare access.evenings care.residential care.inpatient"),
        street="40 N Example Avenue",
        number=118,
        hours="Mon to Fri, 9 am to 4 pm",
        checked={"contact": date(2026, 10, 18), "availability": date(2026, 10, 18)},
    ),
    Example(
        "Fernbank Integrative Health",
        "Outpatient clinic",
        "Beaverton",
        "97005",
        "Doctors, yoga teachers and dietitians under one roof. A short course of six weeks.",
        (
            course(6, BOTH, hours="2", accepting="yes", start=date(2027, 1, 20)),
            one_to_one(60, price=(130, 160)),
        ),
        organization="Fernbank Integrative Health Partners",
        yes=words("pay.medicaid pay.private care.outpatient age.adults language.en"),
        number=163,
        checked={"contact": date(2026, 10, 30), "services": date(2026, 10, 30)},
    ),
    Example(
        "Columbia Bend Counseling",
        "Counseling practice",
        "Gresham",
        "97030",
        "Three counselors who adapt the course for people with cancer or an autoimmune condition.",
        (
            course(10, "video", hours="1½", accepting="yes"),
            one_to_one(50, "video", accepting="no"),
        ),
        yes=words(
            "pay.medicaid pay.private care.outpatient age.adults language.en "
            "language.interpreter focus.cancer access.captions"
        ),
        number=127,
        checked={"contact": date(2026, 9, 29), "payment": date(2026, 9, 29)},
    ),
    Example(
        "Larch House Recovery",
        "Residential and day program",
        "Oregon City",
        "97045",
        "Recovery from alcohol or opioid use for people who also live with pain. Video groups go "
        "on after a stay.",
        (
            Offer(
                where=BOTH,
                sessions="Each week, part of the stay",
                price=(None, None),
                accepting="unknown",
                note="The video group is open after a stay.",
            ),
        ),
        organization="Larch House",
        yes=words(
            "pay.medicaid care.intensive-outpatient care.day care.residential age.adults "
            "language.en language.interpreter focus.pain focus.recovery"
        ),
        no=words("care.inpatient age.teens age.children"),
        silent=words("pay.medicare care.outpatient access.step-free"),
        number=189,
        checked={"contact": date(2026, 3, 2), "services": date(2026, 3, 2)},
    ),
    Example(
        "Burnside Mind and Body",
        "Group program",
        "Portland",
        "97205",
        "A small studio for people with fibromyalgia or migraine. Low light, soft mats, no music.",
        (course(where=BOTH, price=(340, 340)),),
        yes=words("care.outpatient age.adults language.en access.lying-down access.quiet-room"),
        silent=words("pay.medicaid"),
        number=104,
    ),
    Example(
        "Tualatin Valley Pain Group",
        "Group program",
        "Tigard",
        "97223",
        "Two nurses lead groups for people who have lived with back pain for years.",
        (course(where="video", hours="2", note="A group of up to 8."),),
        yes=words("focus.pain care.outpatient age.adults pay.private"),
        silent=words("pay.medicaid"),
        number=136,
    ),
    Example(
        "Clackamas Calm Studio",
        "Group program",
        "Milwaukie",
        "97222",
        "Courses on weekend mornings, with a shorter practice for people who tire quickly.",
        (course(12, BOTH, hours="1½"),),
        yes=words("access.weekends age.adults language.en pay.self-pay"),
        silent=words("pay.medicaid"),
        number=171,
    ),
    Example(
        "Three Herons Clinic",
        "Outpatient clinic",
        "Portland",
        "97213",
        "A neighborhood clinic where the course is part of care for diabetes and heart disease.",
        (course(hours="2"), one_to_one(50, BOTH)),
        organization="Three Herons Care",
        yes=words(
            "pay.medicaid pay.medicare pay.sliding language.es care.outpatient access.transit"
        ),
        no=words("care.residential"),
    ),
    Example(
        "Slow River Counseling",
        "Counseling practice",
        "Portland",
        "97220",
        "One-to-one work for people whom illness or hard medical care has left with fear.",
        (one_to_one(60, BOTH),),
        yes=words("focus.trauma care.outpatient age.adults language.vi"),
    ),
    Example(
        "Tanager Field Health",
        "Outpatient clinic",
        "Hillsboro",
        "97124",
        "A family clinic with a weekly group in Spanish and one in English.",
        (
            course(hours="2", languages="Spanish", price=(120, 240)),
            course(hours="2", where=BOTH, languages="English"),
        ),
        yes=words("language.es language.en pay.medicaid pay.sliding care.outpatient age.adults"),
    ),
    Example(
        "Moss and Lantern",
        "Counseling practice",
        "Lake Oswego",
        "97034",
        "Talking therapy for adults and couples. The two counselors do not run courses.",
        yes=words("care.outpatient age.adults pay.private"),
        no=words("pay.medicaid"),
    ),
    Example(
        "Willow Ford Recovery",
        "Day program",
        "Portland",
        "97266",
        "A day program for recovery from drug use. Mindfulness practice opens each morning.",
        (
            Offer(sessions="Each weekday morning", price=(None, None), accepting="yes"),
            course(where="video", note="For people who have finished the day program."),
        ),
        organization="Three Herons Care",
        yes=words("care.day care.intensive-outpatient focus.recovery pay.medicaid age.adults"),
        no=words("care.residential care.inpatient age.children"),
        notes={"care.day": "Mon to Fri"},
    ),
    Example(
        "Ninth Bridge Wellness",
        "Integrative health center",
        "Portland",
        "97209",
        "Acupuncture, massage and an evening course, four floors up with an elevator.",
        (course(where=BOTH, price=(480, 480)), one_to_one(75, price=(180, 180))),
        yes=words("access.evenings access.step-free pay.self-pay age.adults access.transit"),
        no=words("pay.medicaid pay.medicare"),
    ),
    Example(
        "Cedar Kettle Pain Clinic",
        "Outpatient clinic",
        "Troutdale",
        "97060",
        "A pain doctor, a physical therapist and a teacher plan your course together.",
        (one_to_one(50), course(hours="2", accepting="no")),
        yes=words("focus.pain pay.medicare pay.private care.outpatient access.parking"),
        no=words("pay.medicaid"),
    ),
    Example(
        "Kestrel Door",
        "Shelter with a support program",
        "Portland",
        "97233",
        "Rooms and quiet groups for women who have left violence at home. The address is not "
        "given out.",
        (Offer(sessions="Once a week", price=(None, None), note="For women who stay here."),),
        yes=words("for.women focus.trauma pay.free language.en language.es age.adults"),
        silent=SHELTER,
        no=words("pay.private"),
        hours="Every day, at any hour",
        confidential=True,
    ),
    Example(
        "Pale Moon Movement",
        "Group program",
        "West Linn",
        "97068",
        "Gentle yoga comes first here; the sitting practice grows week by week.",
        (course(where="person", hours="2"),),
        yes=words("access.lying-down age.adults age.older"),
        no=words("pay.medicaid"),
    ),
    Example(
        "Hazel Orchard Health",
        "Rural clinic",
        "Newberg",
        "97132",
        "A rural clinic that brings the course to people by video, one hour at a time.",
        (course(12, "video", hours="1"),),
        yes=words("pay.medicaid pay.medicare care.outpatient language.es age.older"),
    ),
    Example(
        "Larch House Salem",
        "Intensive outpatient program",
        "Salem",
        "97301",
        "Nine hours a week of recovery work, two of them in mindfulness, while you live at home.",
        (Offer(where=BOTH, sessions="2 hours a week, part of the program", price=(None, None)),),
        organization="Larch House",
        yes=words("care.intensive-outpatient focus.recovery pay.medicaid pay.private age.adults"),
        no=words("care.residential care.inpatient"),
    ),
    Example(
        "Wren and Otter Mindfulness",
        "Group program",
        "Eugene",
        "97401",
        "Two teachers, eight weeks, twelve chairs, and a day of quiet practice in week six.",
        (course(where=BOTH, note="One longer day in week six."),),
        yes=words("pay.sliding pay.payment-help age.adults language.en access.transit"),
    ),
    Example(
        "Fernbank Integrative Health Bend",
        "Outpatient clinic",
        "Bend",
        "97701",
        "The six-week course with a nurse who knows autoimmune conditions.",
        (course(6, "person", hours="2"), one_to_one(60, BOTH)),
        organization="Fernbank Integrative Health Partners",
        yes=words("pay.private care.outpatient age.adults language.en access.parking"),
    ),
    Example(
        "Rogue Lantern Clinic",
        "Community clinic",
        "Medford",
        "97501",
        "A community clinic with one group a season. Nobody is turned away over money.",
        (course(hours="2"),),
        yes=words("pay.medicaid pay.sliding language.es care.outpatient age.adults"),
    ),
    Example(
        "Camas Field Counseling",
        "Counseling practice",
        "Corvallis",
        "97330",
        "Counselors who see couples in which one person is ill.",
        (one_to_one(75, BOTH, form="one couple"),),
        yes=words("for.caregivers for.lgbtq care.outpatient age.adults pay.private"),
    ),
    Example(
        "Driftwood Bay Clinic",
        "Community clinic",
        "Astoria",
        "97103",
        "Medical care and counseling on the coast. Ask whether a course is planned.",
        yes=words("pay.medicaid pay.medicare care.outpatient age.adults access.parking"),
    ),
    Example(
        "Orchard Wind Wellness",
        "Group program",
        "Hood River",
        "97031",
        "A barn with a wood floor and wide doors. Courses begin in spring and in autumn.",
        (course(where="person", price=(400, 460)),),
        yes=words("access.step-free access.parking pay.self-pay"),
        no=words("pay.medicaid pay.medicare pay.private"),
    ),
]

OHIO = [
    Example(
        "Buckthorn Valley Health Columbus",
        "Hospital program",
        "Columbus",
        "43215",
        "A hospital course for people in cancer treatment, in a room near the infusion ward.",
        (course(hours="2"), one_to_one(50, BOTH)),
        organization="Buckthorn Valley Health",
        yes=words(
            "focus.cancer setting.hospital pay.medicare pay.medicaid pay.private access.parking "
            "care.inpatient"
        ),
    ),
    Example(
        "Clover Alley Counseling",
        "Counseling practice",
        "Columbus",
        "43202",
        "A student clinic for talking therapy at a low fee. Supervisors sit in.",
        yes=words("pay.sliding pay.self-pay care.outpatient age.adults for.lgbtq"),
    ),
    Example(
        "Quarry Lark Pain Center",
        "Outpatient clinic",
        "Dublin",
        "43017",
        "A pain center that runs the course beside nerve blocks and physical therapy.",
        (course(where=BOTH), one_to_one(50)),
        yes=words("focus.pain pay.private pay.medicare care.outpatient age.adults"),
        no=words("pay.medicaid"),
    ),
    Example(
        "Juniper Door",
        "Shelter with a support program",
        "Columbus",
        "43219",
        "A safe house with counseling and a daily sitting group. We do not print where it stands.",
        (
            Offer(
                sessions="Half an hour a day", price=(None, None), note="For people who stay here."
            ),
        ),
        yes=words("focus.trauma pay.free language.en language.interpreter access.childcare"),
        silent=SHELTER,
        hours="Every day, at any hour",
        confidential=True,
    ),
    Example(
        "Lantern Lake Mindfulness",
        "Group program",
        "Cleveland",
        "44113",
        "Groups for long-term illness in a former library, with a course by video in winter.",
        (course(where="person", accepting="yes"), course(where="video", price=(300, 300))),
        yes=words("setting.community access.transit pay.sliding age.adults age.older"),
    ),
    Example(
        "Buckthorn Valley Health Cleveland",
        "Hospital program",
        "Cleveland",
        "44106",
        "Part of heart care: people join the course after a heart event, with a nurse in the room.",
        (course(hours="2"),),
        organization="Buckthorn Valley Health",
        yes=words("setting.hospital pay.medicare pay.medicaid pay.private access.step-free"),
    ),
    Example(
        "Grey Gull Therapy",
        "Counseling practice",
        "Lakewood",
        "44107",
        "A psychologist who joins MBSR with CBT for pain, one to one.",
        (one_to_one(50, BOTH, price=(150, 150)),),
        yes=words("focus.pain pay.private care.outpatient for.lgbtq"),
    ),
    Example(
        "Seven Sparrows Pain Program",
        "Day program",
        "Cincinnati",
        "45202",
        "Three weeks of full days for pain that has taken over: movement, talk and mindfulness.",
        (Offer(sessions="3 weeks, part of each day", price=(None, None)),),
        yes=words("care.day focus.pain pay.private pay.medicare age.adults access.step-free"),
        no=words("care.residential pay.free"),
    ),
    Example(
        "Hill and Hollow Counseling",
        "Counseling practice",
        "Cincinnati",
        "45219",
        "Evening groups for adults, and one group for teens who live with migraine.",
        (
            course(hours="2", where=BOTH),
            course(6, "video", hours="1", note="For teens; a parent joins the first session."),
        ),
        yes=words("access.evenings age.teens age.adults care.outpatient"),
    ),
    Example(
        "Buckthorn Valley Health Dayton",
        "Outpatient clinic",
        "Dayton",
        "45402",
        "A course for veterans and their families, by video or in the clinic.",
        (course(where=BOTH, form="group family"),),
        organization="Buckthorn Valley Health",
        yes=words("for.veterans for.caregivers pay.military pay.medicare care.outpatient"),
    ),
    Example(
        "Maumee Moon Center",
        "Integrative health center",
        "Toledo",
        "43604",
        "The course beside tai chi and massage, in a house by the river.",
        (course(where="person"), one_to_one(60, "video")),
        yes=words("pay.self-pay language.ar age.adults access.parking"),
    ),
    Example(
        "Canal Thistle Clinic",
        "Community clinic",
        "Akron",
        "44308",
        "A free clinic, open two days a week, with a short course each fall.",
        (course(6, "person", hours="1½", note="Free of charge."),),
        yes=words("pay.free care.outpatient age.adults language.en"),
        silent=FREE,
        no=words("pay.private"),
        hours="Tue and Thu, noon to 8 pm",
    ),
    Example(
        "Pawpaw Ridge Recovery",
        "Residential program",
        "Athens",
        "45701",
        "Thirty days in the hills for recovery from opioid use, with two practice hours a day.",
        (Offer(sessions="Each day, part of the stay", price=(None, None), accepting="yes"),),
        yes=words("pay.medicaid age.adults language.en care.residential focus.recovery"),
        no=words("care.outpatient care.inpatient"),
    ),
    Example(
        "Amber Mound Counseling",
        "Counseling practice",
        "Newark",
        "43055",
        "Two counselors; groups are small, and you can begin in any week.",
        (Offer("group", BOTH, "1½ hours a week, begin at any time", accepting="yes"),),
        yes=words("pay.medicaid pay.private care.outpatient age.adults"),
    ),
    Example(
        "Steel Finch Recovery",
        "Intensive outpatient program",
        "Youngstown",
        "44503",
        "Evening recovery groups for people who work by day. Mindfulness is on Thursdays.",
        (Offer("group", "person", "Thursdays, part of the program", price=(None, None)),),
        yes=words("care.intensive-outpatient focus.recovery access.evenings pay.medicaid"),
        no=words("care.residential care.inpatient"),
    ),
    Example(
        "Plain Oak Mindfulness",
        "Group program",
        "Wooster",
        "44691",
        "A teacher who once was a farm nurse. Courses fit around planting and harvest.",
        (course(10, "person", hours="2", price=(200, 280)),),
        yes=words("pay.self-pay pay.payment-help setting.community age.older"),
    ),
    Example(
        "Blue Barn Wellness",
        "Integrative health center",
        "Findlay",
        "45840",
        "Massage, acupuncture and nutrition advice. No mindfulness course at this time.",
        yes=words("pay.self-pay age.adults access.parking"),
        no=words("pay.medicaid pay.medicare"),
    ),
]

TEXAS = [
    Example(
        "Bluestem Pain and Wellness Austin",
        "Outpatient clinic",
        "Austin",
        "78704",
        "A clinic for back and joint pain. The course runs at noon and again at six.",
        (course(where=BOTH, accepting="yes"), one_to_one(50)),
        organization="Bluestem Pain and Wellness",
        yes=words("focus.pain access.evenings pay.private pay.medicare care.outpatient"),
    ),
    Example(
        "Slow Creek Mindfulness",
        "Group program",
        "Austin",
        "78751",
        "A nonprofit with eight-week courses by video for the whole state.",
        (course(where="video", accepting="yes", price=(60, 360), note="You choose what you pay."),),
        yes=words("pay.sliding pay.payment-help access.captions age.adults for.lgbtq"),
        no=words("pay.medicaid pay.medicare pay.private"),
    ),
    Example(
        "Pecan Step Counseling",
        "Counseling practice",
        "Round Rock",
        "78664",
        "Counseling for people who are newly diagnosed and do not know where to begin.",
        (one_to_one(60, BOTH),),
        yes=words("pay.private care.outpatient age.adults for.caregivers"),
    ),
    Example(
        "Bayou Lantern Clinic",
        "Community clinic",
        "Houston",
        "77004",
        "Groups in English, Spanish and Vietnamese in one clinic near the light rail.",
        (
            course(hours="2", languages="English"),
            course(hours="2", languages="Spanish"),
            course(hours="2", languages="Vietnamese"),
        ),
        yes=words("language.en language.es language.vi access.transit pay.medicaid pay.sliding"),
    ),
    Example(
        "Coral Bean Counseling",
        "Counseling practice",
        "Houston",
        "77006",
        "A practice for people in and after pregnancy who live with pain.",
        (one_to_one(50, BOTH), course(6, "video", hours="1½")),
        yes=words("for.pregnant for.women pay.private care.outpatient age.adults"),
    ),
    Example(
        "Pine Thicket Health",
        "Outpatient clinic",
        "Spring",
        "77373",
        "Heart and diabetes care with a course on quiet afternoons.",
        (course(hours="2"),),
        yes=words("pay.medicare pay.private care.outpatient age.older access.parking"),
    ),
    Example(
        "Bluestem Pain and Wellness Dallas",
        "Outpatient clinic",
        "Dallas",
        "75204",
        "Nurses and physical therapists teach the course in pairs.",
        (course(where="person"), one_to_one(50, "video")),
        organization="Bluestem Pain and Wellness",
        yes=words("focus.pain pay.private care.outpatient age.adults access.step-free"),
    ),
    Example(
        "Magpie Court Therapy",
        "Counseling practice",
        "Dallas",
        "75206",
        "Therapy for children and teens with a long illness, and for their parents.",
        yes=words("age.children age.teens for.caregivers pay.private"),
    ),
    Example(
        "Longgrass Pain Program",
        "Hospital program",
        "Fort Worth",
        "76104",
        "A hospital pain program with a long waiting list and a short video course meanwhile.",
        (course(accepting="no"), course(6, "video", hours="1", accepting="yes")),
        yes=words("setting.hospital focus.pain pay.medicare pay.private pay.medicaid"),
    ),
    Example(
        "Mission Thrush Center",
        "Group program",
        "San Antonio",
        "78205",
        "Bilingual courses downtown; family may join the last session.",
        (course(where=BOTH, languages="English, Spanish"),),
        yes=words("language.en language.es pay.sliding access.transit age.adults"),
    ),
    Example(
        "Agave Gate Recovery",
        "Residential program",
        "San Antonio",
        "78209",
        "A house for recovery from alcohol use. Veterans make up about half of each group.",
        (Offer(sessions="3 times a week, part of the stay", price=(None, None)),),
        yes=words(
            "for.veterans pay.military pay.private age.adults care.day care.residential "
            "focus.recovery"
        ),
        no=words("pay.medicaid care.inpatient"),
    ),
    Example(
        "Two Mesas Clinic",
        "Community clinic",
        "El Paso",
        "79901",
        "Care on both sides of the language line: all staff speak Spanish and English.",
        (course(8, "person", hours="2", languages="Spanish, English"), one_to_one(50, BOTH)),
        yes=words("language.es language.en pay.medicaid pay.sliding care.outpatient"),
    ),
    Example(
        "Cotton Star Counseling",
        "Counseling practice",
        "Lubbock",
        "79401",
        "Faith-friendly counseling for grief and illness. Courses are held elsewhere.",
        yes=words("care.outpatient age.adults pay.private pay.self-pay"),
    ),
    Example(
        "Heron Pass Health",
        "Outpatient clinic",
        "Corpus Christi",
        "78401",
        "A clinic by the bay with a course for arthritis, taught mostly in chairs.",
        (course(10, "person", hours="1½"),),
        yes=words("age.older pay.medicare access.step-free access.parking care.outpatient"),
    ),
    Example(
        "Brazos Wren Group",
        "Group program",
        "Waco",
        "76710",
        "Volunteers and one trained teacher; the room is lent by a church, the course is not "
        "religious.",
        (course(where="person", note="Free of charge."),),
        yes=words("pay.free setting.community access.childcare age.adults"),
        silent=FREE,
    ),
    Example(
        "Post Oak Mind Lab",
        "Group program",
        "College Station",
        "77840",
        "Short courses for students and staff, and for anyone from the town.",
        (
            course(6, BOTH, hours="1½"),
            Offer(form="", where="", note="Other ways to take part: ask."),
        ),
        yes=words("pay.self-pay age.adults language.en language.zh"),
    ),
    Example(
        "Bluestem Pain and Wellness Abilene",
        "Outpatient clinic",
        "Abilene",
        "79601",
        "One teacher, one nurse, and people who drive in from far away.",
        (course(12, BOTH, hours="1½"),),
        organization="Bluestem Pain and Wellness",
        yes=words("pay.medicare pay.private care.outpatient access.parking"),
    ),
    Example(
        "Clear Spring House",
        "Day program",
        "San Marcos",
        "78666",
        "Days of recovery work after a hospital stay, with a practice hour before lunch.",
        (Offer(sessions="An hour each weekday", where=""),),
        yes=words("care.day focus.recovery pay.private age.adults"),
        no=words("care.residential care.inpatient"),
    ),
]

PLACES = (*OREGON, *OHIO, *TEXAS)
