"""In and near Portland, Oregon: the places of the drafts."""

from datetime import date

from ..shapes import BOTH, SHELTER, Example, Offer, course, one_to_one, words

PORTLAND = [
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
            one_to_one(60, price=(None, None), therapy="motivational-interviewing"),
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
        (one_to_one(60, BOTH), one_to_one(90, therapy="emdr")),
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
        (one_to_one(50, BOTH, therapy="cbt"), one_to_one(75, form="one couple", therapy="act")),
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
            Offer(sessions="Each week", price=(None, None), therapy="dbt"),
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
]
