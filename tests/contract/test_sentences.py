"""Whatever the server tells a client, it can say in Chinese: server/base/sentences.zh.po has every sentence of the code."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
# Words that come out of the database.
DATA = {"reject"}
LITERALS = re.compile(rf"{LITERAL}(?:\s*{LITERAL})*")

# What no client is told: how to set the server up, and what stands in a pack, which speaks both languages by itself.
NOT_TOLD = {"server/http/edge.c", "server/resources/map_tiles.c", "server/resources/visit_pack.c", "server/store/migrate.c"}
# A piece of a header's rule.
SAID_ELSEWHERE = {", or Upload-Draft-Interop-Version: 5 to 8."}


def literals(path):
    code = re.sub(r"/\*.*?\*/|//[^\n]*\n", " ", path.read_text(), flags=re.S) if path.suffix == ".c" else ""
    for match in LITERALS.finditer(code):
        yield "".join(part[1:-1] for part in re.findall(LITERAL, match[0]))


def told():
    for folder in ("http", "resources", "store"):
        for path in sorted((ROOT / "server" / folder).glob("*.c")):
            if str(path.relative_to(ROOT)) not in NOT_TOLD:
                yield from literals(path)


def in_catalogue():
    text = (ROOT / "server/base/sentences.zh.po").read_text()
    return {entry[1][1:-1] for entry in re.finditer(rf"^msgid ({LITERAL})$", text, flags=re.M)} - {""}


def test_every_sentence_has_its_chinese():
    sentences = {text for text in told() if re.search("[a-z] ", text) and text.endswith(".")}
    assert len(sentences) > 250
    assert sentences - in_catalogue() - SAID_ELSEWHERE == set()


def test_the_catalogue_has_nothing_that_nobody_says():
    said = set(told())
    assert {text for text in in_catalogue() if text not in said} - DATA == set()
