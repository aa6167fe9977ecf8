"""The shell texts of the site, and the words it explains."""

from functools import cached_property

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.languages.alternates import route_in
from portal.languages.sorting import by_name
from portal.languages.texts import text
from portal.records.models import PageRecord, Record, RecordQuerySet, written_first


class Place(models.TextChoices):
    """Which page of the site this is: the site asks for each by name, once."""

    HOME = "home", _("home")
    APPROACH = "approach", _("approach")
    NATIONAL_POLICY = "national-policy", _("national policy")
    INTERNATIONAL_COOPERATION = "international-cooperation", _("international cooperation")
    LEGAL_NOTICE = "legal-notice", _("legal notice")
    PRIVACY = "privacy", _("privacy and cookies")
    ACCESSIBILITY = "accessibility", _("accessibility statement")
    REUSE = "re-use", _("re-use")
    CONTACT = "contact", _("contact")
    WHERE_TO_TURN = "where-to-turn", _("where to turn")


SECTIONS = (Place.APPROACH, Place.NATIONAL_POLICY, Place.INTERNATIONAL_COOPERATION)
LEGAL = (
    Place.WHERE_TO_TURN,
    Place.LEGAL_NOTICE,
    Place.PRIVACY,
    Place.ACCESSIBILITY,
    Place.REUSE,
    Place.CONTACT,
)


class PageQuerySet(RecordQuerySet):
    def legal(self):
        return self.filter(place__in=LEGAL)

    def for_list(self):
        """The list of pages is that of the legal ones; the others have their own places."""
        return super().for_list().legal()


class Page(PageRecord):
    """A text of the site itself: home, a section, or a legal page."""

    path_word = pgettext_lazy("address", "legal")
    list_title = _("About this site")
    list_lead = _("Who publishes, under what terms, how to reach us, and where else to turn.")
    link_field = "place"
    always_stands = True
    search_rank = 2

    place = models.CharField(_("place"), max_length=40, choices=Place)

    objects = PageQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            *PageRecord.Meta.constraints,
            UniqueConstraint(
                fields=["place"],
                name="every_place_has_one_page",
                violation_error_code="place",
                violation_error_message=_("This place already has its page. Change that one."),
            ),
        ]

    @property
    def names_publisher(self) -> bool:
        """Nothing stands between a reader in need and a number to call."""
        return self.place != Place.WHERE_TO_TURN

    def route(self, lang: str) -> tuple[str, dict]:
        """Home is the language alone, a section stands at the root, the rest under “legal”."""
        if self.place == Place.HOME:
            return "home", {}
        if self.place in SECTIONS:
            return "section", {"slug": self.slug_in(lang)}
        return super().route(lang)


class Term(Record):
    """A word of the field and its meaning: an entry on the glossary page."""

    headline = "term"
    short_form = "abbreviation"
    prose = ("meaning",)
    loose_texts = ("abbreviation", "forms", "also")
    is_agreed = True
    other_forms = "forms"
    avoided_forms = "also"
    explained_in = "meaning"
    search_rank = 4

    term = models.CharField(_("term"), max_length=120, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    forms = models.TextField(
        _("other forms"),
        blank=True,
        help_text=_("One a line: other forms of this word that texts use, such as plurals."),
    )
    meaning = models.TextField(
        _("meaning"), blank=True, help_text=_("One or two sentences in everyday words.")
    )
    also = models.TextField(
        _("readers' words"),
        blank=True,
        help_text=_("One a line: words that readers use for this and that the texts do not."),
    )

    class Meta(Record.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [*Record.Meta.constraints, *written_first("term", "meaning")]

    @property
    def anchor(self) -> str:
        """Bound to the identity, so that it outlives a better wording."""
        return f"term-{self.uuid.hex[:8]}"

    @cached_property
    def other_terms(self) -> list:
        shown = text(self, "term").lang
        return [text(self, "term", code) for code in self.languages if code != shown]

    def shown_at(self, lang: str) -> str:
        return f"{route_in('glossary', lang)}#{self.anchor}"


def in_reading_order(terms) -> list[Term]:
    return by_name(terms, lambda term: text(term, "term"))
