"""What is taken of a spreadsheet that staff send: how large it may be, looked at before it is read.

A small file can unfold to gigabytes, or name a cell a billion cells away. So what a workbook holds
is counted in its bytes first, and of its sheet no more is read than may be imported at once.
"""

import io
import zipfile
from itertools import islice

import tablib
from django.core.exceptions import ValidationError
from import_export.formats import base_formats
from import_export.forms import ImportForm

LARGEST = 5_000_000  # bytes; more goes through `manage.py import_listings`
LARGEST_UNPACKED = 20_000_000  # a workbook is an archive, and is read into memory
ROWS, COLUMNS = 5_000, 100
CELLS = 200_000
TAGS = 600_000  # a cell of a workbook is about four, each of them work
SHEETS = 100
SPLIT = "Split it, or have it read by import_listings."


class UploadForm(ImportForm):
    def clean_import_file(self):
        upload = self.cleaned_data["import_file"]
        if upload.size > LARGEST:
            raise ValidationError(f"The file is larger than 5 MB. {SPLIT}")
        if zipfile.is_zipfile(upload):
            _check_workbook(upload)
        upload.seek(0)
        return upload


def _check_workbook(upload):
    tags = sheets = 0
    try:
        with zipfile.ZipFile(upload) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise ValidationError("The file is larger than 20 MB when unpacked. Split it.")
            for part in archive.infolist():
                data = _unpacked(archive, part)
                if b"<!DOCTYPE" in data:
                    raise ValidationError("The file holds what no spreadsheet program writes.")
                tags, sheets = tags + data.count(b"<"), sheets + data.count(b"sheetId")
    except ValidationError:
        raise
    except Exception:  # each way to pack has its own
        raise ValidationError("The file is damaged. Save it once more.") from None
    if tags > TAGS or sheets > SHEETS:
        raise ValidationError(f"The file holds too many cells. {SPLIT}")


def _unpacked(archive, part):
    """What a part holds, if that is as much as the archive says of it.

    `zipfile` cuts off what is more, but unpacks it first: so it is told another size.
    """
    said, part.file_size = part.file_size, LARGEST_UNPACKED
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    with archive.open(part) as packed:
        data = packed.read(said + 1)
    if len(data) != said:
        raise zipfile.BadZipFile
    return data


def _checked(dataset):
    if len(dataset) > ROWS:
        raise ValidationError(f"The file has more than {ROWS:,} rows. {SPLIT}")
    return dataset


class CSV(base_formats.CSV):
    def create_dataset(self, in_stream, **kwargs):
        if "\0" in in_stream:  # which PostgreSQL refuses in any text
            raise ValidationError("The file holds a NUL character. Save it once more, as UTF-8.")
        if in_stream.count(",") + in_stream.count("\n") > CELLS:
            raise ValidationError(f"The file holds too many cells. {SPLIT}")
        return _checked(super().create_dataset(in_stream, **kwargs))


class XLSX(base_formats.XLSX):
    def create_dataset(self, in_stream):
        import openpyxl  # as import_export does: only who reads a workbook waits for it

        book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
        columns = min(book.active.max_column or COLUMNS, COLUMNS)
        rows = book.active.iter_rows(max_row=ROWS + 2, max_col=columns, values_only=True)
        head = list(next(rows, ()))
        while head and head[-1] is None:  # where a sheet does not say how wide it is
            head.pop()
        dataset = tablib.Dataset(headers=head)
        for row in islice(rows, ROWS + 1):
            cells = row[: len(head)]
            dataset.append([*cells, *[None] * (len(head) - len(cells))])
        return _checked(dataset)
