"""LEAF: pictures in a bucket (MEDIA_BUCKET), shown under our own address like those on a disk.

Who reads a page never asks the bucket: `views.media` does, and names of pictures never change
their content, so browsers and the proxy in front keep what they got.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage  # the extra "s3"


class Bucket(S3Storage):
    def url(self, name, *args, **kwargs):
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))
