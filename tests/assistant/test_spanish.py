"""Who writes in Spanish and whom no page in English answers."""

import pytest

from assistant.answers import answer
from tests.factories import create_town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


def said(found):
    return " ".join(sentence.text for sentence in found.sentences)


@pytest.mark.parametrize(
    "message",
    ["me siento muy triste, ¿qué puedo hacer?", "no puedo dormir", "¿Cuánto cuesta la terapia?"],
)
def test_a_message_in_spanish_is_led_to_what_is_in_spanish(message):
    found = answer(message)
    assert found.lang == "es" and "1-800-662-4357: Línea de ayuda de SAMHSA" in said(found)
    assert [url for _, url in found.links] == ["/ayuda/", "/providers/?language=es"]


@pytest.mark.parametrize(
    "message",
    ["quiero ayuda para dejar de beber", "¿puedo dejar de tomar mi medicina?", "necesito ayuda, "
     "mi esposo quiere dejar el alcohol"],
)  # fmt: skip
def test_who_speaks_in_spanish_of_stopping_reads_the_warning_first(message):
    assert "puede ser peligroso. No lo haga sin ayuda médica." in said(answer(message))


def test_what_is_in_spanish_is_marked_so(client):
    sent = {"q": "no puedo dormir"}
    page = client.post("/assistant/", sent, headers={"Sec-Fetch-Site": "same-origin"}).text
    assert '<p lang="es">1-800-662-4357' in page
    assert '<ul class="dots" lang="es">' in page


@pytest.mark.parametrize(
    ("message", "near"),
    [
        ("busco un terapeuta cerca de Laredo, TX que hable español", "Laredo, TX"),
        ("busco terapeuta para mi hijo en Laredo, TX", "Laredo, TX"),
        ("terapia para el dolor crónico cerca de Laredo, TX", "Laredo, TX"),
        ("clínica cerca de Laredo, TX", "Laredo, TX"),
        ("EMDR cerca de Laredo, TX", "Laredo, TX"),
    ],
)
def test_a_search_in_spanish_is_a_search(message, near):
    create_town(name="Laredo", state="TX", at=(27.5, -99.5), population=255000)
    assert answer(message).places.near == near


def test_english_with_a_word_or_two_of_spanish_stays_english():
    assert not answer("hola, what is DBT?").lang
    assert not answer("is mezcal para alcohol bad for me").lang
