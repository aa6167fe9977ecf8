"""Texts call bodies and concepts as agreed; what is worth a look is told, and nothing else is."""

import pytest

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes
from portal.pages.models import Term
from portal.records.models import Record
from portal.translation.terms import Misuse, Vocabulary
from tests.factories import published, unpublished, withdrawn

pytestmark = pytest.mark.django_db


def named(kind: type[Record], name: str, en: str, fr: str, nl: str, **texts) -> Record:
    """Texts in the order of the site's languages; several lines as one text."""
    texts = {text: dict(zip(codes(), said, strict=True)) for text, said in texts.items()}
    return published(kind, **{name: dict(zip(codes(), (en, fr, nl), strict=True))}, **texts)


@pytest.fixture
def things() -> dict[str, Record]:
    return {
        "cuta": named(
            Actor,
            "title",
            "Coordination Unit for Threat Analysis",
            "Organe de coordination pour l'analyse de la menace",
            "Coördinatieorgaan voor de dreigingsanalyse",
            abbreviation=("CUTA", "OCAM", "OCAD"),
            summary=("A *body*.", "Un organe.", "Een orgaan."),
        ),
        "unit": named(
            Actor,
            "title",
            "Financial Unit",
            "Cellule financière",
            "Financiële cel",
            abbreviation=("CTIF-CFI", "CTIF", "CFI"),
        ),
        "community": named(
            Actor, "title", "French Community", "Communauté française", "Franse Gemeenschap"
        ),
        "un": named(
            Actor,
            "title",
            "United Nations",
            "Organisation des Nations unies",
            "Verenigde Naties",
            abbreviation=("UN", "ONU", "VN"),
            forms=(None, "Nations unies", None),
        ),
        "daesh": named(
            Term,
            "term",
            "Daesh",
            "Daech",
            "Daesh",
            also=("ISIS", "EI\nISIS\nDaesh", "ISIS\nDaech"),
        ),
        "fighter": named(
            Term,
            "term",
            "foreign terrorist fighter",
            "combattant terroriste étranger",
            "buitenlandse terroristische strijder",
            abbreviation=("FTF", None, None),
            forms=(
                "foreign terrorist fighters",
                "combattants terroristes étrangers",
                "buitenlandse terroristische strijders",
            ),
            also=("foreign fighter", "combattants étrangers", "Syriëstrijder"),
        ),
        "prevention": named(Term, "term", "prevention", "prévention", "preventie"),
        "radicalisation": named(Term, "term", "radicalisation", "radicalisation", "radicalisering"),
        "radicalism": named(Term, "term", "radicalism", "radicalisme", "radicalisme"),
        "group": named(Term, "term", "working group", "groupe de travail", "werkgroep"),
    }


def used(text: str, lang: str = "en", target: str = "nl") -> list[str]:
    return [str(each.target) for each in Vocabulary().used_in(text, lang, target)]


def test_the_agreed_name_is_known_for_what_a_text_names(things):
    (agreed,) = Vocabulary().used_in("So said **CUTA**.", "en", "nl")

    assert agreed.record == things["cuta"]
    assert (agreed.source, agreed.target, agreed.target.lang, agreed.abbreviation) == (
        "Coordination Unit for Threat Analysis",
        "Coördinatieorgaan voor de dreigingsanalyse",
        "nl",
        "OCAD",
    )
    assert agreed.meaning == "Een orgaan."
    (english,) = Vocabulary().used_in("L'OCAM.", "fr", "en")
    assert english.meaning == "A body."


def test_what_a_text_names_comes_once_in_its_order_whatever_form_it_has(things):
    text = "Foreign terrorist fighters, FTF, the UN, [CUTA](https://example.org/) and the UN."

    assert used(text) == [
        "buitenlandse terroristische strijder",
        "Verenigde Naties",
        "Coördinatieorgaan voor de dreigingsanalyse",
    ]
    assert used("L’analyse, les Nations unies.", "fr") == ["Verenigde Naties"]


