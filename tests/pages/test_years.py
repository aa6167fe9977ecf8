"""The page of a year: what stood, what began, what ended, and what the sources do not say."""

import pytest

from actors.models import Actor, Membership
from policies.enums import InstrumentKind
from policies.models import Instrument, MeasurePackage, Plan
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from tests.factories import published, unpublished, withdrawn
from tests.reading import in_one_line, links, read, words

pytestmark = pytest.mark.django_db


def told(client, year: int, code: str = "en") -> dict[str, list[tuple[str, str]]]:
    """``{standing: [(address, the sentences)]}`` as the page of the year says it."""
    document = read(client, route_in("timeline-year", code, year=year))
    sections = [e for e in document.iter("section") if e.get("id")]
    return {
        section.get("id"): [
            (next(item.iter("a")).get("href"), in_one_line(words(item.find("p"))))
            for item in section.iter("li")
        ]
        for section in sections
    }


def test_a_plan_is_told_from_its_beginning_to_its_end(client):
    plan = published(
        Plan,
        drawn_up="2005",
        revised="2015-03",
        replaced="2021-09-08",
        added_dates="replaced",
        sources="Example | | en",
    )
    at = plan.address("en")
    began = "This plan was drawn up in 2005. Only the year is known."
    ended = "It was replaced on 8 September 2021 (added reference)."
    stood = "This plan therefore stood all through"

    assert told(client, 2005) == {"began": [(at, began)]}
    assert told(client, 2006) == {"stood": [(at, f"{began} {ended} {stood} 2006.")]}
    assert told(client, 2015) == {
        "stood": [(at, f"{began} {ended} {stood} 2015.")],
        "happened": [(at, "It was revised in March 2015. Only the month is known.")],
    }
    assert told(client, 2021) == {"ended": [(at, f"{began} {ended}")]}


SENTENCES = {
    "en": [
        "This body was established on 1 April 2015. No end is recorded.",
        "These measures were announced on 16 January 2015.",
        "This text was adopted in March 2015. Only the month is known.",
        "Belgium's participation began in 2005. Only the year is known. Its participation ended "
        "in 2019. Only the year is known. Belgium therefore took part all through 2015.",
        "This text was adopted in 2005. Only the year is known. No end is recorded: the sources "
        "on record do not say whether it still stood in 2015.",
    ],
    "fr": [
        "Cet organe a été créé le 1er avril 2015. Aucune fin n'est enregistrée.",
        "Ces mesures ont été annoncées le 16 janvier 2015.",
        "Ce texte a été adopté en mars 2015. Seul le mois est connu.",
        "La participation de la Belgique a commencé en 2005. Seule l'année est connue. Sa "
        "participation a pris fin en 2019. Seule l'année est connue. La Belgique y a donc "
        "participé pendant toute l'année 2015.",
        "Ce texte a été adopté en 2005. Seule l'année est connue. Aucune fin n'est enregistrée : "
        "les sources disponibles ne disent pas ce qu'il en était en 2015.",
    ],
    "nl": [
        "Dit orgaan werd op 1 april 2015 opgericht. Er is geen einde geregistreerd.",
        "Deze maatregelen werden op 16 januari 2015 aangekondigd.",
        "Deze tekst werd in maart 2015 aangenomen. Alleen de maand is bekend.",
        "De deelname van België begon in 2005. Alleen het jaar is bekend. Die deelname eindigde "
        "in 2019. Alleen het jaar is bekend. België nam er dus heel 2015 aan deel.",
        "Deze tekst werd in 2005 aangenomen. Alleen het jaar is bekend. Er is geen einde "
        "geregistreerd: de beschikbare bronnen vermelden niet of dit in 2015 nog bestond.",
    ],
}


