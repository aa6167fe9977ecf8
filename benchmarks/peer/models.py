"""The fields and relations of a plan of the portal, as types of page of Wagtail."""

import json
from urllib.parse import urlsplit

from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index


class BasePage(Page):
    """With the frame that every page has."""

    template = "peer/page.html"

    class Meta:
        abstract = True

    @property
    def kind_label(self) -> str:
        return self._meta.verbose_name

    def get_context(self, request, *args, **kwargs):
        home = HomePage.objects.get(locale=self.locale)
        below = list(home.get_children().live())
        return super().get_context(request, *args, **kwargs) | {
            "home": home,
            "menu": [page for page in below if page.show_in_menus],
            "contents": [page for page in below if not page.slug.startswith("legal")],
            "legal": [page for page in below if page.slug.startswith("legal")],
            "alternates": self.get_translations(inclusive=True).live().select_related("locale"),
        }


class HomePage(BasePage):
    """The first page of a language."""

    summary = models.TextField(blank=True)


class IndexPage(BasePage):
    """A list, or a page of the footer."""

    summary = models.TextField(blank=True)


class FactPage(BasePage):
    """What a plan leads to: a body, a purpose, a measure."""

    kind = models.CharField(max_length=40)
    summary = models.TextField(blank=True)
    body = RichTextField(blank=True)


class MeasurePage(BasePage):
    summary = models.TextField(blank=True)
    plans = ParentalManyToManyField("peer.PlanPage", related_name="measures", blank=True)


class DocumentPage(BasePage):
    kind = models.CharField(max_length=60)
    plans = ParentalManyToManyField("peer.PlanPage", related_name="documents", blank=True)


class Edition(Orderable):
    document = ParentalKey(DocumentPage, related_name="editions", on_delete=models.CASCADE)
    language = models.CharField(max_length=40)
    address = models.URLField(max_length=400)
    is_official = models.BooleanField(default=True)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc.removeprefix("www.")


class Term(TranslatableMixin, index.Indexed, models.Model):
    """An entry of the glossary."""

    term = models.CharField(max_length=200)
    meaning = models.TextField()
    search_fields = [index.SearchField("term"), index.SearchField("meaning")]

    class Meta(TranslatableMixin.Meta):
        app_label = "peer"

    def __str__(self) -> str:
        return self.term


class PlanPage(BasePage):
    template = "peer/plan.html"
    kind = models.CharField(max_length=60)
    short_title = models.CharField(max_length=60, blank=True)
    also = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    summary = models.TextField()
    body = RichTextField(blank=True)
    drawn_up = models.DateField(null=True, blank=True)
    revised = models.DateField(null=True, blank=True)
    replaced = models.DateField(null=True, blank=True)
    added_reference = models.BooleanField(default=False)
    review_by = models.DateField(null=True, blank=True)
    version = models.IntegerField(default=1)
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors"
    )
    owners = ParentalManyToManyField(FactPage, related_name="owned", blank=True)
    objectives = ParentalManyToManyField(FactPage, related_name="plans", blank=True)
    coordinated_with = ParentalManyToManyField("self", symmetrical=False, blank=True)
    terms = ParentalManyToManyField(Term, related_name="plans", blank=True)
    search_fields = [
        *Page.search_fields,
        *(index.SearchField(name) for name in ("summary", "body", "purpose", "also")),
    ]

    @property
    def life(self) -> dict:
        """Where its dates stand on the axis, in hundredths."""
        years = [each.year for each in (self.drawn_up, self.revised, self.replaced) if each]
        marks = [{"year": year, "x": f"{(year - 2005) / 17 * 100:.2f}"} for year in years]
        return {"marks": marks, "first": marks[0]["x"], "last": marks[-1]["x"]}

    @property
    def other_titles(self) -> list[str]:
        return self.also.splitlines()

    def get_context(self, request, *args, **kwargs):
        found = super().get_context(request, *args, **kwargs)
        data = {"@context": "https://schema.org", "@type": "WebPage", "name": self.title}
        data |= {"@id": self.full_url, "url": self.full_url, "description": self.summary}
        data |= {
            "inLanguage": self.locale.language_code,
            "dateModified": str(self.last_published_at),
        }
        data["isPartOf"] = {"@type": "WebSite", "name": found["home"].title}
        return found | {
            "data": json.dumps(data, ensure_ascii=False).replace("<", "\\u003C"),
            "responsibilities": self.responsibilities.select_related("actor"),
            "documents": self.documents.live().prefetch_related("editions"),
            "related": [
                *self.objectives.live(),
                *self.coordinated_with.live(),
                *self.measures.live(),
            ],
        }


class Responsibility(Orderable):
    plan = ParentalKey(PlanPage, related_name="responsibilities", on_delete=models.CASCADE)
    actor = models.ForeignKey(FactPage, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)


class Source(Orderable):
    plan = ParentalKey(PlanPage, related_name="sources", on_delete=models.CASCADE)
    title = models.CharField(max_length=300)
    address = models.URLField(max_length=400, blank=True)
    language = models.CharField(max_length=10)
    checked = models.DateField(null=True, blank=True)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc.removeprefix("www.")
