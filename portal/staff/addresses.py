"""Where staff work: below these addresses, and nowhere else."""

STAFF = ("/admin/", "/styleguide/")


def is_staff(path: str) -> bool:
    return path.startswith(STAFF)
