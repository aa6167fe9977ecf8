"""A machine as in production: PostgreSQL, gunicorn, nginx, and somebody who publishes."""

import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.asking import HOST, Answer, Server
from tests.deploy.processes import SOON, Gunicorn, Nginx, Postgres, running
from tests.own_database import ROOT
from tests.ports import free_port

DESK = "desk.portal.test"
LAST = "/the-last-line"
FOLDERS = ("run", "logs", "waiting", "tls")
OPENSSL = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"


class Machine:
    """``front`` is nginx, ``application`` what it asks; ``site`` says what is to be read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.var, self.conf = folder, folder / "var", folder / "nginx"
        for each in (folder, self.var, *(folder / name for name in FOLDERS)):
            each.mkdir(exist_ok=True)
            each.chmod(0o755)  # nginx is somebody else
        self.errors = folder / "logs" / "error.log"
        self.has_changed = True  # since its mirror was made
        self.postgres = Postgres(folder)
        self.gunicorn = Gunicorn(self._surroundings(PUBLIC_ONLY="1"), folder / "gunicorn.log")
        self.desk = Gunicorn(self._surroundings(WEB_CONCURRENCY="1"), folder / "desk.log")
        self.ports = {name: free_port() for name in ("listen", "redirect", "listen_desk", "rescue")}
        self.nginx = Nginx(self.conf, self.ports["listen"])
        self.application = Server(self.gunicorn.port)
        self.front = Server(self.ports["listen"], f"{folder}/tls/{HOST}.pem")
        self.at_the_desk = Server(self.ports["listen_desk"], f"{folder}/tls/{DESK}.pem", DESK)
        self.in_the_open = Server(self.ports["redirect"])

    def configure(self, **options: str) -> None:
        given = {name: f"127.0.0.1:{port}" for name, port in self.ports.items()}
        given |= {"application": f"127.0.0.1:{self.gunicorn.port}"}
        given |= {"desk_application": f"127.0.0.1:{self.desk.port}"}
        given |= {name: str(self.folder / name) for name in ("run", "logs", "waiting")}
        given |= {"certificates": str(self.folder / "tls"), "desk": DESK, "patience": "20s"}
        given |= {"workers": "1"}  # one log in the order of the questions
        named = [
            part
            for name, value in (given | options).items()
            for part in (f"--{name.replace('_', '-')}", value)
        ]
        with self.mirror_kept():
            self.manage("configure_nginx", self.conf, *named)

    def manage(self, *arguments: object) -> None:
        self.act(f"manage {shlex.join(map(str, arguments))}")

    def certify(self) -> None:
        for name in (HOST, DESK):
            whom = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
            where = ["-keyout", f"{name}.key", "-out", f"{name}.pem"]
            folder = self.folder / "tls"
            command = [*OPENSSL.split(), *whom, *where]
            subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL)

    def mirror(self) -> None:
        """Of a part of the site; the one that is there stays while nothing was published."""
        if self.has_changed:
            self.act(f"mirror {self.var / 'mirror'}")
            self.has_changed = False

    @contextmanager
    def mirror_kept(self) -> Iterator[None]:
        """Within, whoever publishes takes out of the mirror, too; nobody fills it again."""
        self.act(f"mirrors {self.var / 'mirror'}")
        yield
        self.act("mirrors ")

    def error_page(self, status: int, language: str | None) -> bytes:
        """As the mirror holds it; None: in every language."""
        errors = self.var / "mirror" / "current" / "errors"
        return (errors / (language or "all") / f"{status}.html").read_bytes()

    @contextmanager
    def mirror_alone(self, mirror: Path) -> Iterator[Server]:
        """Another nginx, which has nothing but this mirror."""
        conf, ports = self.folder / "alone", {"listen": free_port(), "redirect": free_port()}
        given = {name: f"127.0.0.1:{port}" for name, port in ports.items()}
        given |= {"mirror": mirror, "certificates": self.folder / "tls", "workers": "1"}
        given |= {"run": conf, "logs": conf, "waiting": conf}
        named = [part for name, value in given.items() for part in (f"--{name}", value)]
        self.manage("configure_nginx", conf, "--mirror-alone", *named)
        with running(Nginx(conf, ports["listen"])):
            yield Server(ports["listen"], self.front.certificate)

    def straight(self, address: str, method: str = "GET", **headers: str) -> Answer:
        """From the application, as nginx would ask it."""
        return self.application.ask(address, method, X_Forwarded_Proto="https", **headers)

    def act(self, line: str) -> None:
        """Returns when the publication is reported."""
        self.has_changed |= not line.startswith(("manage ", "mirrors "))
        self.editor.stdin.write(f"{line}\n")
        self.editor.stdin.flush()
        assert self.editor.stdout.readline() == "done\n"

    def logged(self, count: int) -> list[dict]:
        """The last lines of the log, one an answer; waits until the last answer is in it."""
        last = f"{LAST}/{time.monotonic_ns()}"  # not that of whoever asked before
        self.front.ask(last)
        until, log = time.monotonic() + SOON, self.folder / "logs" / "access.log"
        while time.monotonic() < until:
            self.nginx.flush()
            whole = log.read_text().rpartition("\n")[0]
            lines = [json.loads(line) for line in whole.splitlines()]
            if lines and lines[-1]["path"] == last:
                return lines[-count - 1 : -1]
            time.sleep(0.05)
        raise TimeoutError(log)

    @contextmanager
    def edited(self, content: str) -> Iterator[None]:
        """With an editor, who first fills the database."""
        command = [sys.executable, "-m", "tests.deploy.editor", content]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        surroundings = self.gunicorn.surroundings
        with subprocess.Popen(command, cwd=ROOT, env=surroundings, **pipes) as self.editor:
            self.site = json.loads(self.editor.stdout.readline())
            yield
            self.editor.stdin.close()

    def _surroundings(self, **more: str) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.deploy.settings",
            "PORTAL_ENV": "production",
            "PORTAL_VAR": str(self.var),
            "DATABASE_URL": self.postgres.url,
            "PORTAL_ORIGIN": f"https://{HOST}",
            "ALLOWED_HOSTS": f"{HOST},{DESK}",
            "SECRET_KEY": "of a machine that ends with the suite, 0123456789abcdef",
            "PORTAL_CONTACT": f"editors@{HOST}",
            "PORTAL_SECURITY_CONTACT": f"mailto:security@{HOST}",
            "PORTAL_BEHIND_PROXY": "1",
            **more,
        }


@contextmanager
def ready_machine(folder: Path, content: str = "examples") -> Iterator[Machine]:
    """Ready to be read, with a mirror and with nothing in its store but what that asked for."""
    made = Machine(folder)
    made.certify()
    with running(made.postgres), made.edited(content), running(made.gunicorn):
        made.mirror()
        made.configure()
        with running(made.nginx):
            yield made
