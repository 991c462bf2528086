// Sends the first bytes of a piece of an upload over HTTP/2, as browsers do, and then is gone.
// usage: node patch_http2.mjs CERTIFICATE URL TOKEN FILE BYTES — all of the file's bytes: prints the status
import { readFileSync } from "node:fs";
import { connect } from "node:http2";

const [certificate, url, token, file, count] = process.argv.slice(2);
const content = readFileSync(file);
const { origin, pathname } = new URL(url);
const session = connect(origin, { ca: readFileSync(certificate) });
const request = session.request({
  ":method": "PATCH", ":path": pathname, authorization: `Bearer ${token}`, "tus-resumable": "1.0.0",
  "upload-offset": "0", "content-type": "application/offset+octet-stream", "content-length": String(content.length),
});
request.on("response", (headers) => {
  console.log(headers[":status"]);
  session.close();
});
if (Number(count) === content.length) request.end(content);
else request.write(content.subarray(0, Number(count)), () => setTimeout(() => session.destroy(), 500));
