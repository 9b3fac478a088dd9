"""States and countries of boards in words, and lists of packs by them."""

from collections.abc import Iterable

from lms.domain.packs import Pack
from lms.web.text import _, lazy

NATIONAL = "US"
_STATES = {
    "AL": lazy("Alabama"), "AK": lazy("Alaska"), "AZ": lazy("Arizona"), "AR": lazy("Arkansas"),
    "CA": lazy("California"), "CO": lazy("Colorado"), "CT": lazy("Connecticut"),
    "DE": lazy("Delaware"), "DC": lazy("District of Columbia"), "FL": lazy("Florida"),
    "GA": lazy("Georgia"), "HI": lazy("Hawaii"), "ID": lazy("Idaho"), "IL": lazy("Illinois"),
    "IN": lazy("Indiana"), "IA": lazy("Iowa"), "KS": lazy("Kansas"), "KY": lazy("Kentucky"),
    "LA": lazy("Louisiana"), "ME": lazy("Maine"), "MD": lazy("Maryland"),
    "MA": lazy("Massachusetts"), "MI": lazy("Michigan"), "MN": lazy("Minnesota"),
    "MS": lazy("Mississippi"), "MO": lazy("Missouri"), "MT": lazy("Montana"),
    "NE": lazy("Nebraska"), "NV": lazy("Nevada"), "NH": lazy("New Hampshire"),
    "NJ": lazy("New Jersey"), "NM": lazy("New Mexico"), "NY": lazy("New York"),
    "NC": lazy("North Carolina"), "ND": lazy("North Dakota"), "OH": lazy("Ohio"),
    "OK": lazy("Oklahoma"), "OR": lazy("Oregon"), "PA": lazy("Pennsylvania"),
    "RI": lazy("Rhode Island"), "SC": lazy("South Carolina"), "SD": lazy("South Dakota"),
    "TN": lazy("Tennessee"), "TX": lazy("Texas"), "UT": lazy("Utah"), "VT": lazy("Vermont"),
    "VA": lazy("Virginia"), "WA": lazy("Washington"), "WV": lazy("West Virginia"),
    "WI": lazy("Wisconsin"), "WY": lazy("Wyoming"),
}  # fmt: skip


def place(pack: Pack) -> str:
    """Where a pack holds, in words."""
    code = pack.jurisdiction
    if code in (NATIONAL, ""):
        return _("National")
    return str(_STATES.get(code.removeprefix("US-"), code))


def places(packs: Iterable[Pack]) -> list[tuple[str, str]]:
    """The places that have a pack, as (code, words): national first, then by name."""
    found = {pack.jurisdiction: place(pack) for pack in packs}
    return sorted(found.items(), key=lambda pair: (pair[0] != NATIONAL, pair[1]))


def by_place(packs: Iterable[Pack], code: str = "") -> list[Pack]:
    """Packs of a place, or all of them: national first, then by place and title."""
    held = [pack for pack in packs if code in ("", pack.jurisdiction)]
    return sorted(held, key=lambda p: (p.jurisdiction != NATIONAL, place(p), p.title))
