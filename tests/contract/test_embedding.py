"""What the build makes of SQL and of the catalogue of sentences, and what it refuses."""

import runpy
import subprocess

import pytest

from support.paths import ROOT

EMBED_QUERIES = runpy.run_path(str(ROOT / "script/embed-queries"))


def queries(folder, text):
    path = folder / "some.sql"
    path.write_text(text)
    return EMBED_QUERIES["read_queries"]([path])


def test_a_fragment_stands_where_it_is_included(tmp_path):
    read = queries(tmp_path, """
-- name: first
-- Says what.
SELECT
       -- include: columns
FROM visit WHERE id = $1;

-- fragment: columns
-- What both show.
id,
    verdict

-- name: second
-- include: whole

-- fragment: whole
SELECT 1;
""")
    assert read == {
        "first": (["Says what."], "SELECT\n       id,\n           verdict\nFROM visit WHERE id = $1", 1),
        "second": ([], "SELECT 1", 0),
    }


@pytest.mark.parametrize("text, reason", [
    ("-- name: one\nSELECT 1;\n-- include: columns\n", "no such fragment"),
    ("-- name: one\nSELECT 1;\n-- fragment: columns\nid\n", "no query includes columns"),
    ("-- name: one\nSELECT 1;\n-- name: one\nSELECT 2;\n", "a second name: one"),
    ("-- name: one\n-- include: two\n-- fragment: two\nSELECT 1\n-- fragment: two\nSELECT 2\n", "a second fragment: two"),
    ("-- name: one\nSELECT 1;\n-- include columns\n", "write '-- name"),
    ("-- name: one\nSELECT $2;\n", "without a gap"),
    ("-- name: one\nSELECT 1; SELECT 2;\n", "exactly one statement"),
    ("SELECT 1;\n", "before the first"),
])
def test_queries_that_are_refused(tmp_path, text, reason):
    with pytest.raises(EMBED_QUERIES["Refused"], match=reason):
        queries(tmp_path, text)


def embed_sentences(folder, text):
    (folder / "some.po").write_text(text, encoding="utf-8")
    return subprocess.run([ROOT / "script/embed-sentences", folder / "table.c", folder / "some.po"],
                          capture_output=True, text=True, timeout=60)


def test_sentences_stand_in_the_order_of_strcmp(tmp_path):
    result = embed_sentences(tmp_path, r"""
# of the catalogue
msgid ""
msgstr "Language: zh_CN\n"

msgid "a"
msgstr "甲"

# with quotes
msgid "\"Z\" %d"
msgstr "“Z”%d"

msgid "“"
msgstr "“"

msgid "Z"
msgstr "Z"
""".lstrip())
    assert (result.returncode, result.stderr) == (0, "")
    table = (tmp_path / "table.c").read_text(encoding="utf-8")
    pairs = r"""    {"\"Z\" %d",
     "“Z”%d"},
    {"Z",
     "Z"},
    {"a",
     "甲"},
    {"“",
     "“"},
"""
    assert pairs in table and "sentence_count = 4;" in table


def test_a_sentence_without_its_chinese_is_refused(tmp_path):
    result = embed_sentences(tmp_path, 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\n')
    assert result.returncode == 1 and "some.po:4:" in result.stderr
