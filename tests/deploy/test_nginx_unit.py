"""The unit of nginx gives what its configuration takes for granted, and what a bad hour wants."""

from portal.delivery.in_front import TEMPLATES, Front
from tests.own_database import ROOT

UNITS = ROOT / "deploy" / "systemd"


def said_in(name: str) -> list[tuple[str, str]]:
    lines = (UNITS / name).read_text().splitlines()
    return [tuple(line.split("=", 1)) for line in lines if "=" in line and line[0] != "#"]


NGINX = dict(said_in("portal-nginx.service"))
EVERY = dict(said_in("portal-.service.d/hardened.conf"))


def test_wherever_nginx_writes_its_unit_makes_the_folder():
    made = {
        f"/run/{NGINX['RuntimeDirectory']}",
        f"/var/log/{NGINX['LogsDirectory']}",
        f"/var/cache/{NGINX['CacheDirectory']}",
    }
    usual = Front(desk=None)

    assert {str(usual.run), str(usual.logs), str(usual.waiting)} == made


def test_what_waits_for_a_slow_reader_is_on_disk_and_no_memory_of_nginx():
    """Its run folder is memory, and counts as its own."""
    paths = [line.split() for line in (TEMPLATES / "settings.conf").read_text().splitlines()]
    waiting = [words[1] for words in paths if words and words[0].endswith("_temp_path")]

    assert [path.partition("/")[0] for path in waiting] == ["@{waiting}"] * 5
    assert "MemoryMax" in NGINX


def test_nginx_waits_for_the_addresses_of_the_machine():
    assert NGINX["Wants"] == NGINX["After"] == "network-online.target"


def test_no_unit_is_given_up_however_often_it_fails():
    assert (EVERY["StartLimitIntervalSec"], NGINX["Restart"]) == ("0", "always")


def test_a_search_that_was_switched_off_stays_off_when_nginx_is_started_again():
    assert NGINX["RuntimeDirectoryPreserve"] == "restart"


def test_nginx_is_not_told_to_do_what_its_unit_forbids():
    """An expression that becomes code in memory."""
    assert EVERY["MemoryDenyWriteExecute"] == "yes"
    assert [path.name for path in TEMPLATES.iterdir() if "pcre_jit" in path.read_text()] == []
