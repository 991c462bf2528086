/** A sampling plan at the desk: begun, drawn, assessed with the keys, and drawn again by a stranger. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { sampling as words } from "../../desk/words/sampling";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { closePhones } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { visitsOfPastWeek } from "./harness/sampled";
import { complaintsOf } from "./harness/screen";
import { service } from "./harness/service";

const REDRAW = fileURLToPath(new URL("../../../script/redraw", import.meta.url));
const CRITERIA = ["Photos sharp", "Sheet clear"];

afterEach(closePhones);

const say = (word: Word, values: Record<string, string | number> = {}) => t(word, values, "en");
const press = (page: Page, word: Word) => page.getByRole("button", { name: say(word), exact: true }).click();

async function atDesk(slug: string): Promise<Page> {
  const page = await newDeskPage();
  await logInAtDesk(page, "#/sampling", slug, "manager");
  return page;
}

test("a plan is begun, drawn and assessed with the keys; a stranger draws the same lots", async () => {
  const link = await CustomerLink.create("en");
  const manager = await link.organisation.person("manager");
  await visitsOfPastWeek(link);
  const page = await atDesk(link.organisation.slug);
  const complaints = complaintsOf(page);

  await press(page, words.criteria);
  await page.getByRole("textbox", { name: say(words.criteria) }).fill(CRITERIA.join("\n"));
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });

  await press(page, words.newPlan);
  await page.getByLabel(say(words.visits), { exact: true }).fill("0");
  await page.getByLabel(say(words.per), { exact: true }).selectOption("technician");
  await page.getByLabel(say(words.from), { exact: true }).selectOption("last");
  await page.getByLabel(say(words.publicSource), { exact: true }).fill("Lottery of Tuesday");
  await press(page, words.begin);
  // The refusals stand at their fields, and nothing that was typed is lost.
  await expect.poll(() => page.locator(".field-error").count()).toBe(2);
  await page.getByLabel(say(words.name), { exact: true }).fill("Weekly check");
  await page.getByLabel(say(words.visits), { exact: true }).fill("2");
  await press(page, words.begin);
  const commitment = await page.locator(".sampling-commitment code").innerText();
  expect(commitment).toMatch(/^[0-9a-f]{64}$/);

  await page.getByRole("button", { name: /^Draw / }).click();
  await press(page, words.drawNow);
  await page.locator(".field-error").waitFor(); // without the lottery's numbers nobody draws
  await page.getByLabel(say(words.publicValue, { source: "Lottery of Tuesday" }), { exact: true }).fill("3 12 18 22 27 31");
  await press(page, words.drawNow);
  await page.getByText(say(words.progress, { assessed: 0, drawn: 2 })).waitFor();

  await page.getByRole("link", { name: say(words.assess), exact: true }).click();
  for (const [first, second] of [["5", "2"], ["0", "4"]] as const) {
    const heading = await page.getByRole("heading", { level: 1 }).innerText();
    await page.getByRole("group", { name: CRITERIA[0] }).getByRole("radio").first().focus();
    await page.keyboard.press(first);
    await page.keyboard.press(second); // the focus has gone on to the next criterion
    const address = page.url();
    await press(page, words.saveAndNext);
    await expect.poll(() => page.url(), { message: heading }).not.toBe(address);
    if (first === "5") await page.getByRole("group", { name: CRITERIA[0] }).getByRole("radio", { checked: true }).waitFor({ state: "detached" });
  }
  await page.getByText(say(words.progress, { assessed: 2, drawn: 2 })).waitFor();
  await page.getByRole("rowheader", { name: "Wei Li" }).waitFor();

  const [saved] = await Promise.all([page.waitForEvent("download"), press(page, words.published)]);
  const file = join(service.folder, "draw.json");
  await saved.saveAs(file);
  expect(execFileSync(REDRAW, [file, "--commitment", commitment], { encoding: "utf8" })).toContain("The same 2 of 6 visits are drawn.\n");
  const [plan] = (await manager.get<Schema<"SamplingPlanPage">>("/v1/sampling-plans")).items;
  expect(plan?.last_draw?.progress).toEqual({ drawn: 2, assessed: 2, score: 3.75 });
  expect(complaints.filter((complaint) => !complaint.includes("422"))).toEqual([]);
});