def test_a_body_and_the_entry_of_the_same_name_are_one_thing(things):
    named(Actor, "title", "Working group", "Groupe de travail", "Werkgroep")

    assert used("A working group. Working group.") == ["werkgroep"]


def test_a_name_within_the_title_of_a_record_or_a_longer_name_is_not_used(things):
    published(Plan, title={code: f"Prevention of radicalisation {code}" for code in codes()})
    named(Actor, "title", "UN Office", "Bureau de l'ONU", "VN-Bureau")

    assert used("Prevention of radicalisation en, the UN Office.") == ["VN-Bureau"]
    assert used("Prevention of radicalisation.") == ["preventie", "radicalisering"]


@pytest.mark.parametrize("publishing", [unpublished, withdrawn])
def test_what_is_not_published_is_not_agreed(publishing):
    texts = {"title": dict.fromkeys(codes(), "Canary"), "abbreviation": {"en": "CNRY"}}
    publishing(Actor, **texts)

    assert used("Canary, CNRY.") == []
    assert Vocabulary().misuses("CNRY", "en", "Niets.", "nl") == []

    published(Actor, **texts)
    assert used("Canary, CNRY.") == ["Canary"]


def test_a_thing_without_a_name_in_a_language_is_not_asked_for_there():
    published(Term, languages=["en"], term={"en": "Anti-Crime Unit"})

    assert used("The Anti-Crime Unit.") == []
    assert Vocabulary().misuses("The Anti-Crime Unit.", "en", "Iets.", "nl") == []


def found(source: str, text: str, lang: str, about: str = "", things=None) -> list[tuple]:
    """``(other form, named)`` of each misuse in a text made from English."""
    pk = things[about].pk if about else None
    misuses = Vocabulary().misuses(source, "en", text, lang, about=pk)
    return [(each.other_form, each.named) for each in misuses]


@pytest.mark.parametrize(
    ("lang", "text", "form"),
    [
        ("nl", "CUTA coördineert.", "CUTA"),
        ("fr", "L'OCAD coordonne.", "OCAD"),
        ("fr", "L’OCAD coordonne, dit l'OCAM.", "OCAD"),
        ("nl", "Het Coördinatieorgaan voor de dreigingsanalyse (CUTA).", "CUTA"),
        ("en", "The VN and the UN.", "VN"),
        ("fr", "Le groupe Daesh.", "Daesh"),
        ("nl", "Tegen Daech.", "Daech"),
        ("nl", "Tegen ISIS.", "ISIS"),
        ("fr", "Un FTF.", "FTF"),
        ("nl", "Over prevention.", "prevention"),
        ("nl", "De Communauté française.", "Communauté française"),
    ],
)
def test_a_form_of_another_language_or_a_name_to_avoid_stands(things, lang, text, form):
    assert found("", text, lang) == [(form, "")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("nl", "Het OCAD, de VN, Daesh.", id="its own"),
        pytest.param("nl", "Het OCAD (in het Frans OCAM) werkt.", id="told-to-be-french"),
        pytest.param("en", "In French it is called OCAM.", id="told-in-the-sentence"),
        pytest.param("nl", "De Verenigde Naties (United Nations).", id="in-full-in-brackets"),
        pytest.param("en", "CUTA (CUTA or OCAM).", id="beside-its-own-in-brackets"),
        pytest.param("fr", "« OCAD » figure ici, “CUTA” aussi.", id="quoted"),
        pytest.param("nl", "Men zegt 'CUTA' en ‘ISIS’, 's avonds.", id="quoted-in-dutch"),
        pytest.param("nl", "De CFI heet ook CTIF-CFI.", id="bilingual"),
        pytest.param("en", "The French Community acts.", id="a-language-in-its-own-name"),
        pytest.param("nl", "CUTAs, preCUTA, cuta, ocam.", id="other-words"),
        pytest.param("en", "A Prevention Unit. Over-prevention.", id="within-a-name"),
        pytest.param("nl", "The Prevention Unit.", id="a-capital-within-a-name"),
        pytest.param("en", "A foreign fighter, says somebody.", id="a-common-word"),
    ],
)
def test_what_is_told_to_be_otherwise_or_is_another_word_is_no_misuse(things, lang, text):
    assert found("", text, lang) == []


