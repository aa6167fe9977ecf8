"""Which addresses are kept, under which name, and that no other address gets their pages."""

import re
from string import ascii_letters, digits

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from actors.enums import Level
from actors.models import Actor
from policies.models import Objective, Plan
from portal.delivery.kept import MOST_PARAMETERS, is_plain, name_of, query_at
from portal.languages.texts import set_texts
from portal.publishing.publish import publish
from portal.publishing.sharing import share
from portal.records.models import State
from tests.delivery.front import Front, ask
from tests.factories import draft, published, withdrawn
from tests.publishing.review import NOTES, said_otherwise, submitted, writer

pytestmark = pytest.mark.only_on("sqlite")  # an address is taken apart before any database
HIT, MADE, LEFT = "portal; hit", "portal; fwd=miss; stored", "portal; fwd=miss"
COLOPHON = re.compile(rb'<p class="colophon">.*?</p>', re.DOTALL)
LIST, WHO, PLAN = "/en/plans/", "/en/who-does-what/", "/en/plans/slug-kept/"


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan, slug={"en": "slug-kept"}, languages=["en"])


@pytest.fixture
def more_than_a_page(db) -> None:
    publish([draft(Plan, languages=["en"]) for _ in range(51)], None, {})


def as_alone(front: Front, address: str):
    """The answer; it is what Django alone says, but for its address as it is printed."""
    mine, its = front.get(address), front.alone(address)
    assert mine.status == its.status, address
    assert COLOPHON.sub(b"", mine.body) == COLOPHON.sub(b"", its.body), address
    for name in ("Location", "Cache-Control", "CDN-Cache-Control", "Content-Language"):
        assert mine.headers.get(name) == its.headers.get(name), (address, name)
    return mine


# --- queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["utm_source=x", "x=1&y=2", "=", "&&", "a", "%ff=%fe", "%C3%28=1", "PAGE=2", "page%00x"[:4]],
)
def test_what_no_page_knows_is_the_page_without_it(front, plan, query, django_assert_num_queries):
    for address in (PLAN, "/en/", "/sitemap.xml"):
        front.get(address)
        names = front.names()
        with django_assert_num_queries(0):
            assert front.get(f"{address}?{query}").how == HIT
        assert front.names() == names


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("page=1", ""),
        ("page=01", ""),
        ("page=0001", ""),
        ("page=2", "page=2"),
        ("page=002", "page=2"),
        ("page=2&page=1", ""),
        ("page=1&page=02&x=y", "page=2"),
        ("kind=national", "kind=national"),
        ("kind=", ""),
        ("kind=national&kind=", ""),
        ("page=2&kind=national", "kind=national&page=2"),
        ("kind=national&page=2", "kind=national&page=2"),
        ("%6Bind=n%61tional", "kind=national"),
        ("page=", None),
        ("page=2&page=", None),
        ("page=00001", "page=00001"),
        ("page=%32%32.5", None),
        ("page=\u0662", None),
        ("kind=..%2F..%2Fx", None),
        ("kind=a%2Fb", None),
        ("kind=%ff", None),
        ("kind=" + "x" * 101, None),
        ("x=" + "y" * 511, None),
        ("x=%00", None),
        ("&" * MOST_PARAMETERS, None),
        ("&" * (MOST_PARAMETERS - 1), ""),
    ],
)
def test_what_a_page_is_made_from_is_part_of_its_name_in_one_form(query, kept):
    assert Plan.filter_word == "kind"
    assert query_at(LIST, query) == kept


QUERIES = (
    *("page=1", "page=01", "page=", "page=0", "page=2", "page=3", "page=99", "page=00001"),
    *("page=2&page=1", "page=2&page=", "page=-1", "page=x", "page=%00", "page=%ff", "page"),
    *("kind=national", "kind=", "kind=none", "kind=national&kind=", "KIND=national"),
    *("kind=national&page=2", "page=2&kind=national", "kind=national;page=2", "kind=a%2F.."),
    *("x=" + "y" * 600, "&" * 9, "&" * 10, "x=%00", "%00", "a=1&" * 12, "kind=" + "n" * 200),
    *("page=2%20", "page=%2B2", "page=2+", "q=\xff\xfe", "page=\xd9\xa2"),
)


