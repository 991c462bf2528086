"""A web app as its build leaves it: small, but with every kind of file."""

import gzip

PAGE = "<!doctype html><title>Fieldproof</title><script type=module src=/app/index-DiwrgTda.js></script>" + 40 * "<p>"
SCRIPT = "console.log('Fieldproof');\n" * 200
# Not what Brotli would make of it: Debian's Python has no Brotli, and the server does not look inside.
BROTLI = b"\x0b\x02\x80as if it were Brotli\x03"

FILES = {
    "index.html": PAGE.encode(),
    "index.html.gz": gzip.compress(PAGE.encode()),
    "desk.html": b"<!doctype html><title>The desk</title>",
    "customer.html": b"<!doctype html><title>Work at your site</title>",
    "index-DiwrgTda.js": SCRIPT.encode(),
    "index-DiwrgTda.js.gz": gzip.compress(SCRIPT.encode()),
    "index-DiwrgTda.js.br": BROTLI,
    "index-B3_x-9Zq.css": b"p{margin:0}",
    "sw.js": b"self.addEventListener('fetch', () => {});",
    "manifest.webmanifest": b'{"name":"Fieldproof"}',
    "apple-touch-icon.png": b"\x89PNG\r\n\x1a\n",
    "reader-lowercase.wasm": b"\0asm\x01\0\0\0",
    "licences.txt": b"",
}


def make_web_app(folder):
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder
