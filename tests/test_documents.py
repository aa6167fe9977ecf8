"""The documents say what is: read against the source, the commands and the models.

Each rule is a function over text, tried on a planted fault before it is trusted.
"""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db.models import FileField

from portal.languages.alternates import route_in
from portal.languages.texts import codes, language_columns, translated_names
from portal.publishing.content import content_fields, set_fields
from portal.records.kinds import kinds, page_kinds
from portal.records.models import PageRecord, Record

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
ADRS = sorted((DOCS / "adr").glob("[0-9]*.md"))
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
PACKAGES = [ROOT / name for name in ("portal", "actors", "policies")]
OURS = [kind for kind in kinds() if not kind.__module__.startswith("tests.")]
SOURCES = [path for package in PACKAGES for path in sorted(package.rglob("*.py"))]

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
FIRST_CELL = re.compile(r"^\| (`[^|]*`) \|", re.MULTILINE)
PRODUCTION = r"(?:(?:l\w+|cache)/)?portal|systemd/system|(?:tmpfiles|logrotate)\.d|sbin/nologin"
PLACES = r"(?<![\w.:/>-])/(?:work|tmp|home|root|usr|etc|opt|srv|mnt|var|dev|proc)\b"
OUTSIDE = re.compile(rf"{PLACES}(?!/(?:{PRODUCTION}))")
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|rubygems|crates|golang|debian)\.[a-z]{2,3}\b")


def read(path: Path) -> str:
    return path.read_text("utf-8")


def without_fences(text: str) -> str:
    return FENCE.sub("", text)


def named_in(text: str) -> set[str]:
    """What a page names in backticks, outside its blocks of code."""
    return set(INLINE.findall(without_fences(text)))


def named_first(text: str) -> set[str]:
    """What the rows of a page's tables are about: the names in their first cells."""
    return {name for cell in FIRST_CELL.findall(text) for name in INLINE.findall(cell)}


def section(text: str, heading: str) -> str:
    """A heading's own part, up to the next heading of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.M | re.DOTALL)
    return found[1] if found else ""


def variables_read_in(source: str) -> set[str]:
    """The environment variables that a settings file asks for."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    asked = [call for call in calls if re.fullmatch(r"required|env\.\w+", ast.unparse(call.func))]
    names = [call.args[0] for call in asked if call.args]
    return {name.value for name in names if isinstance(name, ast.Constant)}


def test_every_variable_of_the_environment_is_documented_and_no_other():
    read_here = variables_read_in(read(ROOT / "portal" / "settings.py"))
    made = set(re.findall(r"^([A-Z_]+) \?=", read(ROOT / "Makefile"), re.MULTILINE))

    assert len(read_here) > 10
    assert named_first(read(REFERENCE / "settings.md")) == read_here | made


def test_a_variable_is_seen_however_it_is_asked_for():
    source = 'A = env.bool("ONE", default=False)\nB = required("TWO", "", "why")\nC = f(env.x("3"))'

    assert variables_read_in(source) == {"ONE", "TWO", "3"}
    assert named_first("| `ONE` | … |\n| Two | `THREE` |") == {"ONE"}


def targets_in(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))


def test_every_target_of_make_is_documented_and_no_other_is_named_anywhere():
    targets = {f"make {name}" for name in targets_in(read(ROOT / "Makefile"))}
    mentioned = {
        found
        for page in PAGES
        for name in named_in(read(page))
        for found in re.findall(r"^make [a-z]+", name)
    }

    assert len(targets) > 5
    assert named_first(read(REFERENCE / "commands.md")) >= targets
    assert mentioned - targets == set()
    assert targets_in("run: x  ## The site\nhidden: y\n") == {"run"}


def test_every_management_command_of_ours_is_documented():
    files = [path for path in SOURCES if path.parent.name == "commands"]
    commands = {path.stem for path in files} - {"__init__"}

    assert len(commands) > 2
    assert commands - named_first(read(REFERENCE / "commands.md")) == set()


def check_ids_in(source: str) -> set[str]:
    return set(re.findall(r'\bid="(\w+\.[EW]\d{3})"', source))


def test_every_check_is_documented_with_its_cure_and_no_other():
    ids = {found for path in SOURCES for found in check_ids_in(read(path))}

    assert len(ids) > 3
    assert named_first(read(REFERENCE / "checks.md")) == ids
    assert check_ids_in('Error("x", id="rooms.E007")') == {"rooms.E007"}


def keys_of(kind) -> set[str]:
    """What a content file of this kind may say, beyond what every kind shares."""
    facts = [f for f in content_fields(kind) if f.editable and not isinstance(f, FileField)]
    names = {field.name for field in [*facts, *set_fields(kind)]}
    return names - set(language_columns(kind)) | set(translated_names(kind))


def choices_of(kind) -> set[str]:
    fields = [f for f in content_fields(kind) if not f.name.endswith("language")]
    return {str(value) for field in fields for value, _label in field.flatchoices}


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.kind())
def test_every_key_and_every_choice_of_a_kind_is_documented(kind):
    page = read(REFERENCE / "content-files.md")
    shared = named_first(section(page, "Keys of every kind"))
    own = section(page, kind.kind())

    assert len(shared) > 4
    assert keys_of(kind) - shared - named_in(own) == set()
    assert choices_of(kind) - named_in(own) == set()
    assert named_first(own) - keys_of(kind) == set()


def test_a_key_that_a_page_forgets_is_found():
    page = "## Keys\n\n### plan\n\n| `plan_kind` | One of `a` |\n\n### term\n\n`also`\n"

    assert named_in(section(page, "plan")) == {"plan_kind", "a"}
    assert section(page, "no-such-kind") == ""


