"""Pictures that staff upload, from the form of the admin to the page that shows them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from tests.factories import create_therapy
from tests.therapies.test_admin import form
from therapies.models import Therapy
from trupaths.pictures import WIDTHS, drawn_anew, size_of, widths

pytestmark = pytest.mark.django_db

ADD = reverse("admin:therapies_therapy_add")
GPS = 0x8825


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(name="a.jpg", *, kind="JPEG", mode="RGB", size=(40, 30), color="teal", **save):
    data = BytesIO()
    Image.new(mode, size, color).save(data, kind, **save)
    return SimpleUploadedFile(name, data.getvalue())


def take(client, file):
    """The picture of a page that was saved with this file, or the answer that refuses it."""
    answer = client.post(ADD, form(sessions_picture=file, sessions_alt="A bench in the sun."))
    return Therapy.objects.get().sessions_picture if answer.status_code == 302 else answer


def test_it_is_kept_in_three_widths_and_three_forms_under_a_random_name(admin_client, media):
    picture = take(admin_client, upload("../../my holiday.jpg", size=(2000, 1000)))
    assert "holiday" not in picture.name and size_of(picture.name) == (1600, 800)
    stem = picture.name.removeprefix("therapies/").removesuffix(".jpg")
    assert len(stem.partition("-")[0]) == 32
    kept = {str(path.relative_to(media)) for path in media.rglob("*.*") if path.is_file()}
    assert kept == {picture.name} | {
        f"therapies/{stem}/{width}.{kind}" for width in WIDTHS for kind in ("avif", "webp")
    }
    for path in kept:
        with Image.open(media / path) as shown:
            assert shown.width * 800 == shown.height * 1600


def test_nothing_but_pixels_is_kept(admin_client, media):
    exif = Image.Exif()
    exif[0x010F], exif.get_ifd(GPS)[1] = "Camera of Ann", "N"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "Ann at home")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = upload(exif=exif.tobytes(), comment=b"Ann at home", icc_profile=profile)
    take(admin_client, photo)
    Therapy.objects.all().delete()
    take(admin_client, upload("a.png", kind="PNG", pnginfo=notes, exif=exif.tobytes()))
    files = [path for path in media.rglob("*.*") if path.is_file()]
    assert len(files) == 6
    for path in files:
        assert b"Ann" not in path.read_bytes()
        with Image.open(path) as shown:
            held = {"exif", "comment", "Comment", "icc_profile", "xmp"} & set(shown.info)
            assert not held and not dict(shown.getexif()), path


def test_a_photo_taken_sideways_stands_upright(admin_client, media):
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = take(admin_client, upload(size=(40, 30), exif=exif.tobytes()))
    assert size_of(picture.name) == (30, 40)


def test_what_is_clear_stays_clear(admin_client, media):
    picture = take(admin_client, upload("a.png", kind="PNG", mode="RGBA", color=(0, 0, 0, 0)))
    assert picture.name.endswith(".png")
    for path in media.rglob("*.*"):
        if path.is_file():
            with Image.open(path) as shown:
                assert shown.convert("RGBA").getpixel((0, 0))[3] == 0, path


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"), ("PNG", "I;16"),
     ("WEBP", "RGB"), ("WEBP", "RGBA")],
)  # fmt: skip
def test_all_ways_to_hold_pixels_are_taken(kind, mode):
    assert drawn_anew(upload(kind=kind, mode=mode, color=0 if mode in ("1", "I;16") else None))


def test_a_damaged_profile_does_no_harm():
    assert drawn_anew(upload(icc_profile=b"no profile at all"))


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("a.jpg", b"<html><script>alert(1)</script>"),
        SimpleUploadedFile("a.png", upload(kind="PNG").read()[:40]),
        SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 90),
        upload("a.gif", kind="GIF"),
        upload("a.tiff", kind="TIFF"),
        upload("a.png", kind="PNG", mode="1", color=0, size=(6000, 4001)),
        upload("a.webp", kind="WEBP", size=(4000, 2001)),
        SimpleUploadedFile("a.png", b"x" * (10 * 1024 * 1024 + 1)),
    ],
    ids=["svg-as-png", "svg", "html", "cut", "damaged", "gif", "tiff", "bomb", "webp", "large"],
)
def test_other_files_are_refused_in_words(admin_client, media, file):
    text = take(admin_client, file).content.decode()
    assert "JPEG, PNG or WebP" in text or "smaller and try again" in text
    assert not list(media.rglob("*.*"))


def test_a_page_offers_each_form_and_leaves_room(admin_client, client, media):
    picture = take(admin_client, upload(size=(1000, 500)))
    Therapy.objects.update(status="published", sessions_title="Sessions")
    page = client.get(Therapy.objects.get().get_absolute_url()).content.decode()
    stem = picture.url.removesuffix(".jpg")
    assert f'<source type="image/avif" srcset="{stem}/480.avif 480w, {stem}/960.avif 960w,' in page
    assert f'<source type="image/webp" srcset="{stem}/480.webp 480w,' in page
    assert f'src="{picture.url}" alt="A bench in the sun." width="1000" height="500"' in page
    assert 'loading="lazy"' in page
    answer = client.get(f"{stem}/480.avif")
    assert b"".join(answer)[4:12] == b"ftypavif" and answer["Content-Type"] == "image/avif"


def test_a_drawing_of_ours_is_shown_as_it_is(client):
    therapy = create_therapy(
        short_name="Yoga", sessions_picture="therapies/a.svg", sessions_alt="A.", sessions_title="S"
    )
    page = client.get(therapy.get_absolute_url()).content.decode()
    assert 'src="/media/therapies/a.svg" alt="A." width="360" height="420"' in page


@given(st.integers(min_value=1, max_value=9000))
def test_no_width_is_larger_than_the_picture_and_the_last_is_its_own(most):
    kept = widths(min(most, WIDTHS[-1]))
    assert kept == sorted(set(kept)) and kept[-1] == min(most, WIDTHS[-1]) and len(kept) <= 3
