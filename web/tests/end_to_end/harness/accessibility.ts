/** What axe finds wrong with a screen. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(options: { runOnly?: string[] }): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

/** The findings that keep people from using the screen as it is now, one a line; of some of axe's rules, or of all. */
export async function seriousFindings(page: Page, runOnly?: string[]): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(options);
    return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, runOnly ? { runOnly } : {});
  return found.filter((line) => /^(serious|critical)/.test(line));
}
