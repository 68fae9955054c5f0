"""Kinds of column that a row's plain types do not tell."""

from typing import Annotated, Any

Json = Annotated[Any, "json"]
StreamSequence = Annotated[int, "stream sequence"]
