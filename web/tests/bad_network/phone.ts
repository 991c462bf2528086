/**
 * The app without its screens, in Node: its database, its outbox and its sender, as they are. It notes a visit
 * with photos and waits until all of it is safe on the server; nobody helps. tests/uploads/test_bad_network.py
 * bundles this and runs it behind a bad link.
 *
 * usage: node phone.mjs JOB.json, which holds what Job says
 */
import "../unit/set_up";
import { readFileSync } from "node:fs";
import { countUnsent, listOutbox } from "../../phone/outbox/store";
import { enqueueCheckIn } from "../../phone/outbox/enqueue";
import { startSender } from "../../phone/outbox/sender";
import { addPhoto } from "../../phone/local/photos";
import { startSession } from "../../phone/local/session";
import { newVisit } from "../../phone/local/visits";
import { write } from "../../phone/local/database";
import type { Schema } from "../../shared/api/types";

interface Job {
  origin: string;
  logged_in: Schema<"LoggedIn">;
  organisation: Schema<"OrganisationReference">;
  site: Schema<"DaySite">;
  photos: { id: string; path: string }[];
}

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Job;

/** A page knows where it came from; Node does not. */
const fetchOfNode = globalThis.fetch;
globalThis.fetch = (input, init) => fetchOfNode(new URL(String(input), job.origin), init);
/** Nobody looks at this page, and the browser says nothing of the network. */
Object.assign(globalThis, {
  addEventListener: () => {},
  document: { addEventListener: () => {}, visibilityState: "visible" },
});

/** As many photos as a check-in may have, with the first of them the arrival. */
const PHOTOS_OF_CHECK_IN = 20;

async function noteVisit(): Promise<void> {
  await startSession(job.logged_in, job.organisation);
  const captured_at = new Date().toISOString();
  let visit = newVisit(job.logged_in.user.id, job.site, [], captured_at);
  await write(["visits"], (transaction) => transaction.objectStore("visits").add(visit));
  for (let begin = 0; begin < job.photos.length; begin += PHOTOS_OF_CHECK_IN) {
    for (const { id, path } of job.photos.slice(begin, begin + PHOTOS_OF_CHECK_IN)) {
      const facts = { id, captured_at, work_order_id: null, retake_of: null, caption: null, warnings: [] };
      await addPhoto(visit.id, { ...facts, role: "overview" }, new Blob([readFileSync(path)], { type: "image/jpeg" }));
    }
    visit = await enqueueCheckIn(visit, { kind: begin === 0 ? "arrival" : "progress", captured_at, fix: null });
  }
}

await noteVisit();
startSender();
const userId = job.logged_in.user.id;
let refused: string[] = [];
do {
  await new Promise((resolve) => setTimeout(resolve, 200));
  refused = (await listOutbox(userId)).flatMap(({ id, status }) =>
    status.state === "refused" ? [`${id}: ${JSON.stringify(status.problem)}`] : [],
  );
} while (refused.length === 0 && (await countUnsent(userId)) > 0);
console.log(JSON.stringify({ failures: refused }));
process.exit(0);
