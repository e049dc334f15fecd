"""Every error that Demarche raises on purpose.

::

    DemarcheError
    ├── ReadingError          a source could not be read as a document
    ├── SettingsError         a setting is unknown or has a wrong value
    ├── LexiconError          a data file under ontology/ (or the user's own) is not well-formed
    ├── ModelError            the language pipeline could not be loaded
    ├── NotFoundError         an entity, document or export format that is not there
    ├── ConflictError         what is to be added is there already
    ├── ExportError           what is asked for cannot be exported in this way
    ├── ValidationError       a graph does not conform to the shapes
    ├── StoreError            the store could not be opened or written
    │   ├── StoreLockedError  another process holds it
    │   ├── FullTextError     the index of words is not there, or cannot be read or written
    │   ├── WorkerDiedError   the process that worked on a request ended by itself
    │   └── BusyError         too many requests wait already
    └── QueryError            a SPARQL query or update could not be evaluated
        ├── MalformedQueryError it is not SPARQL
        ├── RefusedError      it asks for what the store does not do: reach the network, write the union of the graphs
        ├── QueryTimeoutError it ran past its time limit and was stopped
        └── QueryMemoryError  it outgrew its memory limit and was stopped

A message says which input it is about, where the fault lies, and how to mend it.
"""

from __future__ import annotations


class DemarcheError(Exception):
    """The root: catch it to catch everything that Demarche raises on purpose."""


class ReadingError(DemarcheError):
    """A source could not be read as a document."""


class SettingsError(DemarcheError):
    """A setting is unknown or has a wrong value."""


class LexiconError(DemarcheError):
    """A data file (frames, gazetteer, ontology) is not well-formed or names a term that is not defined."""


class ModelError(DemarcheError):
    """The language pipeline could not be loaded."""


class NotFoundError(DemarcheError):
    """What was asked for by name is not there."""


class ConflictError(DemarcheError):
    """What is to be added is there already, and not to be replaced."""


class ExportError(DemarcheError):
    """A graph cannot be exported as it is asked for: a selection without sense, a view that a format lacks, too much for a picture."""


class ValidationError(DemarcheError):
    """A graph does not conform to the shapes; the message holds the report."""


class StoreError(DemarcheError):
    """The store could not be opened, read or written."""


class StoreLockedError(StoreError):
    """Another process holds the store."""


class FullTextError(StoreError):
    """The index of words beside a store is not there, or cannot be read or written."""


class WorkerDiedError(StoreError):
    """The process that worked on a request ended by itself; nothing else was lost with it."""


class BusyError(StoreError):
    """Too many requests wait already; ``retry_after`` is in how many seconds it is worth to ask again."""

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message, retry_after)
        self.message = message
        self.retry_after = retry_after

    def __str__(self) -> str:
        return self.message


class QueryError(DemarcheError):
    """A SPARQL query or update could not be evaluated.

    ``line`` and ``column`` count from 1 and are None where the fault has no place in the text.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return self.message


class MalformedQueryError(QueryError):
    """A query or an update is not SPARQL."""


class RefusedError(QueryError):
    """A query or an update asks for what the store does not do, such as reaching the network, or writing the union of its graphs."""


class QueryTimeoutError(QueryError):
    """A query ran past its time limit and was stopped."""


class QueryMemoryError(QueryError):
    """A query outgrew its memory limit and was stopped."""