def test_a_language_named_in_the_name_of_a_body_tells_nothing(things):
    assert found("", "The French Community and the OCAM.", "en") == [("OCAM", "")]
    assert found("", "It is French. And the OCAM.", "en") == [("OCAM", "")]


def test_a_text_about_a_thing_may_say_what_else_it_is_called(things):
    text = "Daesh is also known as ISIS."

    assert found("", text, "en", about="daesh", things=things) == []
    assert found("", text, "en", about="cuta", things=things) == [("ISIS", "")]


def test_in_the_title_of_a_record_a_form_of_another_language_is_part_of_a_name(things):
    published(Plan, title={"en": "CUTA report", "fr": "Rapport de l'OCAM", "nl": "Verslag"})

    assert found("", "Het CUTA report en Rapport de l'OCAM.", "nl") == []


@pytest.mark.parametrize(
    ("source", "lang", "text", "form", "named"),
    [
        pytest.param("CUTA works.", "nl", "Het werkt.", "", "CUTA", id="abbreviation"),
        pytest.param("The United Nations.", "fr", "Le monde.", "", "United Nations", id="name"),
        pytest.param("A working group.", "fr", "Un comité.", "", "working group", id="two-words"),
        pytest.param("radicalisation", "fr", "le radicalisme", "", "radicalisation", id="swapped"),
        pytest.param(
            "Foreign terrorist fighters left.",
            "fr",
            "Des combattants étrangers sont partis.",
            "combattants étrangers",
            "",
            id="a-common-word-in-its-place",
        ),
        pytest.param("CUTA works.", "nl", "CUTA werkt.", "CUTA", "", id="told-once"),
    ],
)
def test_what_the_source_names_is_missing(things, source, lang, text, form, named):
    assert found(source, text, lang) == [(form, named)]


@pytest.mark.parametrize(
    ("source", "lang", "text"),
    [
        pytest.param("CUTA works.", "nl", "Het OCAD werkt.", id="abbreviation"),
        pytest.param("The UN.", "fr", "Les Nations unies.", id="another-form"),
        pytest.param("The UN.", "nl", "Een VN-resolutie.", id="compound"),
        pytest.param("A working group.", "nl", "Werkgroepen.", id="inflected"),
        pytest.param("Working groups.", "fr", "Des comités.", id="form-that-is-not-listed"),
        pytest.param("prevention", "fr", "prévenir", id="paraphrased"),
        pytest.param("The ‘UN report’.", "fr", "Le rapport.", id="quoted-in-the-source"),
        pytest.param("The [UN](/x).", "fr", "L'[ONU](/x).", id="in-a-link"),
        pytest.param("Many foreign fighters", "fr", "Des combattants étrangers", id="not-named"),
    ],
)
def test_what_is_named_in_any_form_or_may_be_paraphrased_is_not_missing(things, source, lang, text):
    assert found(source, text, lang) == []


def test_a_link_to_a_thing_names_it(things):
    link = f"[l'organe]({things['cuta'].permanent})"

    assert found("CUTA works.", f"Pour {link}.", "fr") == []
    assert found("CUTA works.", "Pour l'organe.", "fr") == [("", "CUTA")]


def test_a_misuse_says_what_stands_and_what_is_agreed(things):
    assert str(Misuse(things["cuta"], "nl", other_form="CUTA")) == (
        "“CUTA” stands here. In Dutch this is “Coördinatieorgaan voor de dreigingsanalyse (OCAD)”."
    )
    assert str(Misuse(things["group"], "nl", named="working group")) == (
        "The source names “working group”. In Dutch this is “werkgroep”."
    )


def test_the_vocabulary_is_asked_of_the_database_once(things, django_assert_num_queries):
    vocabulary = Vocabulary()

    with django_assert_num_queries(1):
        assert len(vocabulary.used_in("CUTA, the UN and a working group.", "en", "nl")) == 3
        for code in codes():
            vocabulary.misuses("CUTA", "en", "CUTA", code)
