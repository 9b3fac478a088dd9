"""The form of a file: its JSON Schema, whose descriptions are what an author is told to do."""

import json
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from lms.content.documents import Document
from lms.content.findings import Finding
from lms.content.yaml_text import Place

_DATES = FormatChecker(formats=())
_DATES.checks("date", raises=ValueError)(lambda day: bool(date.fromisoformat(day)))

_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number with a fraction",
    list: "a list",
    dict: "fields",
    type(None): "empty",
}
_NAMES = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict}
_NUMBERS = {
    "minimum": "It is below {}",
    "maximum": "It is above {}",
    "minItems": "It has fewer than {}",
    "maxItems": "It has more than {}",
    "minProperties": "It has fewer than {}",
    "minLength": "It is empty",
}


def faults(document: Document) -> Iterator[Finding]:
    """What the schema of its kind says of a document: missing and unknown keys, wrong values."""
    seen: set[tuple[Place, str]] = set()
    for error in _validator(document.kind).iter_errors(document.body):
        place = tuple(error.absolute_path)
        # The library names one missing key an error; we name them all, once for each place.
        if (place, str(error.validator)) not in seen:
            seen.add((place, str(error.validator)))
            yield from _explained(document, place, error)


@cache
def _validator(kind: str) -> Draft202012Validator:
    folder = files("lms.content") / "schemas"
    common, schema = (
        json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("common", kind)
    )
    return Draft202012Validator(_inlined(schema, common["$defs"]), format_checker=_DATES)


def _inlined(schema: Any, shared: dict[str, Any]) -> Any:
    """The schema with what it shares put in place: looking it up costs half of a check.

    What a schema defines itself stays a reference, because a requirement may hold requirements.
    """
    if isinstance(schema, list):
        return [_inlined(part, shared) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: _inlined(value, shared) for key, value in schema.items() if key != "$ref"}
    name = schema.get("$ref", "").rpartition("/")[2]
    if name not in shared:
        return parts | ({"$ref": schema["$ref"]} if name else {})
    # What stands beside the reference, such as its own description, goes first.
    return {**_inlined(shared[name], shared), **parts}


def _explained(document: Document, place: Place, error: ValidationError) -> Iterator[Finding]:
    schema: Any = error.schema
    instance: Any = error.instance
    if error.validator == "required":
        for key in schema["required"]:
            if key not in instance:
                told = schema["properties"][key].get("description", "Write it")
                yield document.finding((*place, key), f'The key "{key}" is missing', told)
    elif error.validator == "additionalProperties":
        for key in sorted(instance.keys() - schema["properties"].keys()):
            yield _unknown(document, (*place, key), list(schema["properties"]))
    else:
        yield document.finding(place, _fault(error), schema.get("description", "Change it"))


def _unknown(document: Document, place: Place, known: list[str]) -> Finding:
    key = str(place[-1])
    if " " in key:
        fault = f'The words "{key}" are read as a key'
        return document.finding(place, fault, "Put text that holds a comma in double quotes")
    close = get_close_matches(key, known, 1)
    remedy = f'Did you mean "{close[0]}"?' if close else f"Known keys are {', '.join(known)}"
    return document.finding(place, f'The key "{key}" is not known here', remedy.rstrip("?"))


def _fault(error: ValidationError) -> str:
    rule = str(error.validator)
    if rule == "type":
        wanted = _KINDS[_NAMES[str(error.validator_value)]]
        return f"It is {_KINDS[type(error.instance)]}, and should be {wanted}"
    if rule in _NUMBERS:
        return _NUMBERS[rule].format(error.validator_value)
    if rule == "uniqueItems":
        return "One entry stands twice"
    if rule == "oneOf":
        return "It is neither a quiz nor an exam"
    shown = str(error.instance)
    return f'"{shown[:60]}{"…" if len(shown) > 60 else ""}" does not fit'
