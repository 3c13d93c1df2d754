"""What the made-up places say of themselves, in parts that fit together into one sentence.

Plain and level. A part may carry what it says as terms, so that the sentence and the facts agree:
`yes` and `no` as "facet.slug".
"""

from dataclasses import dataclass

from .shapes import words


@dataclass(frozen=True)
class Part:
    text: str
    yes: tuple = ()
    no: tuple = ()
    visits: bool = False  # makes no sense for people who stay overnight

    def fits(self, kind):
        """Whether a place of this kind may say it."""
        against = {*self.yes} & {*kind.no, *kind.silent} or {*self.no} & {*kind.yes, *kind.silent}
        return not against and not (self.visits and "care.residential" in kind.yes)


def part(text, yes="", no="", **more):
    return Part(text, words(yes), words(no), **more)


# After who they are: where they are. 37 of them, prime, so that pairs with ENDINGS seldom repeat.
SETTINGS = (
    part("over a hardware store", no="access.step-free"),
    part("in a former post office"),
    part("at the last stop of a bus line", "access.transit"),
    part("behind the fire station"),
    part("on the ground floor of an office block", "access.step-free"),
    part("in a brick house with a porch"),
    part("across from the county courthouse"),
    part("in two rooms of an old bank"),
    part("beside a dry cleaner"),
    part("in a low building by the highway", "access.parking"),
    part("upstairs from a pharmacy", no="access.step-free"),
    part("in a converted house"),
    part("next to a lumber yard"),
    part("in a row of shops with a shared lot", "access.parking"),
    part("by the rail yard"),
    part("in the old part of town"),
    part("on a side street with little traffic"),
    part("in a former school", "access.step-free"),
    part("above a bicycle shop", no="access.step-free"),
    part("a block from the main library"),
    part("in a house without a sign"),
    part("facing a parking lot"),
    part("in a medical building with an elevator", "access.step-free"),
    part("under the same roof as a dentist"),
    part("in what was once a print shop"),
    part("at the edge of an industrial park", "access.parking", "access.transit"),
    part("two doors from the laundromat"),
    part("in the basement of a town hall"),
    part("beside a community garden"),
    part("on the second floor, by stairs only", no="access.step-free"),
    part("near the fairgrounds"),
    part("in a former motel, rooms to the court", "access.parking"),
    part("over the water department"),
    part("by the bus station", "access.transit"),
    part("in a warehouse with new walls"),
    part("next to a grocery", "access.parking"),
    part("in three rooms off one hall"),
)

# For hospitals instead.
WARDS = (
    part("on the third floor of a hospital"),
    part("in the east wing of a hospital"),
    part("in a hospital, past the laboratory"),
    part("in the old nurses’ quarters of a hospital"),
    part("in a hospital, beside physical therapy"),
    part("in the outpatient building of a hospital"),
    part("in a county hospital"),
)

# How the sentence goes on. 41 of them, prime as well.
ENDINGS = (
    part("; the first talk is by telephone"),
    part(", open late on two evenings a week", "access.evenings", visits=True),
    part("; people are asked to bring a list of their medicines"),
    part(", with one staff member who speaks Spanish", "language.es"),
    part(", where a first visit takes about an hour and a half", visits=True),
    part("; fees are set by income", "pay.sliding"),
    part(", with a separate entrance for people who would rather not be seen"),
    part("; a referral is not needed"),
    part(", with a wait of some weeks in most seasons", visits=True),
    part("; interpreters can be booked a week ahead", "language.interpreter"),
    part(", where family may sit in on the first visit", "for.caregivers"),
    part("; Saturdays are kept for people who work", "access.weekends", visits=True),
    part(", with chairs that have arms and a room to lie down", "access.lying-down"),
    part("; most people come by referral from a family doctor"),
    part(", with a quiet place to wait", "access.quiet-room"),
    part("; they send bills to insurers and explain the answer", "pay.private"),
    part(", where people with long-term pain make up half of those seen", "focus.pain"),
    part("; two staff members have served in the military", "for.veterans"),
    part(", with childcare on Wednesdays", "access.childcare", visits=True),
    part("; missed visits can be moved without a charge", visits=True),
    part(", where notes are shared with your doctor only if you agree"),
    part("; payment in parts is possible", "pay.payment-help"),
    part(", seeing mostly people of 65 and older", "age.older"),
    part("; nobody has to speak in front of others"),
    part(", where a course of care is planned for three months at a time"),
    part("; they work with people after cancer treatment", "focus.cancer"),
    part(", with forms in large print"),
    part("; no evening or weekend hours", no="access.evenings access.weekends", visits=True),
    part(", with a sign language interpreter on request", "language.asl"),
    part("; people in recovery and people who are not come alike", "focus.recovery"),
    part(", where staff are trained in care after trauma", "focus.trauma"),
    part("; the same person sees you each time", visits=True),
    part(", with a second office two towns away"),
    part("; they ask for a day’s notice if you cannot come", visits=True),
    part(", taking Medicaid and no other insurance", "pay.medicaid",
         "pay.private pay.medicare pay.military"),
    part("; they take no insurance and give a receipt", "pay.self-pay",
         "pay.private pay.medicaid pay.medicare pay.military"),
    part(", where LGBTQ+ people have a group of their own", "for.lgbtq"),
    part("; a nurse answers the telephone in the morning"),
    part(", with a list for visits that become free at short notice", visits=True),
    part("; care around pregnancy is one part of the work", "for.pregnant"),
    part(", where the building closes when the schools do", visits=True),
)  # fmt: skip

