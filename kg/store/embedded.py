"""The store that needs no server: Oxigraph, in a folder or in memory, asked directly.

The union of the named graphs is kept, not computed: every write brings Oxigraph's default graph up to date in the same
transaction. Oxigraph can compute a union for each query, but then gives a triple once for every graph that holds it, so that
counts come out too high, and takes no notice of FROM. Each triple is stored once more for it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple
from rdflib import Dataset, Graph, URIRef

from kg.errors import MalformedQueryError, StoreError
from kg.graph.vocabulary import PREFIXES
from kg.store.answer import EmbeddedAnswer
from kg.store.bulk import noting_graphs, read_quads, with_union
from kg.store.changes import update_text
from kg.store.folder import FolderLock, check_folder, opening_error
from kg.store.fulltext.asking import Sought
from kg.store.fulltext.keeping import KeptIndex, ReadIndex
from kg.store.fulltext.touched import Touched, touched_by, touched_with
from kg.store.given import graph_name, triples_of
from kg.store.graph_changes import change_text, name_of, touched_by_change
from kg.store.protocol import Edit, GraphChange
from kg.store.replacing import bring_in, is_unsettled, settle
from kg.store.sent import read_triples
from kg.store.sparql.faults import explain
from kg.store.sparql.loads import Document
from kg.store.sparql.matching import expand_query, expand_update
from kg.store.sparql.naming import graph_node
from kg.store.sparql.parsing import answer_form, parse_fault
from kg.store.sparql.updates import prepared
from kg.store.terms import as_dataset
from kg.store.writing import write_whole

Name = NamedNode | BlankNode


class EmbeddedStore:
    """Named graphs in one Oxigraph database; see ``kg.store.protocol.Store``.

    ``path`` is the database's folder, made if it is not there; None keeps everything in memory. One process may have a folder
    open for writing, or several with ``read_only``. May be used from several threads. With ``union`` False the default graph is one
    of its own, as in the SPARQL standard's examples; it is written by ``update`` and ``write`` alone.

    Raises StoreError if the folder cannot be a store, StoreLockedError if somebody else has it open.
    """

    full_text = True
    """Queries may have ``dem:matches``."""

    def __init__(self, path: Path | None, *, read_only: bool = False, union: bool = True) -> None:
        self._path = path
        self._read_only = read_only
        self._union = union
        self._writing = threading.Lock()
        self._triple_count: int | None = None
        self._changes = 0
        self._folder_lock: FolderLock | None = None
        self._database: pyoxigraph.Store | None = None
        if path is None:
            self._database = pyoxigraph.Store()
        else:
            self._folder_lock, self._database = _open_folder(path, read_only=read_only)
        self._index = self._open_index()
        if path is not None and union and _lacks_union(self._database):
            self._adopt()

    def query(
        self, query: str, *, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> EmbeddedAnswer:
        """Take a SPARQL 1.1 query, to be evaluated over one snapshot when the answer is read.

        The usual prefixes need no declaration; SERVICE is refused. The graphs are those of the protocol. Full text is looked up at
        once, see ``kg.store.sparql.matching``. Raise QueryError.
        """
        database = self._open_database()
        fault = parse_fault(query)
        if fault is not None:
            raise explain(query, fault)
        query = expand_query(query, self.find)
        kind, variables = answer_form(query)
        default: list[Name | DefaultGraph] | None = None
        if default_graphs is not None:
            default = [graph_node(name) for name in default_graphs]
        named: list[Name] | None = None if named_graphs is None else [graph_node(name) for name in named_graphs]
        return EmbeddedAnswer(
            lambda: database.query(query, prefixes=PREFIXES, default_graph=default, named_graphs=named),
            kind=kind,
            variables=variables,
        )

    def find(self, sought: Sought) -> Sequence[tuple[str, float]]:
        """Return the IRIs of what has some words in its names or texts, with scores; see ``kg.store.fulltext.finding``."""
        with self._writing:
            self._open_database()
            if isinstance(self._index, KeptIndex):
                return self._index.find(sought)
            return self._index.find(sought, state=self._changes)

    def replace_graph(self, graph: Graph) -> None:
        """Make ``graph`` the whole content of the named graph of its identifier: all of it, or on an error nothing.

        Blank nodes keep apart what they kept apart, but not their labels. Raise StoreError for a graph that is not named by an
        IRI or holds what RDF 1.1 does not allow.
        """
        self.change([graph])

    def remove_graph(self, name: URIRef) -> bool:
        """Drop a named graph, and from the union what stood in no other; tell whether there was one."""
        there = self._open_database().contains_named_graph(graph_name(name))
        if there:
            self.change([], removed=[name])
        return there

    def change(self, graphs: Iterable[Graph], *, removed: Iterable[URIRef] = (), edits: Iterable[Edit] = ()) -> None:
        """Replace some named graphs, drop and edit others, all at once: readers see either all of it or nothing.

        Only what differs is written. Raise StoreError as ``replace_graph`` does; then nothing was written.
        """
        wanted = {graph_name(graph.identifier): triples_of(graph) for graph in graphs}
        gone = [name for name in map(graph_name, removed) if name not in wanted]
        changes = [
            (graph_name(edit.gained.identifier), triples_of(edit.gained), triples_of(edit.lost) - triples_of(edit.gained))
            for edit in edits
        ]
        with self._writing:
            self._require_writable()
            if not self._union:
                raise StoreError(
                    f"{self._path or 'the store'}: has a default graph of its own, so documents cannot be kept in it. Use update."
                )
            update = update_text(self._open_database(), wanted, gone, changes)
            if update:
                edited = touched_with(
                    (name.value, triple.subject) for name, gained, lost in changes for triple in (*gained, *lost)
                )
                self._update(update, {**edited, **dict.fromkeys(name.value for name in (*wanted, *gone))})

    def update(
        self,
        text: str,
        *,
        using: Sequence[str] = (),
        using_named: Sequence[str] = (),
        documents: Mapping[str, Document] | None = None,
    ) -> None:
        """Evaluate a SPARQL update, all of it or nothing; the usual prefixes need no declaration.

        ``using`` and ``using_named`` are the dataset of its patterns, as the SPARQL protocol gives it; ``documents`` what its LOADs name,
        by IRI, since the store fetches nothing. The default graph stays the union, so it can be read but not written. Raise QueryError
        for an update that is malformed or refused, StoreError where it cannot be written.
        """
        text = expand_update(text, self.find)
        evaluated = prepared(text, using=using, using_named=using_named, union=self._union, documents=documents)
        touched = touched_by(text, union=self._union)
        with self._writing:
            self._require_writable()
            self._update(evaluated, touched, prefixes=PREFIXES)

    def write(self, change: GraphChange) -> None:
        """Put, add or remove one graph, all of it or nothing.

        Raise ReadingError for content that is no RDF, NotFoundError for a graph to remove that is not there, and QueryError for the
        default graph where that is the union.
        """
        with self._writing:
            self._require_writable()
            database = self._open_database()
            name = name_of(change, union=self._union)
            if change.action == "put" and name is not None and self._union:
                update = update_text(database, {name: set(read_triples(change))}, [])
            else:
                update = change_text(change, there=database.contains_named_graph, union=self._union)
            if update:
                self._update(update, touched_by_change(change))

    def load(self, file: Path, *, graph: URIRef | None = None) -> None:
        """Add all that an RDF file holds, fast; what a file has without a graph goes into ``graph``.

        This is no transaction: what was read before a fault in the file is there. Raise ReadingError for a file that is not readable.
        """
        quads = read_quads(file, graph=graph_name(graph) if graph is not None else None)
        with self._writing:
            self._require_writable()
            following = self._index.following_load() if isinstance(self._index, KeptIndex) else nullcontext(set[str]())
            try:
                with following as graphs:
                    self._open_database().bulk_extend(with_union(noting_graphs(quads, graphs)))
            except (OSError, RuntimeError) as error:
                raise StoreError(
                    f"{self._path or 'the store'}: could not be written ({error}). Make room on the disk."
                ) from error
            finally:
                self._triple_count = None
                self._changes += 1

    def backup(self, folder: Path) -> None:
        """Make a copy of the store as it is now, in a new folder; on one disk most of it is shared with the store and takes no time.

        Raise StoreError where something is in the way, or for a store in memory.
        """
        with self._writing:
            self._back_up(folder)
            self._index.copy_to(folder)

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of all that the store holds: all of it, or on an error nothing. Raise StoreError."""
        with self._writing:
            self._require_writable()
            if self._path is None:
                raise StoreError("a store in memory has no place for a backup. Use change.")
            self._open_database()
            bring_in(backup, self._path)
            self._index.close(flushed=True)
            self._database = None
            settle(self._path)
            self._database = pyoxigraph.Store(str(self._path))
            self._index = self._open_index()
            self._triple_count = None
            self._changes += 1

    def snapshot(self, folder: Path) -> None:
        """Make a copy for query processes, which share the index with the store that goes on to be written. Raise as ``backup`` does."""
        with self._writing:
            self._require_writable()
            with self._index.showing(folder) if isinstance(self._index, KeptIndex) else nullcontext():
                self._back_up(folder)

    def _back_up(self, folder: Path) -> None:
        if self._path is None:
            raise StoreError("a store in memory cannot be backed up. Use dump.")
        if folder.exists():
            raise StoreError(f"{folder}: is there already. Name a new folder.")
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            self._open_database().backup(str(folder))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{folder}: the backup could not be written ({error}). Check the disk and its rights.") from error

    def graph_names(self) -> list[URIRef]:
        """Return the names of all graphs, sorted."""
        return sorted(URIRef(name.value) for name in self._open_database().named_graphs())

    @property
    def changes(self) -> int:
        """How many times the store was written since it was opened: what was read of it holds as long as this stays."""
        return self._changes

    def triple_count(self) -> int:
        """Return how many different triples the union has; counted once after each write."""
        if self._triple_count is None:
            (row,) = self.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
            self._triple_count = int(row["n"])
        return self._triple_count

    def dataset(self) -> Dataset:
        """Return a copy of everything as rdflib's Dataset, whose default graph is the union too."""
        return as_dataset(self.graph_names(), self._quads())

    def dump(self, media_type: str) -> bytes:
        """Return everything in an RDF format: graphs by name in TriG, N-Quads and JSON-LD, their union in those for triples."""
        return write_whole(media_type, quads=self._quads, union=self._union_triples)

    def close(self) -> None:
        """Flush, and let go of the folder; once is enough, more does no harm.

        Raise StoreError where the disk takes no more. Nothing is lost by that: what was written is in the database's log.
        """
        with self._writing:
            database, self._database = self._database, None
            flushed = False
            try:
                if database is not None and self._path is not None and not self._read_only:
                    database.flush()
                    flushed = True
            except OSError as error:
                raise StoreError(
                    f"{self._path}: could not be put in order ({error}). Make room on the disk, and open it again."
                ) from error
            finally:
                if database is not None:
                    self._index.close(flushed=flushed)
                del database
                if self._folder_lock is not None:
                    self._folder_lock.release()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Close the store."""
        self.close()

    def _quads(self) -> Iterator[Quad]:
        """Yield all of the named graphs, ordered by their names."""
        for name in self.graph_names():
            yield from self._open_database().quads_for_pattern(None, None, None, NamedNode(name))

    def _union_triples(self) -> Iterator[Triple]:
        return (quad.triple for quad in self._open_database().quads_for_pattern(None, None, None, DefaultGraph()))

    def _open_database(self) -> pyoxigraph.Store:
        if self._database is None:
            raise StoreError(f"{self._path or 'the store'}: is closed. Open it again.")
        return self._database

    def _adopt(self) -> None:
        """Make the union for a database that another program of Oxigraph filled."""
        try:
            with self._writing:
                self._require_writable()
                self._evaluate("INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }")
        except StoreError:
            self.close()
            raise

    def _require_writable(self) -> None:
        if self._read_only:
            raise StoreError(f"{self._path or 'the store'}: was opened for reading only. Open it for writing.")

    def _open_index(self) -> KeptIndex | ReadIndex:
        database = self._open_database()
        if self._path is None or self._read_only:
            return ReadIndex(self._path, database, union=self._union)
        try:
            return KeptIndex(self._path, database, union=self._union)
        except StoreError:
            self._database = None
            if self._folder_lock is not None:
                self._folder_lock.release()
            raise

    def _update(self, update: str, touched: Touched, *, prefixes: dict[str, str] | None = None) -> None:
        """Change the database, and with it the index; the caller holds the right to write."""
        with self._index.following(touched) if isinstance(self._index, KeptIndex) else nullcontext():
            self._evaluate(update, prefixes=prefixes)

    def _evaluate(self, update: str, *, prefixes: dict[str, str] | None = None) -> None:
        database = self._open_database()
        try:
            database.update(update, prefixes=prefixes)
        except SyntaxError as error:
            raise MalformedQueryError(
                f"The update is malformed, or written so that its union cannot be kept: {error}. Write it more plainly."
            ) from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{self._path or 'the store'}: could not be written ({error}). Nothing was changed.") from error
        finally:
            self._triple_count = None
            self._changes += 1


def _open_folder(path: Path, *, read_only: bool) -> tuple[FolderLock, pyoxigraph.Store]:
    unsettled = is_unsettled(path)
    if unsettled and read_only:
        raise StoreError(f"{path}: a backup is on its way into it. Open it once to write, which carries that on: kg load.")
    if not unsettled:
        check_folder(path, read_only=read_only)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise opening_error(path, error) from error
    lock = FolderLock(path, shared=read_only)
    try:
        if not read_only:
            settle(path)
        return lock, pyoxigraph.Store.read_only(str(path)) if read_only else pyoxigraph.Store(str(path))
    except StoreError:
        lock.release()
        raise
    except (OSError, RuntimeError) as error:
        lock.release()
        raise opening_error(path, error) from error


def _lacks_union(database: pyoxigraph.Store) -> bool:
    in_union = next(database.quads_for_pattern(None, None, None, DefaultGraph()), None)
    return in_union is None and next(database.quads_for_pattern(None, None, None), None) is not None
