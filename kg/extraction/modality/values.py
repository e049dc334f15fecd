"""How modalities compose: what an operator makes of what stands inside it.

After the values of FactBank (Saurí and Pustejovsky 2009: certain, probable or possible, of either polarity, or underspecified) and the
signatures of implicatives (Karttunen 1971; Nairn, Condoravdi and Karttunen 2006), brought down to the six modalities told apart here.
"""

from __future__ import annotations

from kg.extraction.lexicon import Signature
from kg.records import Modality

ORDER: tuple[Modality, ...] = ("asserted", "planned", "conditional", "possible", "desired", "negated")
_OUTER: dict[Modality, tuple[Modality, ...]] = {
    # inside:       asserted       planned        conditional    possible       desired        negated
    "asserted": ("asserted", "planned", "conditional", "possible", "desired", "negated"),
    "planned": ("planned", "planned", "conditional", "possible", "desired", "negated"),
    "conditional": ("conditional", "conditional", "conditional", "conditional", "conditional", "conditional"),
    "possible": ("possible", "possible", "conditional", "possible", "possible", "possible"),
    "desired": ("desired", "desired", "conditional", "desired", "desired", "negated"),
    "negated": ("negated", "negated", "conditional", "negated", "negated", "asserted"),
}
_TABLE: dict[tuple[Modality, Modality], Modality] = {
    (outer, inner): value for outer, row in _OUTER.items() for inner, value in zip(ORDER, row, strict=True)
}


def within(outer: Modality, inner: Modality) -> Modality:
    """Return what holds of something with the modality ``inner`` under an operator with that of ``outer``."""
    return _TABLE[outer, inner]


def under(signature: Signature, governor: Modality, inner: Modality) -> Modality:
    """Return the modality of a complement under a governing word that itself has the modality ``governor``.

    A negated governor shows the other side of its signature: who did not fail to meet has met.
    """
    if governor == "negated":
        return within(signature.negated, inner)
    value = within(signature.affirmed, inner)
    return value if governor in signature.projects else within(governor, value)
