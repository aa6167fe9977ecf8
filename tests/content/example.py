"""Content files that load: a plan, and the actor that drew it up; and three that come later."""

from pathlib import Path

from policies.models import Plan
from portal.publishing import going_public
from portal.publishing.models import Release, Revision
from portal.staff.models import Account
from tests.publishing.review import approve_all

ACTOR = """\
uuid = "0b3a1f0e-1111-4a3b-9d57-0d4c1f0a2b3c"
body_kind = "council"
level = "federal"
established = "2015"
sources = ["Royal decree of 28 January 2015 | | nl | 2026-11-24"]

[title]
en = "National Security Council"
fr = "Conseil national de sécurité"
nl = "Nationale Veiligheidsraad"

[slug]
en = "national-security-council"
fr = "conseil-national-de-securite"
nl = "nationale-veiligheidsraad"

[summary]
en = "A council."
fr = "Un conseil."
nl = "Een raad."
"""
PLAN = """\
uuid = "0b3a1f0e-2222-4a3b-9d57-0d4c1f0a2b3c"
plan_kind = "national"
drawn_up = "2005"
owners = ["actor/council"]

[title]
en = "Plan"
fr = "Plan"
nl = "Plan"

[slug]
en = "plan-r"
fr = "plan-r"
nl = "plan-r"

[summary]
en = \"\"\"
One sentence.
Another one.

- first
- second
\"\"\"
fr = "Une phrase."
nl = "Een zin."
"""
PACKAGE = """\
uuid = "0b3a1f0e-3333-4a3b-9d57-0d4c1f0a2b3c"
announced = "2015"
announced_by = "actor/agency"

[title]
en = "Package"
fr = "Paquet"
nl = "Pakket"

[slug]
en = "package"
fr = "paquet"
nl = "pakket"

[summary]
en = "Some measures."
fr = "Des mesures."
nl = "Enkele maatregelen."
"""
MEASURE = """\
uuid = "0b3a1f0e-4444-4a3b-9d57-0d4c1f0a2b3c"
package = "measure-package/package"
led_to_actors = ["actor/agency"]

[title]
en = "Measure"
fr = "Mesure"
nl = "Maatregel"

[slug]
en = "measure"
fr = "mesure"
nl = "maatregel"

[summary]
en = "One measure, see [the agency](/id/0b3a1f0e-5555-4a3b-9d57-0d4c1f0a2b3c/)."
fr = "Une mesure, voyez [l'agence](/id/0b3a1f0e-5555-4a3b-9d57-0d4c1f0a2b3c/)."
nl = "Een maatregel, zie [het agentschap](/id/0b3a1f0e-5555-4a3b-9d57-0d4c1f0a2b3c/)."
"""
AGENCY = """\
uuid = "0b3a1f0e-5555-4a3b-9d57-0d4c1f0a2b3c"
body_kind = "body"
level = "federal"

[title]
en = "Agency"
fr = "Agence"
nl = "Agentschap"

[slug]
en = "agency"
fr = "agence"
nl = "agentschap"

[summary]
en = "An agency."
fr = "Une agence."
nl = "Een agentschap."
"""


def write(root: Path, name: str, content: str) -> None:
    path = root / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")


def write_example(root: Path) -> Path:
    write(root, "actor/council", ACTOR)
    write(root, "plan/plan-r", PLAN)
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    content = (root / f"{name}.toml").read_text("utf-8")
    assert old in content
    write(root, name, content.replace(old, new))


def correct(root: Path, old: str = "Une phrase.", new: str = "Deux phrases.") -> None:
    edit(root, "plan/plan-r", old, new)


def written() -> tuple[int, int, int]:
    """How much there is of what a proposal writes."""
    return Revision.objects.count(), Release.objects.count(), Plan.objects.count()


def published(release: Release, by: Account) -> None:
    approve_all(release, by)
    going_public.publish_release(release, by)
