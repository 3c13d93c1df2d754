"""Who writes in Spanish, and no page in English answers: what our page in Spanish has for them."""

import re

from django.urls import reverse

from trupaths.pages import link
from trupaths.text import fold

from .site_help import said_in

# Words that English has not, and that no town begins with.
_WORDS = frozenset(
    "quiero quiere necesito necesita busco buscamos ayuda ayudar para porque como cuanto cuesta "
    "donde que mis muy estoy tengo tiene puedo puede siento hijo hija esposo esposa hermano "
    "hermana madre padre terapia terapeuta beber tomar dejar alcohol drogas hola gracias favor "
    "esta por triste dormir ansiedad depresion ayudarme hablar medicina pastillas".split()
)
_SURE = 2  # of these words
_STOPS = re.compile(
    r"\b(?:dej(?:ar|o|e|ando)|par(?:ar|o|e|ando)|suspend(?:er|o|i)|desintoxica\w*)"
    r" (?:de )?(?:golpe )?(?:la |el |las |los |mi |mis |su |sus )?"
    r"(?:beber|tomar|alcohol|bebida|trago|drogas?|pastillas?|medicinas?|medicamentos?|heroina|"
    r"fentanilo|opioides|metadona|consumir|usar|xanax|valium)"
)
_LINE = "linea de ayuda de samhsa alcohol drogas y salud mental"


def is_spanish(text):
    """
    >>> is_spanish("¿Cuánto cuesta la terapia?"), is_spanish("EMDR para kids in El Paso")
    (True, False)
    """
    return len(_WORDS.intersection(fold(text).split()) - {"alcohol"}) >= _SURE


def stops(text):
    """Does it speak of stopping to drink, or a medicine?"""
    return is_spanish(text) and bool(_STOPS.search(fold(text)))


def warning(text):
    """((passage, its words), …): what to know first."""
    return (*said_in("ayuda", "dejar", fold(text)), *line())


def line():
    """Who answers the telephone in Spanish."""
    return said_in("ayuda", "ahora", _LINE)


def links():
    """To the page, and to places where Spanish is spoken."""
    search = link(reverse("providers:list"), language="es")
    return (
        ("Ayuda en español", reverse("ayuda")),
        ("Lugares que atienden en español", search),
    )