def test_every_form_of_a_query_is_answered_as_django_alone_does(front, more_than_a_page):
    asked = [f"{address}?{query}" for address in (LIST, "/en/changes/") for query in QUERIES]
    for address in asked:
        assert as_alone(front, address)[::2] == as_alone(front, address)[::2]  # once it is kept

    assert len(asked) > 70
    assert front.names() == [
        "en/changes/index.html",
        "en/changes/index@page=2.html",
        "en/plans/index.html",
        "en/plans/index@kind=national&page=2.html",
        "en/plans/index@kind=national.html",
        "en/plans/index@page=2.html",
    ]


def test_filters_combine_into_one_name_and_a_value_that_is_none_enters_nothing(front, db):
    purpose = published(Objective)
    actor = published(Actor, level=Level.FEDERAL)
    published(Plan, owners=[actor], objectives=[purpose])
    slug = purpose.slug_in("en")

    one = as_alone(front, f"{WHO}?level=federal&purpose={slug}&x=1")
    other = as_alone(front, f"{WHO}?purpose={slug}&role=&level=federal")
    wrong = as_alone(front, f"{WHO}?level=nowhere")

    assert (one.how, other.how, wrong.status) == (MADE, HIT, 404)
    assert front.names() == [f"en/who-does-what/index@level=federal&purpose={slug}.html"]


def test_two_versions_that_are_asked_for_lead_to_their_comparison(front, plan):
    past = f"{PLAN}versions/"
    assert front.get(past).how == MADE
    answer = as_alone(front, f"{past}?old=1&new=2")

    assert (answer.status, answer.headers["Location"]) == (302, f"{past}1-2/")
    assert as_alone(front, f"{past}?x=1").status == 200
    assert front.names() == [f"{past[1:]}index.html"]


# --- what never enters ----------------------------------------------------------------------------


def test_what_is_for_one_reader_or_leads_elsewhere_never_enters(front, plan, settings):
    withdrawn(Plan, slug={"en": "slug-gone"}, languages=["en"])
    Plan.objects.filter(pk=published(Plan, languages=["en"], slug={"en": "slug-law"}).pk).update(
        state=State.REMOVED
    )
    one = writer()
    said_otherwise(plan, one)
    token = share(submitted(plan, one), one)
    asked = {
        **dict.fromkeys(["/en/search/", "/en/search/?q=plan", f"/en/preview/{token}/"], 200),
        **dict.fromkeys(["/healthz/live", "/.well-known/security.txt"], 200),
        **dict.fromkeys(["/static/css/base.css"], 200),
        **dict.fromkeys([f"/id/{plan.pk}/", "/admin/"], 302),
        **dict.fromkeys(["/en/plans", "/en/plans/slug-kept", "/en"], 301),
        **dict.fromkeys(
            ["/en/no/such/", "/en/nothing/", "/en/plans/x/", "/files/x", "/EN/", "/styleguide/"],
            404,
        ),
        "/en/plans/slug-law/": 410,
        "/en/?a=%00": 400,
    }
    for address, status in asked.items():
        for query in ("", "&x=1" if "?" in address else "?x=1"):
            assert as_alone(front, address + query).status == status, address

    assert front.names() == []
    assert front.get("/en/plans/slug-gone/").how == MADE  # its notice is kept as any page


def test_nobody_can_say_that_the_site_begins_elsewhere(front):
    def led_astray(environ, start_response):
        return front.application(environ | {"SCRIPT_NAME": "/astray"}, start_response)

    first = ask(led_astray, "/en/")
    assert (first.how, first.body) == (MADE, front.alone("/en/").body)


def test_a_former_address_leads_on_and_never_enters(front, plan):
    set_texts(plan, "slug", {"en": "slug-later"})
    publish([plan], None, NOTES)

    for query in ("", "?utm_source=x"):
        answer = as_alone(front, PLAN + query)
        assert (answer.status, answer.headers["Location"]) == (301, "/en/plans/slug-later/")
    assert front.names() == []


