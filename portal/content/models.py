"""Which revisions say what a content file said, though they carry a person's name."""

from django.db import models

from portal.publishing.models import Revision


class FromFile(models.Model):
    """A revision that was taken from a content file in the name of an account.

    Its author answers for it, but nobody edited anything at the desk: a later change of the
    file may be proposed on top of it.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="from_file")

    def __str__(self) -> str:
        return str(self.revision)
