"""A kind of record that exists only here: what a newcomer has to write, and no more."""

from actors.models import Actor
from portal.records.fields import RecordKey, RecordSet
from portal.records.models import PageRecord


class Exercise(PageRecord):
    path_word = "exercises"
    list_title = "Exercises"

    led_by = RecordKey(Actor, related_name="exercises")
    partners = RecordSet(Actor, related_name="joint_exercises")

    class Meta(PageRecord.Meta):
        verbose_name = "exercise"
        verbose_name_plural = "exercises"
