"""Two content files that load: a plan, and the actor that drew it up."""

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
