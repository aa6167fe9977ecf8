"""The configuration of nginx is whole, and sound for nginx itself, for a site without https too."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.delivery.in_front import MIRROR_ALONE, TEMPLATES, Front, write_front
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from tests.deploy.processes import Nginx
from tests.ports import free_port


@pytest.fixture(autouse=True)
def _mirror(settings, tmp_path) -> None:
    settings.PORTAL_MIRRORS = [str(tmp_path / "mirror")]


def front(folder: Path, desk: str | None = "desk.portal.test") -> Front:
    for name in ("logs", "waiting"):
        (folder / name).mkdir()
    ports = {name: (f"127.0.0.1:{free_port()}",) for name in ("listen", "listen_desk")}
    places = {"run": folder, "logs": folder / "logs", "waiting": folder / "waiting"}
    return Front(desk=desk, **places, **ports)


@pytest.mark.machine
@pytest.mark.parametrize("desk", ["desk.portal.test", None])
def test_a_site_in_the_open_has_a_sound_configuration_too(tmp_path, desk):
    write_front(front(tmp_path, desk), tmp_path / "nginx")

    assert Nginx(tmp_path / "nginx", port=0).is_sound()


@pytest.mark.machine
def test_a_desk_where_readers_ask_has_a_sound_configuration_too(tmp_path):
    usual = front(tmp_path)
    write_front(replace(usual, listen_desk=usual.listen), tmp_path / "nginx")

    assert Nginx(tmp_path / "nginx", port=0).is_sound()


def test_every_blank_is_filled_in_and_every_language_known(tmp_path):
    written = write_front(front(tmp_path), tmp_path / "nginx")
    text = "".join(path.read_text("utf-8") for path in written)

    assert "@{" not in text
    assert "@{" in (TEMPLATES / "public.conf").read_text("utf-8")
    assert all(route_in("search", code).strip("/") in text for code in codes())
    assert "ssl_certificate" not in "".join(
        path.read_text() for path in written if "tls" not in path.name
    )


def test_a_machine_that_has_the_mirror_alone_asks_nobody(tmp_path):
    written = write_front(front(tmp_path, desk=None), tmp_path / "nginx")
    servers = {path.name for path in written if "server {" in path.read_text()}

    assert servers == {"mirror-alone.conf", "strangers.conf"}
    assert "proxy_pass http" not in "".join(path.read_text() for path in written)


def test_wherever_faults_are_led_elsewhere_what_is_malformed_is_still_refused():
    """nginx forgets every ``error_page`` of a server where a location has one of its own."""
    texts = [path.read_text("utf-8") for path in TEMPLATES.glob("*.conf")]
    servers = [text for text in texts if "    include refusals.conf;" in text]
    locations = [each for text in servers for each in re.split(r"^    location ", text, flags=re.M)]
    asked = [each for each in locations if each.startswith("/") and " error_page " in each]

    assert len(asked) == 2
    assert [each for each in asked if "error_page 400 413 =400 /.malformed;" not in each] == []


def test_the_command_says_how_much_it_wrote_and_what_kept_it_from_writing(tmp_path):
    said = io.StringIO()
    call_command("configure_nginx", tmp_path / "nginx", "--desk", "desk.portal.test", stdout=said)

    count = len([*(tmp_path / "nginx").iterdir()])
    assert count == len([*TEMPLATES.glob("*.conf")]) - len(MIRROR_ALONE) + 2
    assert said.getvalue() == (
        f"{count} files are in {tmp_path / 'nginx'}. Try them with nginx -t.\n"
    )
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="The configuration is not whole"):
        call_command("configure_nginx", tmp_path / "file", "--desk", "desk.portal.test")


@pytest.mark.parametrize("others", [[], ["/var/lib/portal/another"]])
def test_beside_the_desk_no_mirror_stands_in_that_publications_do_not_keep(
    settings, tmp_path, others
):
    where, which = (tmp_path / "nginx", "--mirror"), tmp_path / "by-hand"
    settings.PORTAL_MIRRORS = others
    with pytest.raises(CommandError, match="Name it in PORTAL_MIRRORS"):
        call_command("configure_nginx", *where, which, "--desk", "desk.portal.test")
    assert not where[0].exists()

    call_command("configure_nginx", *where, which, "--mirror-alone", stdout=io.StringIO())
    assert str(which) in (where[0] / "mirror-alone.conf").read_text("utf-8")
