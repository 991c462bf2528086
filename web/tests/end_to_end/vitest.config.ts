import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** One worker for all files: they share the server, the browser and the network between them. */
export default defineConfig({
  root: folder("../.."),
  test: {
    include: ["tests/end_to_end/**/*.test.ts"],
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
