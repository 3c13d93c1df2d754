"""Text engines beside each other: who finds the text that a question came from?

MedQuAD (5,588 answers under the name of what they are about; each question asked), and 157
questions in other words on 208 of its passages (hit: the same subject). `tantivy` and `postgres`
take part where they are there: the one as a package, the other as the database of this process.
"""

import gzip
import json
import re
import sqlite3
import time
from functools import partial
from importlib.util import find_spec

from django.core.management.base import CommandError
from django.db import connection

from trupaths.retrieval import Index
from trupaths.text import fold

ENGINES = ("own", "tantivy", "tantivy-stem", "fts5", "postgres")
GOALS = {"known item @1": 0.41, "known item @3": 0.68, "variants: subject @1": 0.95}


def run(command, options):
    """{engine: {name: [hits, of], "ms": mean time of a question}}, after printing the table."""
    if options["data"] is None:
        raise CommandError("Name the folder with medquad and assistant-eval: --data FOLDER.")
    try:
        known = _lines(options["data"] / "medquad" / "medquad_consumer.jsonl.gz")
        pool = _lines(options["data"] / "medquad" / "medquad_mental_health.jsonl")
        asked = _lines(options["data"] / "assistant-eval" / "faq_variants.jsonl")
    except (OSError, ValueError) as error:
        raise CommandError(f"A set cannot be read: {error}") from error
    wanted = options["engines"] or [name for name in ENGINES if _is_there(name)]
    figures = {}
    for name in wanted:
        if not _is_there(name):
            raise CommandError(f"{name} is not there: see the head of {__name__}.")
        figures[name] = _measure(MAKE[name], known, pool, asked)
        row = figures[name]
        parts = [f"{k} {row[k][0] / row[k][1]:.3f}" for k in GOALS]
        command.stdout.write(f"{name:13}{'   '.join(parts)}   {row['ms']:.2f} ms")
    for name, goal in GOALS.items():
        hits, of = figures.get("own", {}).get(name, (1, 1))
        if hits / of < goal:
            command.stdout.write(
                command.style.ERROR(f"Goal missed. {name}: {hits / of:.3f} < {goal}")
            )
    return figures


def _measure(make, known, pool, asked):
    find = make([(each["focus"], each["answer"]) for each in known])
    first = among = 0
    start = time.perf_counter()
    for n, each in enumerate(known):
        found = find(each["question"], 3)
        first, among = first + (found[:1] == [n]), among + (n in found)
    took = (time.perf_counter() - start) / len(known)
    find = make([(each["focus"], each["answer"]) for each in pool])
    subject = 0
    for each in asked:
        found = find(each["query"], 1)
        subject += bool(found) and pool[found[0]]["focus"] == each["focus"]
    return {
        "known item @1": [first, len(known)],
        "known item @3": [among, len(known)],
        "variants: subject @1": [subject, len(asked)],
        "ms": round(took * 1000, 3),
    }


def _lines(path):
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _is_there(name):
    if name.startswith("tantivy"):
        return find_spec("tantivy") is not None
    return name != "postgres" or connection.vendor == "postgresql"


# --- each takes (title, body) of texts and gives find(question, most) -> their numbers ------------


def _own(texts):
    index = Index([{"title": title, "body": body} for title, body in texts])
    return lambda question, most: [found.n for found in index.find(question, most)]


def _tantivy(texts, words="default"):
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("n", stored=True)
    builder.add_text_field("title", tokenizer_name=words)
    builder.add_text_field("body", tokenizer_name=words)
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for n, (title, body) in enumerate(texts):
        writer.add_document(tantivy.Document(n=n, title=title, body=body))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(question, most):
        query, _ = index.parse_query_lenient(fold(question), ["title", "body"], {"title": 3.0})
        return [searcher.doc(at)["n"][0] for _, at in searcher.search(query, most).hits]

    return find


def _fts5(texts):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize='unicode61')")
    base.executemany("INSERT INTO texts VALUES (?, ?)", texts)

    def find(question, most):
        match = " OR ".join(f'"{word}"' for word in fold(question).split())
        sql = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 3.0, 1.0) LIMIT ?"
        return [n - 1 for (n,) in base.execute(sql, [match, most])] if match else []

    return find


def _postgres(texts):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS texts_compared")
        cursor.execute("CREATE TEMPORARY TABLE texts_compared (n int, said tsvector)")
        cursor.executemany(
            "INSERT INTO texts_compared VALUES (%s, setweight(to_tsvector('english', %s), 'A')"
            " || setweight(to_tsvector('english', %s), 'D'))",
            [(n, *text) for n, text in enumerate(texts)],
        )
        cursor.execute("CREATE INDEX ON texts_compared USING gin (said)")

    def find(question, most):
        words = " | ".join(re.findall(r"[a-z0-9]+", fold(question)))
        sql = (
            "SELECT n FROM texts_compared, to_tsquery('english', %s) asked WHERE said @@ asked "
            "ORDER BY ts_rank(said, asked) DESC, n LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [words, most])
            return [n for (n,) in cursor.fetchall()]

    return find


MAKE = {
    "own": _own,
    "tantivy": _tantivy,
    "tantivy-stem": partial(_tantivy, words="en_stem"),
    "fts5": _fts5,
    "postgres": _postgres,
}
