// Uploads photos with the real clients through the bad network of proxy.mjs.
// usage: node clients.mjs JOB.json — prints what happened as JSON; see test_clients.py.
import { File } from "node:buffer";
import { readFileSync } from "node:fs";
import Uppy from "@uppy/core";
import Tus from "@uppy/tus";
import { DefaultHttpStack, Upload } from "tus-js-client";
import { randomFrom, startProxy } from "./proxy.mjs";

globalThis.File ??= File; // node 18 has it, but not as a global

const AT_ONCE = 6;
// As long as there is progress the clients begin this list anew.
const RETRY_DELAYS = [0, 5, 10, 20, 50, 100, 200, 400, ...Array(80).fill(500)];

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const random = randomFrom(job.seed);
const proxy = await startProxy({ port: job.port, seed: job.seed, mostBytes: job.most_bytes, share: job.share });
const endpoint = `http://127.0.0.1:${proxy.port}/v1/uploads`;
const headers = { Authorization: `Bearer ${job.token}` };

/** Uppy wants to touch an XMLHttpRequest, of which node has none. */
class NodeStack {
  #stack = new DefaultHttpStack();
  createRequest(method, url) {
    const request = this.#stack.createRequest(method, url);
    request.getUnderlyingObject = () => ({});
    return request;
  }
  getName() {
    return "NodeStack";
  }
}

function withTus({ id, path }, options) {
  return new Promise((resolve, reject) => {
    new Upload(readFileSync(path), {
      endpoint, headers, retryDelays: RETRY_DELAYS, metadata: { photo_id: id, filename: "IMG_0001.JPG" },
      onSuccess: resolve, onError: reject, ...options,
    }).start();
  });
}

/** The app is killed now and then, and remembers nothing but which photo it has to send. */
async function withForgetfulTus(photo) {
  for (let kills = Math.floor(random() * 3); ; kills--) {
    const isOver = await new Promise((resolve, reject) => {
      const upload = new Upload(readFileSync(photo.path), {
        endpoint, headers, retryDelays: RETRY_DELAYS, metadata: { photo_id: photo.id },
        onSuccess: () => resolve(true), onError: reject,
        onChunkComplete: () => kills > 0 && upload.abort().then(() => resolve(false)),
        chunkSize: 20000,
      });
      upload.start();
    });
    if (isOver) return;
  }
}

async function withUppy({ id, path }) {
  const data = readFileSync(path);
  const uppy = new Uppy({ autoProceed: false, logger: { debug() {}, warn() {}, error() {} } });
  uppy.use(Tus, { endpoint, headers, retryDelays: RETRY_DELAYS, limit: 2, httpStack: new NodeStack(),
    allowedMetaFields: ["photo_id", "name", "type"] });
  uppy.addFile({ name: "IMG_0001.JPG", type: "image/jpeg", data: Object.assign(data, { size: data.length }),
    meta: { photo_id: id } });
  const result = await uppy.upload();
  uppy.destroy();
  if (result.failed.length > 0) throw result.failed[0].error;
}

const CLIENTS = {
  tus: (photo) => withTus(photo, {}),
  "tus in chunks": (photo) => withTus(photo, { chunkSize: 17000 }),
  "tus with creation": (photo) => withTus(photo, { uploadDataDuringCreation: true }),
  "tus, forgetful": withForgetfulTus,
  // The IETF's draft, as the same library speaks it.
  "draft 03": (photo) => withTus(photo, { protocol: "ietf-draft-03", chunkSize: 17000 }),
  "draft 05": (photo) => withTus(photo, { protocol: "ietf-draft-05", chunkSize: 17000 }),
  uppy: withUppy,
};

const failures = [];
const queue = [...job.photos];
async function work() {
  for (let photo = queue.shift(); photo; photo = queue.shift()) {
    try {
      await CLIENTS[photo.client](photo);
    } catch (error) {
      failures.push(`${photo.client}, ${photo.id}: ${error?.message ?? error}`);
    }
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
proxy.close();
console.log(JSON.stringify({ cuts: proxy.cuts, failures, sent_bytes: proxy.carried.bytes }));
process.exit(0);
