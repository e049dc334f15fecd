"""``fields=``: only some fields of the things of an answer, those within others by dots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from api.problems import ProblemError

Tree = Mapping[str, "Tree"]


def read_fields(text: str | None, of: type[BaseModel]) -> Tree | None:
    """Return the fields that a text names ("label,speaker.label") as a tree; None for all. Raises ProblemError for an unknown one."""
    if text is None or not text.strip():
        return None
    tree: dict[str, Any] = {}
    for path in filter(None, (one.strip() for one in text.split(","))):
        branch, body = tree, of
        for name in path.split("."):
            known = dict(_fields(body))
            if name not in known:
                raise ProblemError(
                    400,
                    "unknown-field",
                    f"There is no field {path!r}: {body.model_config.get('title', body.__name__)} has no {name!r}.",
                    advice=f"Name some of: {', '.join(known) or 'none, it has no fields within'}.",
                )
            branch = branch.setdefault(name, {})
            body = known[name]
    return tree


def chosen(value: Any, tree: Tree | None) -> Any:
    """Return of a JSON value only the fields of a tree; of a list, of each in it."""
    if not tree:
        return value
    if isinstance(value, list):
        return [chosen(one, tree) for one in value]
    if isinstance(value, dict):
        return {name: chosen(value[name], tree[name]) for name in value if name in tree}
    return value


class _Plain(BaseModel):
    """Stands for a value that has no fields."""


def _fields(body: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in body.model_fields.items():
        yield field.alias or name, _body_in(field.annotation) or _Plain


def _body_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _body_in(one)) is not None), None)
