// Runs the unit tests, then those in a real browser, and leaves their counts ("PASSED FAILED SKIPPED") for script/test.
// usage: node run_tests.mjs [NAME OF A TEST FILE...]
// FIELDPROOF_WEB_PART=unit, phone or desk runs a part of them: the unit tests, or half of those in a browser.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";

const results = fileURLToPath(new URL("../../var/test/results/", import.meta.url));
const part = process.env.FIELDPROOF_WEB_PART;
const counts = { passed: 0, failed: 0, skipped: 0 };

async function run(config) {
  const filters = process.argv.slice(2);
  const vitest = await startVitest("test", filters, {
    watch: false,
    run: true,
    config: fileURLToPath(new URL(config, import.meta.url)),
    passWithNoTests: filters.length > 0,
  });
  for (const file of vitest.state.getTestModules()) {
    for (const test of file.children.allTests()) {
      const { state } = test.result();
      counts[state === "passed" || state === "failed" ? state : "skipped"]++;
    }
    // A file that does not even load has no tests to count.
    if (!file.ok() && ![...file.children.allTests()].some((test) => !test.ok())) counts.failed++;
  }
  counts.failed += vitest.state.getUnhandledErrors().length;
  await vitest.close();
}

mkdirSync(results, { recursive: true });
try {
  if (!part || part === "unit") await run("../vite.config.ts");
  if (part !== "unit") await run("end_to_end/vitest.config.ts");
} catch (error) {
  console.error(error);
  counts.failed++;
}
if (counts.passed + counts.failed === 0) counts.failed = 1;
writeFileSync(`${results}${part ? `web-${part}` : "web"}.counts`, `${counts.passed} ${counts.failed} ${counts.skipped}\n`);
process.exit(counts.failed === 0 ? 0 : 1);
