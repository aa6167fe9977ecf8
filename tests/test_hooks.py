"""The hooks of a page, which others may rely on, stand in ``docs/reference/addresses.md``."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTICE = re.compile(r'data-notice="([\w-]+)"')


def test_every_notice_of_a_page_is_documented_and_no_other():
    pages = [path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html")]
    said = {name for page in pages for name in NOTICE.findall(page)}
    documented = (ROOT / "docs" / "reference" / "addresses.md").read_text("utf-8")

    assert len(said) > 5
    assert set(NOTICE.findall(documented)) == said
