// A phone that sends the photos of a visit with tus-js-client, two at once, and needs nobody's help.
// usage: node phone.mjs JOB.json — prints what happened as JSON; see test_bad_network.py.
import { readFileSync } from "node:fs";
import { Upload } from "tus-js-client";

const AT_ONCE = 2;
// As long as there is progress the client begins this list anew.
const RETRY_DELAYS = [0, 500, 1000, 2000, ...Array(40).fill(4000)];

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
let retries = 0;

const send = ({ id, path }) =>
  new Promise((resolve, reject) => {
    const upload = new Upload(readFileSync(path), {
      endpoint: job.endpoint, headers: { Authorization: `Bearer ${job.token}` },
      retryDelays: RETRY_DELAYS, metadata: { photo_id: id, filename: "IMG_0001.JPG" },
      onShouldRetry: () => Boolean(++retries), onSuccess: resolve, onError: reject,
    });
    upload.start();
  });

const failures = [];
const queue = [...job.photos];
async function work() {
  for (let photo = queue.shift(); photo; photo = queue.shift()) {
    try {
      await send(photo);
    } catch (error) {
      failures.push(`${photo.id}: ${error?.message ?? error}`);
    }
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(JSON.stringify({ failures, retries }));
process.exit(0);
