// Runs the unit tests and leaves their counts ("PASSED FAILED SKIPPED") for script/test.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";

const results = fileURLToPath(new URL("../../var/test/results/", import.meta.url));
const vitest = await startVitest("test", process.argv.slice(2), { watch: false, run: true });
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const file of vitest.state.getTestModules()) {
  for (const test of file.children.allTests()) {
    const { state } = test.result();
    counts[state === "passed" || state === "failed" ? state : "skipped"]++;
  }
  // A file that does not even load has no tests to count.
  if (!file.ok() && ![...file.children.allTests()].some((test) => !test.ok())) counts.failed++;
}
counts.failed += vitest.state.getUnhandledErrors().length;
if (counts.passed + counts.failed === 0) counts.failed = 1;
mkdirSync(results, { recursive: true });
writeFileSync(`${results}web.counts`, `${counts.passed} ${counts.failed} ${counts.skipped}\n`);
await vitest.close();
process.exit(counts.failed === 0 ? 0 : 1);
