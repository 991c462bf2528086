// Writes `file.br` and `file.gz` beside each file of dist/ that gets smaller by it. The server sends the
// smallest form that a browser accepts; it compresses nothing of this itself.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = new URL("../dist/", import.meta.url);
const COMPRESSIBLE = /\.(css|html|js|json|svg|txt|wasm|webmanifest)$/;
const WORTHWHILE_BYTES = 64; // a smaller gain is not worth another form

for (const name of readdirSync(folder).filter((each) => COMPRESSIBLE.test(each))) {
  const bytes = readFileSync(new URL(name, folder));
  const forms = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }), // quality 11
    gz: gzipSync(bytes, { level: 9 }),
  };
  for (const [ending, form] of Object.entries(forms)) {
    if (form.length + WORTHWHILE_BYTES < bytes.length) writeFileSync(new URL(`${name}.${ending}`, folder), form);
  }
}
