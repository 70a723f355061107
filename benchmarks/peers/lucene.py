"""Lucene in a Java program of its own, asked through a pipe."""

import shutil
import subprocess
from pathlib import Path

from benchmarks import catalog, counting, servers
from benchmarks.listings import Listings
from benchmarks.peers.peer import Found, NotHereError, Peer
from benchmarks.queries import Query

_SOURCE = Path(__file__).parents[1] / "lucene" / "Search.java"
_JARS = ("core", "analyzers-common")


class Lucene(Peer):
    """`benchmarks/lucene/Search.java`."""

    name = "Lucene"
    how = (
        "Lucene 8 in a JVM through a pipe: points for the circle, postings for tags, states and words, one segment; one"
        " collector counts and keeps the page from document values. Its cache of filters is off."
    )

    def take_in(self, listings: Listings) -> None:
        folder = self.workplace.folder
        compiler, java = servers.program("javac"), servers.program("java")
        jars = ":".join(str(_jar(name)) for name in _JARS)
        classes, index = folder / "classes", folder / "index"
        subprocess.run([compiler, "-cp", jars, "-d", classes, _SOURCE], check=True)
        shutil.rmtree(index, ignore_errors=True)
        options = ["-Xms1g", "-Xmx4g", "-XX:+UseParallelGC"]
        self._child = subprocess.Popen(
            [java, *options, "-cp", f"{jars}:{classes}", "Search", index],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "java.log").open("wb"),
            text=True,
        )
        self.closing.callback(self._child.wait)
        self.closing.enter_context(self._child)
        self._fill(listings)

    def _fill(self, listings: Listings) -> None:
        columns = listings.columns
        fields = (
            listings.ids.tolist(),
            columns.latitudes.tolist(),
            columns.longitudes.tolist(),
            listings.states,
            columns.verified.tolist(),
            *columns.masks.T.tolist(),
            listings.texts,
        )
        self._write(str(listings.size))
        for row in zip(*fields, strict=True):
            self._write("\t".join(map(str, row)))
        if self._read() != "ready":
            raise NotHereError("the Java program ended")

    def find(self, query: Query) -> Found:
        meters = "-" if query.meters is None else repr(query.meters)
        fields = [repr(query.latitude), repr(query.longitude), meters, query.state or "-", " ".join(query.words) or "-"]
        for chosen, mask in enumerate(query.masks):
            facet = catalog.mask(catalog.TAGS[tag] for tag in counting.tags_of_facet(query, chosen))
            fields += [str(word) for word in (*mask, *facet)]
        self._write("\t".join(fields))
        total, counts, ids = self._read().split("\t")
        pairs = (pair.split(":") for pair in counts.split())
        by_tag = {catalog.TAGS[int(tag)]: int(count) for tag, count in pairs}
        return Found(int(total), by_tag, [int(id_) for id_ in ids.split()])

    def _write(self, line: str) -> None:
        if self._child.stdin is None:
            raise ValueError("the child has no input")
        self._child.stdin.write(f"{line}\n")

    def _read(self) -> str:
        if self._child.stdin is None or self._child.stdout is None:
            raise ValueError("the child has no pipes")
        self._child.stdin.flush()
        return self._child.stdout.readline().rstrip("\n")


def _jar(name: str) -> Path:
    found = sorted(Path("/usr/share/java").glob(f"lucene-{name}-8.*.jar"))
    if not found:
        raise NotHereError("Lucene 8 is not here: run benchmarks/setup.sh")
    return found[-1]