def test_a_page_whose_frame_is_incomplete_or_whose_database_is_away_never_enters(front, plan):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        whole, away = front.get("/"), front.get(PLAN)
    assert (whole.status, whole.how, away.status, away.how) == (200, LEFT, 503, LEFT)
    assert away.headers["Cache-Control"] == "no-store"
    assert front.names() == []
    assert [front.get(PLAN).how, front.get(PLAN).how] == [MADE, HIT]


def test_a_kept_page_is_answered_while_the_database_is_away(front, plan):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("the server closed the connection")

    front.get(PLAN)
    with connection.execute_wrapper(refuse):
        assert front.get(f"{PLAN}?x=1").how == HIT


def test_every_view_of_a_public_page_says_whether_it_is_kept(front, plan):
    kept = ["/", "/robots.txt", "/sitemap.xml", "/en/", LIST, WHO, "/en/glossary/", "/en/changes/"]
    kept += ["/en/changes/feed.atom", f"{PLAN}versions/", f"{PLAN}versions/1/", "/en/timeline/"]
    kept += [f"{PLAN}versions/1.json", reverse("who-does-what-table"), PLAN]

    assert [front.get(address).how for address in kept] == [MADE] * len(kept)
    assert [front.get(address).how for address in kept] == [HIT] * len(kept)
    assert front.names() == sorted(map(name_of, kept))


# --- paths ----------------------------------------------------------------------------------------


PATHS = (
    *("//en/plans/", "/en//plans/", "/en/./plans/", "/en/../en/plans/", "/en/plans/../plans/"),
    *("/en/plans/;x", "/en/plans;x/", "/EN/plans/", "/en/PLANS/", "/en/plans/index.html"),
    *("/en/index.html", "/index.html", "/en/plans/index@page=2.html", "/en/plans/index"),
    *("/en/plans/index.html.br", "/en/plans/index.html.gz", "/en/plans/index.html.json"),
    *("/en/plans/%2e/", "/en/plans/%2e%2e/", "/en/plans/.", "/en/plans/..", "/en/plans/ "),
    *("/en/plans/\n", "/en/plans/\x00", "/en/plans/\\", "/en\\plans/", "en/plans/", "/en"),
    *("/heads/en/plans/", "/pages/en/plans/index.html", "/../index.sqlite3", "/en/plans/~"),
    *("/en/plans/" + "x" * 300 + "/", "/" + "a/" * 300, "/en/" + "\u00e9" + "/"),
    "/robots.txt/",
)


def test_no_other_path_gives_the_page_of_a_kept_one(front, more_than_a_page):
    kept = ["/", "/en/", "/en/plans/", "/en/plans/?page=2", "/robots.txt"]
    bodies = {front.get(address).body for address in kept}
    names = front.names()
    for path in PATHS:
        answer = as_alone(front, path)
        assert answer.how != HIT, path
        assert answer.body not in bodies, path

    assert len(PATHS) > 30
    assert front.names() == names


PIECES = ["..", ".", "", "en", "plans", "index.html", "heads", "pages", "a.b", "-", "@", "%2e", ";"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=8).map("/".join))
def test_no_plain_path_leaves_the_store_or_shares_a_name_with_another(path):
    path = f"/{path}"
    if not is_plain(path):
        return
    name = name_of(path)
    assert {*name} <= {*ascii_letters, *digits, *"/._-"}
    assert not {"", ".", ".."} & {*name.split("/")}
    back = name.removesuffix("index.html") if name.split("/")[-1] == "index.html" else name
    assert f"/{back}" == path
    assert not any(part.startswith(".") for part in name.split("/"))


@pytest.mark.proof
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["page", "kind", "x", "PAGE", "", "page%00"]),
            st.sampled_from(["", "1", "01", "2", "national", "%00", "../x"]) | st.text(max_size=5),
        ),
        max_size=12,
    )
)
def test_whatever_is_asked_is_kept_under_few_names(pairs):
    known = query_at(LIST, "&".join(f"{name}={value}" for name, value in pairs))

    assert known is None or len(known) < 250
    assert known is None or {each.partition("=")[0] for each in known.split("&")} <= {
        *("", "kind", "page"),
    }
