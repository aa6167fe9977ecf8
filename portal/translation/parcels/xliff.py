"""What both versions of XLIFF call things: names, states and marks. See docs/reference/parcels.md.

1.2: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
2.0: https://docs.oasis-open.org/xliff/xliff-core/v2.0/xliff-core-v2.0.html
"""

from portal.translation.parcels.parcel import Standing

V1, V2 = "1.2", "2.0"
NAMESPACES = {
    V1: "urn:oasis:names:tc:xliff:document:1.2",
    V2: "urn:oasis:names:tc:xliff:document:2.0",
}
READABLE = {V1: [V1], V2: [V2, "2.1"]}  # 2.1 is 2.0 with more modules, under the same name
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
OURS = "urn:portal:parcel:1"
XML = "http://www.w3.org/XML/1998/namespace"

OF_MACHINES = {"mt-suggestion", "leveraged-mt"}  # 1.2: state-qualifier
BEHIND, MACHINE = "portal:behind", "portal:machine"  # 2.0: subState
REFINED_AS_MACHINE = {"machine", "mt", *OF_MACHINES}

STATES = {
    V1: {
        Standing.MISSING: {"state": "needs-translation"},
        Standing.BEHIND: {"state": "needs-review-translation"},
        Standing.MACHINE: {
            "state": "needs-review-translation",
            "state-qualifier": "mt-suggestion",
        },
        Standing.SAME: {"state": "translated"},
    },
    V2: {
        Standing.MISSING: {"state": "initial"},
        Standing.BEHIND: {"state": "initial", "subState": BEHIND},
        Standing.MACHINE: {"state": "initial", "subState": MACHINE},
        Standing.SAME: {"state": "translated"},
    },
}


def is_done_in_1(state: str) -> bool:
    """A tool that says nothing of a state has a translation in mind that is one."""
    return state != "new" and not state.startswith("needs-")


def is_done_in_2(state: str) -> bool:
    """Nothing said means “initial”, by the standard."""
    return state not in ("", "initial")


def is_of_machine(refined: str) -> bool:
    """``authority:value``; the authority is whoever wrote the file."""
    return refined.rpartition(":")[2] in REFINED_AS_MACHINE
