"""Every line in its room: the rules of docs/explanation/the-house.md, read from the source.

Each rule is a function over source text, tried on a planted fault before it is trusted.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [
    path
    for package in ("portal", "actors", "policies")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]

# Who may import whom: a package may import those that stand before it, and itself.
LAYERS = [
    ["portal.languages"],
    ["portal.staff", "portal.records"],
    ["portal.publishing"],
    ["portal.translation", "portal.search"],
    ["portal.pages", "portal.opendata", "portal.delivery", "portal.keeping"],
    ["actors"],
    ["policies"],
    ["portal.content", "portal.views", "portal.sitemaps", "portal.navigation"],
    ["portal.urls", "portal.wsgi", "portal.settings"],
]
ORDER = {package: place for place, layer in enumerate(LAYERS) for package in layer}
LANGUAGE_COLUMN = re.compile(r"\b[a-z_]+_(?:en|fr|nl)\b")
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def room_of(module: str) -> str | None:
    rooms = [room for room in ORDER if module == room or module.startswith(f"{room}.")]
    return max(rooms, key=len, default=None)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def wrong_imports(module: str, source: str) -> list[str]:
    """Imports that run against the direction of the house."""
    here = room_of(module)
    return [
        f"{module} imports {name}"
        for name in imports_in(source)
        if (there := room_of(name)) and here and there != here and ORDER[there] >= ORDER[here]
    ]


def test_imports_run_in_one_direction():
    wrong = [fault for p in SOURCES for fault in wrong_imports(module_of(p), p.read_text("utf-8"))]

    assert len(SOURCES) > 50
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("actors.models", "from policies.models import Plan"),
        ("portal.records.models", "import portal.publishing.publish"),
        ("portal.languages.texts", "from portal.records.models import Record"),
        ("portal.delivery.headers", "def f():\n    from actors.models import Actor"),
        ("portal.staff.models", "from portal.records.models import Record"),
    ],
)
def test_an_import_against_the_direction_is_found(module, source):
    assert len(wrong_imports(module, source)) == 1


def test_every_module_has_a_room():
    homeless = [m for p in SOURCES if (m := module_of(p)) != "portal" and not room_of(m)]

    assert homeless == []


def test_no_room_is_without_a_name():
    nameless = [
        p for p in SOURCES if re.search(r"(^|/)(utils?|helpers?|common|misc)(\.py|/)", str(p))
    ]

    assert nameless == []


def test_no_file_is_longer_than_300_lines():
    files = [*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    long = [str(p) for p in files if len(p.read_text("utf-8").splitlines()) > 300]

    assert len(files) > 100
    assert long == []


def columns_named_by_hand(source: str) -> list[str]:
    return LANGUAGE_COLUMN.findall(source)


def test_no_language_column_is_named_by_hand():
    code = [p for p in SOURCES if p.name != "translation.py"]
    templates = sorted((ROOT / "templates").rglob("*.html"))
    found = [
        f"{path}: {name}"
        for path in [*code, *templates, *(ROOT / "tests").rglob("test_*.py")]
        if path != Path(__file__)
        for name in columns_named_by_hand(path.read_text("utf-8"))
    ]

    assert len(templates) > 20
    assert found == []


def test_a_language_column_named_by_hand_is_found():
    assert columns_named_by_hand("Plan.objects.order_by('title_fr')") == ["title_fr"]
    assert columns_named_by_hand("{{ record.title_nl }}") == ["title_nl"]


def bare_expressions(source: str) -> list[str]:
    """modeltranslation leaves these on the suffixless column, in whatever language it holds."""
    return re.findall(
        r"""\b(?:Lower|Upper|Max|Min|Coalesce)\(["'](?:title|slug|summary|body)""", source
    )


def test_no_expression_stands_on_a_suffixless_column():
    assert [p for p in SOURCES if bare_expressions(p.read_text("utf-8"))] == []
    assert bare_expressions('order_by(Lower("title"))') == ['Lower("title']


def renamed_gettext(source: str) -> list[str]:
    """Names under which makemessages does not find what is to be translated."""
    return [
        alias.asname
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname not in (None, "_")
    ]


def test_gettext_is_called_by_a_name_that_the_catalogues_are_made_from():
    assert [p for p in SOURCES if renamed_gettext(p.read_text("utf-8"))] == []
    planted = "from django.utils.translation import gettext_lazy as _lazy"
    assert renamed_gettext(planted) == ["_lazy"]


def unsafe_templates(source: str) -> list[str]:
    """Inline style or script, and words that are marked safe without a reason."""
    patterns = (
        r"\sstyle=",
        r"\son[a-z]+=",
        r"<script(?![^>]*(?:ld\+json|src=))",
        r"\|\s*safe\b",
        r"autoescape off",
    )
    return [pattern for pattern in patterns if re.search(pattern, source)]


def test_templates_hold_no_inline_style_no_script_and_nothing_marked_safe():
    found = {
        str(p): f
        for p in (ROOT / "templates").rglob("*.html")
        if (f := unsafe_templates(p.read_text("utf-8")))
    }

    assert found == {}
    assert len(unsafe_templates('<p style="x" onclick="y">{{ a|safe }}<script>1</script>')) == 4


def unlisted_safe_marks(sources: list[Path]) -> list[str]:
    risky = r"\b(?:mark_safe|csrf_exempt|RawSQL|extra)\(|\.raw\("
    return sorted({module_of(p) for p in sources if re.search(risky, p.read_text("utf-8"))})


def test_markup_is_declared_safe_in_two_places_alone():
    """nh3 has cleaned the one; the other escapes what could end its element early."""
    assert unlisted_safe_marks(SOURCES) == ["portal.opendata.linked_data", "portal.records.prose"]


TOKENS = re.compile(r":root \{[^{}]*\}")


def test_colours_stand_among_the_tokens_alone():
    """Those of the screen in a file of their own; those of paper where no screen waits for them."""
    sheets = sorted((ROOT / "portal" / "static" / "css").glob("*.css"))
    rules = {p.name: p.read_text("utf-8") for p in sheets}
    rules["print.css"] = TOKENS.sub("", rules["print.css"])
    found = {
        name: f for name, css in rules.items() if name != "tokens.css" and (f := HEX.findall(css))
    }

    assert "tokens.css" in [p.name for p in sheets]
    assert found == {}
    assert HEX.findall("a { color: #30398c }") == ["#30398c"]


def test_every_template_and_fragment_is_used():
    templates = sorted((ROOT / "templates").rglob("*.html"))
    texts = "\n".join(p.read_text("utf-8") for p in [*templates, *SOURCES])
    by_name = {"admin", "registration"}  # found by Django's admin
    kinds = ("actors", "policies", "pages")  # found by the kind of a record
    orphans = [
        str(name)
        for p in templates
        if (name := p.relative_to(ROOT / "templates")).parts[0] not in (*by_name, *kinds)
        and f'"{name}"' not in texts
    ]

    assert orphans == []


TOLD_AGAIN = re.compile(r"\.unreviewed\b|\bbases_of\(")


def test_what_is_told_again_without_a_publication_is_read_where_that_is_noted():
    """A list that read it by itself would stay as it was after an approval."""
    public = ("actors", "policies", "portal.views", "portal.opendata", "portal.pages")
    sources = [p for p in SOURCES if module_of(p).startswith(public)]
    templates = [p for p in (ROOT / "templates").rglob("*.html") if "admin" not in p.parts]
    texts = {str(p): p.read_text("utf-8") for p in [*sources, *templates]}

    assert [name for name, text in texts.items() if TOLD_AGAIN.search(text)] == []
    assert TOLD_AGAIN.search("{% if record.unreviewed %}")
    assert min(len(sources), len(templates)) > 40