def test_the_path_word_of_every_kind_stands_in_the_table_in_every_language():
    lists = [f"{kind.kind()}-list" for kind in page_kinds() if kind in OURS]
    routes = ["timeline", "glossary", *lists]
    words = {route_in(name, code).removeprefix(f"/{code}/") for name in routes for code in codes()}

    assert len(words) > 20
    assert words - named_in(read(REFERENCE / "addresses.md")) == set()


def test_whatever_a_kind_may_say_of_itself_is_named_where_kinds_are_added():
    notes = Record.__annotations__ | PageRecord.__annotations__
    names = {name for name, note in notes.items() if "ClassVar" in str(note)} - {"proposed_sets"}
    page = read(DOCS / "how-to" / "add-a-kind.md")

    assert len(names) > 9
    assert [name for name in [*names, "no_such"] if name not in page] == ["no_such"]


def anchors_in(text: str) -> set[str]:
    """The fragments that a page's headings make."""
    headings = re.findall(r"^#+ (.+)$", without_fences(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links_in(text: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", INLINE.sub("code", without_fences(text)))


def broken_links(page: Path, text: str) -> list[str]:
    broken = []
    for link in links_in(text):
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if re.match(r"https?:|mailto:", link):
            continue
        if not target.is_file() or (fragment and fragment not in anchors_in(read(target))):
            broken.append(link)
    return broken


def test_every_link_between_documents_leads_to_a_file_and_a_heading():
    broken = {str(page): found for page in PAGES if (found := broken_links(page, read(page)))}

    assert sum(len(links_in(read(page))) for page in PAGES) > 50
    assert broken == {}


def test_a_link_that_leads_nowhere_is_found():
    text = "[a](none.md) [b](docs/adr/README.md#none) [c](docs/adr/README.md#the-list) `[d](e)`"

    assert broken_links(ROOT / "README.md", text) == ["none.md", "docs/adr/README.md#none"]


def test_every_document_is_linked_from_another():
    links = [
        (page.parent, link.partition("#")[0]) for page in PAGES for link in links_in(read(page))
    ]
    linked = {(folder / path).resolve() for folder, path in links}

    assert [str(page) for page in PAGES[1:] if page not in linked] == []


def lost_paths(names: Iterable[str]) -> list[str]:
    """Names that look like a file of the project, and are none."""
    rooms = r"(?:portal|actors|policies|templates|tests|bin|docs|locale)/[\w./-]*"
    return [name for name in names if re.fullmatch(rooms, name) and not (ROOT / name).exists()]


def test_every_file_that_a_document_names_exists():
    lost = {str(page): found for page in PAGES if (found := lost_paths(named_in(read(page))))}

    assert lost == {}
    assert lost_paths(["portal/no_such.py", "portal/urls.py", "bin/", "a/b"]) == [
        "portal/no_such.py"
    ]


def lost_documents(source: str) -> list[str]:
    """Documents that a comment or a docstring points to, and that are not there."""
    named = re.findall(r"\bdocs/[\w/-]+(?:\.md)?", source)
    return [name for name in named if not list(ROOT.glob(f"{name}*"))]


def test_every_document_that_the_source_points_to_exists():
    others = [ROOT / name for name in ("Makefile", "pyproject.toml")]
    tests = sorted((ROOT / "tests").rglob("*.py"))
    files = [path for path in [*SOURCES, *tests, *others] if path != Path(__file__)]
    lost = {str(path): found for path in files if (found := lost_documents(read(path)))}

    assert lost == {}
    assert lost_documents("see docs/adr/0001 and docs/no-such.md") == ["docs/no-such.md"]


def faults_of_adr(number: int, text: str) -> list[str]:
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    rules = {
        "number": text.startswith(f"# {number:04d}. "),
        "status": bool(re.search(r"^Status: \w+", text, re.MULTILINE)),
        "headings": headings == ["Context", "Decision", "Consequences"],
        "length": len(text.splitlines()) <= 60,
    }
    return [name for name, holds in rules.items() if not holds]


def test_every_decision_has_its_number_its_three_parts_and_its_place_in_the_list():
    listed = links_in(section(read(DOCS / "adr" / "README.md"), "The list"))
    faults = {
        path.name: found
        for number, path in enumerate(ADRS, start=1)
        if (found := faults_of_adr(number, read(path)))
    }

    assert len(ADRS) > 10
    assert faults == {}
    assert listed == [path.name for path in ADRS]


def test_a_decision_without_its_parts_is_found():
    assert faults_of_adr(7, "# 0007. x\n\nStatus: accepted\n\n## Context\n\n## Decision\n") == [
        "headings"
    ]
    assert faults_of_adr(8, "# 0007. x\n") == ["number", "status", "headings"]


def without_reason(requirements: str) -> list[str]:
    lines = [line for line in requirements.splitlines() if line and not line.startswith(("#", "-"))]
    return [line for line in lines if not re.fullmatch(r"\S+ +# \w.+", line)]


def test_every_direct_requirement_has_a_reason_on_its_line():
    files = sorted(ROOT.glob("requirements*.in"))

    assert len(files) == 2
    assert [line for path in files for line in without_reason(read(path))] == []
    assert without_reason("# why\n-r x.txt\na~=1.0  # the frame\nb~=2.0\n") == ["b~=2.0"]


def foreign_in(text: str) -> list[str]:
    return [found[0] for pattern in (OUTSIDE, REGISTRY) for found in pattern.finditer(text)]


def test_no_document_names_a_path_outside_the_project_or_a_registry_of_packages():
    found = {str(page): names for page in PAGES if (names := foreign_in(read(page)))}

    assert found == {}
    assert foreign_in(f"/etc/portal/ /tmp/x /id/x/ {'pypi'}.org/") == ["/tmp", "pypi.org"]
