"""A kind of record that exists only here: what a newcomer has to write, and no more."""

from django.db import models

from actors.models import Actor
from portal.records.models import PageRecord


class Exercise(PageRecord):
    path_word = "exercises"
    list_title = "Exercises"

    led_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="exercises"
    )
    partners = models.ManyToManyField(Actor, blank=True, related_name="joint_exercises")

    class Meta(PageRecord.Meta):
        verbose_name = "exercise"
        verbose_name_plural = "exercises"
