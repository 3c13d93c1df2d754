"""What belongs to no app: uses of something that is limited."""

from django.db import models


class Use(models.Model):
    """One use of something that is limited. Gone once it counts no more; see `limits`."""

    key = models.CharField(max_length=64, db_index=True)
    until = models.DateTimeField(db_index=True)
