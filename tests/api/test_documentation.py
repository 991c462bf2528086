"""The contract and its page, as the server gives them."""

import gzip
import re

import pytest
import requests

from support import contract

CONTRACT = contract.load()


def test_the_contract_is_the_one_of_the_source(api):
    assert api.get("/v1/openapi.json", expect=200).json() == CONTRACT.document


def test_the_contract_is_not_sent_twice(api):
    etag = api.get("/v1/openapi.json", expect=200).headers["ETag"]
    answer = api.get("/v1/openapi.json", headers={"If-None-Match": etag}, expect=304)
    assert answer.content == b"" and answer.headers["ETag"] == etag


def test_the_page_needs_nothing_from_elsewhere(api):
    page = api.get("/docs", expect=200)
    links = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    files = [link for link in links if link.startswith("/docs/")]
    assert len(files) == 2, links
    texts = [page.text] + [api.get(file, expect=200).text for file in files]
    assert not [text for text in texts if re.search(r"https?://|//cdn|@import", text)]
    assert set(links) - set(files) == {"data:,", "/v1/openapi.json"}


def test_the_contract_is_compressed_beforehand(api, server):
    """More thoroughly than any answer that is compressed while somebody waits for it."""
    plain = api.get("/v1/openapi.json", headers={"Accept-Encoding": "identity"}, expect=200)
    answer = requests.get(server.base_url + "/v1/openapi.json", headers={"Accept-Encoding": "gzip"}, stream=True, timeout=30)
    sent = answer.raw.read(decode_content=False)
    assert answer.headers["Content-Encoding"] == "gzip" and gzip.decompress(sent) == plain.content
    assert len(sent) == len(gzip.compress(plain.content, 9)) < len(gzip.compress(plain.content, 6))
    assert answer.headers["ETag"] == plain.headers["ETag"].rstrip('"') + '-gzip"'


@pytest.mark.parametrize("path, media_type", [
    ("/docs", "text/html"),
    ("/docs/page.js", "text/javascript"),
    ("/docs/page.css", "text/css"),
])
def test_the_page_may_run_only_its_own_files(api, path, media_type):
    answer = api.get(path, expect=200)
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy


@pytest.mark.parametrize("name", ["nothing.js", "..%2f..%2fetc%2fpasswd", "%2e%2e", "page.js%00", ".", "page.js/x"])
def test_other_files_are_not_there(api, name):
    assert api.get(f"/docs/{name}").status_code in (400, 404)
