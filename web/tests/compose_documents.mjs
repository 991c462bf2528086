// Makes documents with the phone's own code: an array of SheetFacts on stdin, an array of texts on stdout.
// tests/api/test_phone_documents.py compares them with the server's.
import { build } from "esbuild";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("../phone/sheet/document.ts", import.meta.url))],
  bundle: true,
  format: "esm",
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString("base64");
const { composeDocument, documentText } = await import(`data:text/javascript;base64,${code}`);
const facts = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(facts.map((one) => documentText(composeDocument(one)))));
