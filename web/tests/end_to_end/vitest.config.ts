import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const file = (name: string) => `tests/end_to_end/${name}.test.ts`;

/** Half of the files, by the time they take: what the desk and the customer's page do. The others are the phone's. */
const DESK = [
  "administration", "audit_evidence", "correction", "customer", "desk", "desk_screens", "dispatch_to_zip", "enrolment", "live", "places",
  "plan", "reports", "sampling", "visits", "work",
].map(file);

/** FIELDPROOF_WEB_PART chooses a half, for two runs side by side; each has a server and a browser of its own. */
const part = process.env.FIELDPROOF_WEB_PART;

/** One worker for all files of a run: they share the server, the browser and the network between them. */
export default defineConfig({
  root: folder("../.."),
  test: {
    include: part === "desk" ? DESK : ["tests/end_to_end/**/*.test.ts"],
    exclude: part === "phone" ? DESK : [],
    globalSetup: [folder("harness/global_setup.ts")],
    environment: "node",
    pool: "forks",
    poolOptions: { forks: { singleFork: true } },
    isolate: false,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
