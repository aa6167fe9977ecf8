from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.delivery.in_front import Front, write_front


class Command(BaseCommand):
    """The configuration of the nginx in front, for this site and this machine."""

    help = "Write the configuration of the nginx in front into a folder."

    def add_arguments(self, parser) -> None:
        usual = Front(desk=None)
        parser.add_argument("folder", type=Path, help="where; what is there is written anew")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--desk", metavar="HOST", help="the name of the desk")
        which.add_argument(
            "--mirror-alone", action="store_true", help="this machine has nothing but the mirror"
        )
        for name, value in vars(usual).items():
            if name != "desk":
                many = {} if isinstance(value, str | Path) else {"nargs": "+"}
                option = f"--{name.replace('_', '-')}"
                parser.add_argument(option, default=value, type=type_of(value), **many)

    def handle(self, *args, folder: Path, **options) -> None:
        given = {name: options[name] for name in vars(Front(desk=None))}
        try:
            written = write_front(Front(**given), folder)
        except ValueError as fault:
            raise CommandError(str(fault)) from None
        except OSError as fault:
            raise CommandError(f"{fault}\nThe configuration is not whole.") from None
        self.stdout.write(f"{len(written)} files are in {folder}. Try them with nginx -t.")


def type_of(value: object) -> type:
    return Path if isinstance(value, Path) else str
