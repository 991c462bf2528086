/** Reports at the desk: chosen in the address, the same numbers in the table and in the CSV. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { desk } from "../../desk/words/desk";
import { reports as words } from "../../desk/words/reports";
import { t } from "../../shared/i18n/i18n";
import { closePhones, newPhone } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { PASSWORD } from "./harness/organisation";
import { visitsOfPastWeek } from "./harness/sampled";
import { service } from "./harness/service";

afterEach(closePhones);

test("a report is chosen, reloaded and saved", async () => {
  const link = await CustomerLink.create("en");
  await link.organisation.person("manager");
  await visitsOfPastWeek(link);
  const context = await newPhone({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false, permissions: [], geolocation: undefined });
  const page = await context.newPage();
  await page.goto("/desk#/reports?period=lastMonth");
  await page.getByLabel(t(desk.organisation, {}, "en"), { exact: true }).fill(link.organisation.slug);
  await page.getByLabel(t(desk.userName, {}, "en"), { exact: true }).fill("manager");
  await page.getByLabel(t(desk.password, {}, "en"), { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: t(desk.logIn, {}, "en"), exact: true }).click();

  await page.getByLabel(t(words.report, {}, "en"), { exact: true }).selectOption("service");
  await page.getByLabel(t(words.period, {}, "en"), { exact: true }).selectOption("custom");
  const [from, to] = [-20, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)) as [string, string];
  await page.getByLabel(t(words.from, {}, "en"), { exact: true }).fill(from);
  await page.getByLabel(t(words.to, {}, "en"), { exact: true }).fill(to);
  await page.getByLabel(t(words.by, {}, "en"), { exact: true }).selectOption("day");
  await expect.poll(() => page.locator(".desk-table tbody tr").count()).toBeGreaterThan(1);
  expect(page.url()).toContain(`report=service`);
  const shown = await page.locator(".desk-table tbody tr").allInnerTexts();

  await page.reload();
  await expect.poll(() => page.locator(".desk-table tbody tr").allInnerTexts()).toEqual(shown);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: t(words.csv, {}, "en"), exact: true }).click(),
  ]);
  const file = join(service.folder, "report.csv");
  await download.saveAs(file);
  const [, ...rows] = readFileSync(file, "utf8").trimEnd().split("\r\n");
  expect(rows.map((row) => row.split(",").slice(1, 3).join())).toEqual(
    shown.slice(0, -1).map((row) => row.split(/\s+/).slice(0, 2)).map(([day, visits]) => `"${day}",${visits}`),
  );
});
