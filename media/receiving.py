"""Takes in what a form sends, as it comes: into private files without a name, no more of each than may be.

Named in ``settings.FILE_UPLOAD_HANDLERS``, because the token of a form is read before any view is asked: by
then the whole request has been received. What is too much is read on and thrown away, since a browser shows
no answer before it has sent everything.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from media import storage
from media.limits import LARGEST, REQUEST, TOGETHER
from media.probing import Refused

TOO_MANY_BYTES = f"This file has more than {LARGEST // 10**6} MB. Make it smaller and send that."
TOO_MANY_TOGETHER = f"With those before it, it has more than {TOGETHER // 10**6} MB. Send it by itself."
NOT_SIGNED_IN = "Sign in, and send this again."


class Received(UploadedFile):
    """A file as it came, or why it was not kept: that is raised by whoever reads it in chunks."""

    refused = ""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        if self.refused:
            raise Refused(self.refused)
        yield from super().chunks(chunk_size)


class Handler(FileUploadHandler):
    """Receives the files of one request."""

    file: Any
    refused = ""
    kept = 0
    """Bytes of all its files."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > REQUEST:
            raise RequestDataTooBig(f"A request has more than {REQUEST} bytes.")

    def new_file(self, *args: Any, **given: Any) -> None:
        super().new_file(*args, **given)
        # Those who may do nothing here fill no disk.
        person = getattr(self.request, "user", None)
        self.refused = "" if person and person.is_authenticated else NOT_SIGNED_IN
        self.file = storage.scratch()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.refused:
            return
        self.kept += len(raw_data)
        if start + len(raw_data) > LARGEST:
            self._refuse(TOO_MANY_BYTES)
        elif self.kept > TOGETHER:
            self._refuse(TOO_MANY_TOGETHER)
        else:
            self.file.write(raw_data)

    def _refuse(self, sentence: str) -> None:
        """What was kept of the file is gone at once."""
        self.refused = sentence
        self.kept -= self.file.tell()
        self.file.seek(0)
        self.file.truncate()

    def file_complete(self, file_size: int) -> Received:
        self.file.seek(0)
        found = Received(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )
        found.refused = self.refused
        return found