VIDEO = (
    part("Counselors in four towns who work by video only, for people anywhere in the state."),
    part("A practice without an office: all visits are by video, on a telephone or a computer."),
    part("Video visits before work and at noon; a test call comes first."),
    part("Two therapists who meet people by video, with captions on request.", "access.captions"),
    part("A service by video, with the camera on or off as you choose."),
    part("A service by video for people who live far from a clinic."),
    part("Care by video for people who cannot leave home, and for those who look after them.",
         "for.caregivers"),
    part("One psychologist and two counselors, by video, four days a week."),
    part("Meetings by video, and by telephone when the connection fails."),
    part("A team of six by video; they send exercises on paper by mail."),
    part("By video in the morning and late in the evening, for two time zones.", "access.evenings"),
    part("By video only, with staff who are licensed in this state."),
    part("A practice for people on night shifts, by video from noon to midnight.",
         "access.evenings"),
    part("Video care with one person throughout, from the first call to the last."),
    part("A small service by video that began in a rural county."),
    part("By video, for adults; people in crisis are sent to local help.", "age.adults",
         "age.teens age.children"),
    part("Therapists who share one calendar and meet people by video."),
    part("Evening visits by video, in English and Spanish.",
         "access.evenings language.en language.es"),
    part("Sessions by video with a break halfway, for people who tire quickly."),
    part("A practice by video that asks for a local emergency contact first."),
    part("Two nurses and a counselor who work by video with people after a hospital stay."),
    part("Video sessions, with a workbook that you print or receive by mail."),
    part("By video, with a paper form for those who would rather not write online."),
)  # fmt: skip

SHELTER = (
    part("A house for people who had to leave home, with counseling for adults and for children.",
         "age.adults age.children"),
    part("Rooms for families for up to ninety days; the address is given by telephone."),
    part("A shelter with two counselors; where it stands is not printed."),
    part("A place to stay for people who left violence, with care after trauma."),
    part("A safe house in a rural county, with counseling on weekdays."),
    part("Beds for twelve women, and talking therapy for those who want it.", "for.women"),
    part("A program for people who left trafficking; staff meet them at a place they choose."),
    part("Counseling for people in hiding, with interpreters by telephone.",
         "language.interpreter"),
    part("A shelter for young adults, with one therapist on staff.", "age.adults"),
)  # fmt: skip

DESCRIPTIONS = (
    "The first visit is for questions on both sides. Nothing is decided that day.",
    "Staff answer the telephone in the morning and call back in the afternoon.",
    "If there is no room, they keep a list and say how long it may be.",
    "A doctor visits twice a month. Medicines are prescribed only on those days.",
    "Bring an insurance card if you have one. They look up what it covers before the first visit.",
    "The groups are closed: the same people meet from the first week to the last.",
    "The groups are open: you can begin in any week.",
    "Students in training give part of the care, with a licensed person in charge.",
    "There is a form before the first visit. It takes about twenty minutes; help is given.",
    "The front door has a bell. The waiting room is small.",
    "They can write to your employer or school if you ask them to.",
    "Most people come once a week at first, later every second week.",
    "The staff of a nearby clinic see people here on Thursdays.",
    "Cancellations cost nothing until noon the day before.",
)

HOURS = (
    "Mon to Fri, 9 am to 5 pm",
    "Mon to Fri, 8 am to 4:30 pm",
    "Mon to Fri, 10 am to 6 pm",
    "Mon to Thu, 8 am to 5 pm",
    "Mon to Thu, 9 am to 7 pm\nFri, 9 am to noon",
    "Mon, Tue, Thu, 8 am to 6 pm\nWed, noon to 8 pm",
    "Tue to Fri, 9 am to 5 pm\nSat, 9 am to 1 pm",
    "Mon to Fri, 7 am to 3 pm",
    "Mon and Wed, 9 am to 1 pm",
    "Tue and Thu, 1 pm to 7 pm",
    "Mon to Fri, 8:30 am to noon\nand 1 pm to 5 pm",
    "Mon to Sat, 8 am to 8 pm",
    "Weekdays, 9 am to 4 pm; leave a message at other times",
)
ANY_HOUR = "Every day, at any hour"
