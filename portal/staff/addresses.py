"""Where staff work: everything below one address, and nothing else."""

STAFF = "/admin/"


def is_staff(path: str) -> bool:
    return path.startswith(STAFF)