@pytest.mark.parametrize("code", codes())
def test_every_kind_has_its_own_sentence_at_every_precision(client, code):
    made = [
        published(Actor, established="2015-04-01"),
        published(MeasurePackage, announced="2015-01-16"),
        published(Instrument, adopted="2015-03", instrument_kind=InstrumentKind.DECLARATION),
        published(Membership, since="2005", until="2019"),
        published(Instrument, adopted="2005"),
    ]
    found = {at: said for those in told(client, 2015, code).values() for at, said in those}

    assert found == {
        each.address(code): sentence for each, sentence in zip(made, SENTENCES[code], strict=True)
    }


def test_what_took_the_place_of_a_plan_says_so_and_leads_back(client):
    after = published(Plan)
    published(Plan, drawn_up="2005", replaced="2021-09-08", succeeded_by=after)
    sentence = "Its predecessor was replaced on 8 September 2021. No end is recorded."

    assert told(client, 2021)["began"] == [(after.address("en"), sentence)]


def test_a_period_over_two_years_is_no_fact_of_either(client):
    plan = published(Plan, drawn_up="2015/2016")
    said = (
        "This plan was drawn up in the period 2015–2016. "
        "The sources on record do not say in which year."
    )

    for year in (2015, 2016):
        assert told(client, year) == {"unknown": [(plan.address("en"), said)]}


def test_what_happened_stands_in_the_order_of_its_dates(client):
    late, early = (published(MeasurePackage, announced=f"2015-{m}") for m in ("11-19", "01-16"))
    plan = published(Plan, drawn_up="2005", revised="2015-06", position=1)

    assert [address for address, _said in told(client, 2015)["happened"]] == [
        each.address("en") for each in (early, plan, late)
    ]


def test_a_record_without_a_date_is_named_in_every_year(client):
    published(Plan, drawn_up="2005")
    undated = published(Plan)
    document = read(client, "/en/timeline/2005/")
    (section,) = [e for e in document.iter("section") if e.get("id") == "undated"]

    assert [a.get("href") for a in section.iter("a")] == [undated.address("en")]


def test_a_year_of_which_no_date_says_anything_says_that(client):
    published(MeasurePackage, announced="2015")
    published(MeasurePackage, announced="2017")

    assert told(client, 2016) == {}
    assert "No date on record says anything of that year." in words(
        read(client, "/en/timeline/2016/")
    )


@pytest.mark.parametrize("publishing", [unpublished, withdrawn])
def test_what_is_not_public_is_told_of_no_year(client, publishing):
    published(Plan, drawn_up="2005", replaced="2010")
    publishing(Plan, drawn_up="2005", replaced="2015", title=dict.fromkeys(codes(), "Kanarie"))

    assert "Kanarie" not in words(read(client, "/en/timeline/2005/"))
    assert client.get("/en/timeline/2012/").status_code == 404


@pytest.mark.parametrize(
    "year", ["0", "2004", "2022", "99999", "100000", "-2015", "02015", "２０１５"]
)
def test_a_year_outside_the_dates_does_not_exist(client, year):
    published(Plan, drawn_up="2005", replaced="2021")

    assert client.get("/en/timeline/2021/").status_code == 200
    assert client.get(f"/en/timeline/{year}/").status_code == 404


def test_a_year_leads_to_its_neighbours_and_to_itself_in_every_language(client, settings):
    published(Plan, drawn_up="2005", replaced="2007")
    address = {code: route_in("timeline-year", code, year=2006) for code in codes()}
    found = {}
    for year in (2005, 2006, 2007):
        beside = read(client, route_in("timeline-year", "fr", year=year)).iter("a")
        found[year] = [a.get("rel") for a in beside if a.get("rel") in ("prev", "next")]
    document = read(client, address["fr"])
    everywhere = {code: settings.PORTAL_ORIGIN + at for code, at in address.items()}

    assert found == {2005: ["next"], 2006: ["prev", "next"], 2007: ["prev"]}
    assert links(document, rel="canonical") == {"canonical": everywhere["fr"]}
    assert links(document, rel="alternate") == {
        **everywhere,
        "x-default": f"{settings.PORTAL_ORIGIN}/",
    }
    sitemap = client.get("/sitemap.xml").content.decode()
    assert [at for at in everywhere.values() if f"<loc>{at}</loc>" not in sitemap] == []
