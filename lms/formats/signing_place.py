"""An empty place for a digital signature, made before signing so that it can be read by ear.

A field that a signer adds by itself is outside the structure of the page, and the file is no
PDF/UA any more (ISO 14289-1, 7.18). Only papers that will be signed have it: readers warn of a
signature that is missing.
"""

from typing import Any

import pydyf

from lms.formats.archival import part

FIELD = "Signature1"
_SAID = "Digital signature of the issuer"
_PRINTED_AND_LOCKED = 132
_SIGNATURES_EXIST_AND_APPEND_ONLY = 3


def add(pdf: Any) -> None:
    """Put the field on the first page, into its order of tabs and into the structure."""
    page = next(
        thing
        for thing in pdf.objects
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Page"
    )
    root = part(pdf, pdf.catalog["StructTreeRoot"])
    parents = part(pdf, root["ParentTree"])
    key = max(parents["Nums"][::2]) + 1
    field = _field(page, key)
    pdf.add_object(field)
    page["Annots"] = pydyf.Array([*page.get("Annots", []), field.reference])
    page["Tabs"] = "/S"
    form = _in_structure(pdf, root, page, field)
    parents["Nums"] += [key, form.reference]
    root["ParentTreeNextKey"] = key + 1
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        {"Fields": pydyf.Array([field.reference]), "SigFlags": _SIGNATURES_EXIST_AND_APPEND_ONLY}
    )


def _field(page: Any, key: int) -> Any:
    return pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(FIELD),
            "TU": pydyf.String(_SAID),
            "Rect": pydyf.Array([0, 0, 0, 0]),
            "F": _PRINTED_AND_LOCKED,
            "P": page.reference,
            "StructParent": key,
        }
    )


def _in_structure(pdf: Any, root: Any, page: Any, field: Any) -> Any:
    document = part(pdf, root["K"][0])
    reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": page.reference})
    pdf.add_object(reference)
    form = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "P": document.reference,
            "Pg": page.reference,
            "K": pydyf.Array([reference.reference]),
            "Alt": pydyf.String(_SAID),
        }
    )
    pdf.add_object(form)
    document["K"].append(form.reference)
    return form
