"""Names of medicines and of what is sold in the street, and marks that stand for them."""

import re

from providers.everyday import PLAIN
from trupaths.text import fold, slips

from .words import SAME

_HEADS = ("medicine", "benzodiazepine", "opioid")
_CARE_OF_OPIOIDS = frozenset("suboxone subutex sublocade buprenorphine methadone".split())
_STREET = frozenset(
    "heroin fentanyl fent meth crystal cocaine coke crack weed marijuana cannabis molly ecstasy "
    "mdma lsd acid shrooms oxys roxy roxies norco norcos ketamine lean kratom percs perc xans "
    "xannies xanny addys addies blues dope speed spice tranq thc edibles fentanilo cocaina "
    "marihuana drogas ghb pcp".split()
)
_STIMULANTS = frozenset("adderall ritalin vyvanse concerta".split())
_MORE = frozenset(
    "cymbalta lamictal depakote risperdal risperidone haldol latuda hydroxyzine propranolol "
    "clonidine trazadone mirtazapine remeron melatonin gummies cbd insulin naltrexone vivitrol "
    "buspar lunesta belsomra pristiq viibryd trintellix luvox vistaril topamax topiramate "
    "tegretol carbamazepine valproate lurasidone geodon invega clozaril clozapine olanzapine "
    "aripiprazole rexulti vraylar strattera atomoxetine guanfacine modafinil provigil "
    "amitriptyline nortriptyline doxepin imipramine prazosin metoprolol flexeril "
    "cyclobenzaprine baclofen tizanidine campral acamprosate disulfiram chantix varenicline "
    "imitrex sumatriptan triptan triptans celebrex meloxicam naproxen lidocaine antabuse "
    "ozempic sleepers tylenol ibuprofen advil aspirin benadryl nyquil unisom zzzquil dramamine "
    "tab tabs capsule capsules antipsychotic antipsychotics sertralina medicina medicinas "
    "medicamento medicamentos pastilla pastillas xanax ambien".split()
)
_MEDICINES = {word for word, head in SAME.items() if head in _HEADS} | _MORE | _STIMULANTS
_MEDICINES -= _STREET | {"drug", "drugs", "prescription", "prescriptions", "prescribed"}
_SOLD = _STREET | _STIMULANTS | {
    word for word, head in SAME.items() if head in ("benzodiazepine", "opioid")
} - _CARE_OF_OPIOIDS  # fmt: skip
_LONG = [word for word in _MEDICINES | _STREET if len(word) > 5]


def marked(message):
    """Folded, with a mark in place of each medicine and drug, also a little misspelled.

    `MED` is a medicine, `DRUG` what is sold in the street, `MED_DRUG` what is both, and `MED_CARE`
    treatment for opioid use: who asks where to get that looks for care.
    """
    return " ".join(_mark(word) for word in re.sub(r"(\d)(?=[a-z])", r"\1 ", fold(message)).split())


def _mark(word):
    if len(word) > 5 and not (word in _MEDICINES or word in _STREET or word in PLAIN):
        most = 2 if len(word) > 8 else 1
        like = (
            known for known in _LONG if known[0] == word[0] and slips(word, known, most) <= most
        )
        word = next(like, word)
    sold, medicine = word in _SOLD, word in _MEDICINES
    if word in _CARE_OF_OPIOIDS:
        return "MED_CARE"
    return "MED_DRUG" if sold and medicine else "MED" if medicine else "DRUG" if sold else word
