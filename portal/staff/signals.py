"""What this room asks of those that know more."""

from django.dispatch import Signal

# account: one that was closed. Each listener answers with sentences that say what it leaves
# undone, and what to do about it; none, and nothing is said.
left_undone = Signal()
