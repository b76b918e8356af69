"""Which JSON Schema helps an editor to complete and check a policy file?

Editors' YAML servers read draft-07 and below, so the schema keeps to it.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core.core_schema import BeforeValidatorFunctionSchema, ModelSchema

from gatekeeper.policy.descriptions import DESCRIPTIONS
from gatekeeper.policy.disclosures import DisclosuresShape
from gatekeeper.policy.row import Table
from gatekeeper.policy.shape import DetectorShape, PackShape, RepliesShape, RuleShape
from gatekeeper.policy.tenant_shape import TenantShape

DRAFT = "http://json-schema.org/draft-07/schema#"
_REF = "#/definitions/{model}"


class _AsWritten(GenerateJsonSchema):
    """Tells what may be written: a value that is converted first may be anything, unless stated.

    A window of hours is written as `mon-fri: "08:00-21:00"` and kept as a table of instants.
    """

    def function_before_schema(self, schema: BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Schema of a value before its converter has seen it."""
        of_model = schema["schema"]["type"] in ("model", "model-fields")
        if of_model or "json_schema_input_schema" in schema:
            return super().function_before_schema(schema)
        return {}

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Schema of a model, with what an editor tells of each key."""
        made = super().model_schema(schema)
        told = described(schema["cls"])
        for key, said in made.get("properties", {}).items():
            if key in told and "description" not in said:
                said["description"] = told[key]
        return made


def described(model: type[BaseModel]) -> Mapping[str, str]:
    """What is to be known of each key of a model: the text below the field, or in our table."""
    told: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, BaseModel) and cls is not BaseModel:
            told |= {
                name: text for name in inspect.get_annotations(cls) if (text := _told(cls, name))
            }
    fields = model.model_fields
    return {fields[name].alias or name: text for name, text in told.items() if name in fields}


def _told(cls: type, name: str) -> str | None:
    named = DESCRIPTIONS.get(f"{cls.__name__}.{name}") or DESCRIPTIONS.get(name)
    return _texts_below(cls).get(name) or named


@cache
def _texts_below(cls: type) -> Mapping[str, str]:
    """The docstrings of a class's fields, which Python itself does not keep."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def pack_schema(kinds: Mapping[str, type[BaseModel]]) -> dict[str, Any]:
    """Schema of pack files, where `with` follows from the `check` that a rule names."""
    return _of_rules(PackShape, kinds)


def tenant_schema(kinds: Mapping[str, type[BaseModel]]) -> dict[str, Any]:
    """Schema of tenants' files; what a tightening says of parameters is for the loader to check."""
    return _of_rules(TenantShape, kinds)


def _of_rules(shape: type[BaseModel], kinds: Mapping[str, type[BaseModel]]) -> dict[str, Any]:
    models = [kinds[name] for name in sorted(kinds)]
    schema, refs = _schema(shape, RuleShape, *models)
    rule = schema["definitions"][_name(refs[1])]
    rule["properties"]["check"]["enum"] = sorted(kinds)
    rule["allOf"] = [_with(name, ref) for name, ref in zip(sorted(kinds), refs[2:], strict=True)]
    return schema


def detector_schema(parts: Mapping[str, type[BaseModel]]) -> dict[str, Any]:
    """Schema of detector files, whose parts (`gate`, `find`, `context`) screening reads."""
    schema, refs = _schema(DetectorShape, *parts.values())
    for name, ref in zip(parts, refs[1:], strict=True):
        told = schema["properties"][name].get("description", "")
        schema["properties"][name] = {"allOf": [ref], "description": told}
    return schema


def replies_schema() -> dict[str, Any]:
    """Schema of files of replies."""
    return _schema(RepliesShape)[0]


def disclosures_schema() -> dict[str, Any]:
    """Schema of files of disclosures."""
    return _schema(DisclosuresShape)[0]


def table_schema() -> dict[str, Any]:
    """Schema of decision tables."""
    return _schema(Table)[0]


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Schema of files of any other shape."""
    return _schema(model)[0]


def _schema(*models: type[BaseModel]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The schema of the first model with the definitions of all, and a reference to each."""
    refs, schema = models_json_schema(
        [(model, "validation") for model in models],
        ref_template=_REF,
        schema_generator=_AsWritten,
    )
    definitions = {name: _draft_07(below) for name, below in schema["$defs"].items()}
    named = [refs[(model, "validation")] for model in models]
    return {"$schema": DRAFT, **definitions[_name(named[0])], "definitions": definitions}, named


def _name(reference: dict[str, Any]) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _with(name: str, reference: dict[str, Any]) -> dict[str, Any]:
    return {
        "if": {"properties": {"check": {"const": name}}, "required": ["check"]},
        "then": {"properties": {"with": reference}},
    }


def _draft_07(schema: Any) -> Any:
    """The same without what draft-07 lacks: there, words beside a `$ref` are ignored."""
    if isinstance(schema, list):
        return [_draft_07(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _draft_07(value) for key, value in schema.items() if key != "discriminator"}
    if "$ref" in plain and len(plain) > 1:
        return {"allOf": [{"$ref": plain.pop("$ref")}], **plain}
    return _notes_allowed(plain)


def _notes_allowed(schema: dict[str, Any]) -> dict[str, Any]:
    """A closed mapping still takes notes, keys that begin with `x_`."""
    if schema.get("additionalProperties") is False:
        return {**schema, "patternProperties": {"^x_": {}}}
    return schema
