"""Remember what a function says of a token, so that several readers of one document ask the parse but once.

What is remembered stands with the Doc (``Doc.user_data``) and goes with it: a Doc must not be changed once it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from spacy.tokens import Token

P = ParamSpec("P")
T = TypeVar("T")


def remembered(function: Callable[Concatenate[Token, P], T]) -> Callable[Concatenate[Token, P], T]:
    """Return a function that is worked out once for each token and the very same further arguments.

    What it returns must not be changed.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def looked_up(token: Token, /, *args: P.args, **kwargs: P.kwargs) -> T:
        known: dict[tuple[int, ...], tuple[T, object]] = token.doc.user_data.setdefault(name, {})
        key = (token.i, *map(id, args), *map(id, kwargs.values()))
        if key not in known:
            # The arguments are kept, so that no other ones ever have their identity.
            known[key] = function(token, *args, **kwargs), (args, kwargs)
        return known[key][0]

    return looked_up
