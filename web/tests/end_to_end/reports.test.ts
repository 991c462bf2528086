/** Reports at the desk: asked for in the address, the same numbers in chart, table, CSV and the lists behind them. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { figures, reports as words } from "../../desk/words/reports";
import { t } from "../../shared/i18n/i18n";
import { closePhones } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { Api, Organisation, PASSWORD, PLACE } from "./harness/organisation";
import { pictureFile } from "./harness/picture_file";
import { visitsOfPastWeek } from "./harness/sampled";
import { complaintsOf } from "./harness/screen";
import { service } from "./harness/service";

const en = (word: Parameters<typeof t>[0], values = {}) => t(word, values, "en");
const DAY_MS = 86_400_000;
/** A name that a spreadsheet would take for a formula. */
const FORMULA = "=SUM(1,2)";

interface History {
  slug: string;
  teams: Record<string, string>;
}

let history: History;

/** Noon, so many days ago, in Shanghai. */
const daysAgo = (days: number): Date => new Date(Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS) * DAY_MS - days * DAY_MS + 4 * 3_600_000);

let seed = 9300;

async function visit(technician: Api, site: string, days: number, { north = 0 } = {}): Promise<void> {
  const at = daysAgo(days).toISOString();
  const photo = { id: randomUUID(), role: "before", captured_at: at };
  await technician.call("POST", "/v1/check-ins", {
    id: randomUUID(), visit_id: randomUUID(), site_id: site, kind: "arrival", captured_at: at, sent_at: new Date().toISOString(), photos: [photo],
    fix: { ...PLACE, latitude: PLACE.latitude + north + seed / 1e8, datum: "wgs84", accuracy_m: 8, mocked: false, fix_at: at },
  });
  const dark = seed % 3 === 0 ? ["--dark"] : [];
  await technician.putPhoto(photo.id, pictureFile("--width", "640", "--height", "480", "--seed", String(++seed), ...dark).buffer);
}

/** Two technicians of different teams, at a site each, in three weeks. */
async function make(): Promise<History> {
  const organisation = await Organisation.create("en");
  await organisation.person("manager");
  const { manager } = organisation;
  const customer = await manager.create("/v1/customers", { name: FORMULA, tier: "gold", language: "en" });
  const teams: Record<string, string> = {};
  for (const [i, team] of ["North", "@South"].entries()) {
    const { id, logIn } = await organisation.technician("en");
    await manager.call("PATCH", `/v1/users/${id}`, { team, name: i === 0 ? "Wei Li" : FORMULA });
    teams[team] = id;
    const site = await manager.create("/v1/sites", {
      customer_id: customer, name: `Site ${team}`, time_zone: "Asia/Shanghai", datum: "wgs84", position: PLACE, radius_m: 120,
    });
    const log = await new Api("").call<{ access_token: string }>("POST", "/v1/auth/log-in", { organisation: organisation.slug, log_in: logIn, password: PASSWORD });
    const technician = new Api(log.access_token);
    for (const days of [1, 2, 9, 16]) await visit(technician, site, days + i, { north: days === 9 ? 0.01 : 0 });
  }
  return { slug: organisation.slug, teams };
}

beforeAll(async () => {
  history = await make();
});
afterEach(closePhones);

async function open(slug: string, address: string): Promise<Page> {
  const page = await newDeskPage("en", { viewport: { width: 1280, height: 800 } });
  await logInAtDesk(page, `#${address}`, slug, "manager");
  await page.locator(".reports[aria-busy=false]").waitFor();
  return page;
}

/** The rows of a table as {heading: text}. */
async function rowsOf(page: Page, caption: string): Promise<Record<string, string>[]> {
  const table = page.getByRole("region", { name: caption, exact: true }).getByRole("table");
  await table.waitFor();
  const titles = await table.locator("thead th").allInnerTexts();
  const rows = await table.locator("tbody tr").evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText.replace(/\s+/g, " ").trim())));
  return rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [titles[i], cell])));
}

/** A saved file: its cells, without the apostrophe that keeps a spreadsheet from computing them. */
async function saved(page: Page, table: string): Promise<string[][]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: en(words.csvOf, { table }), exact: true }).click(),
  ]);
  const file = join(service.folder, `${randomUUID()}.csv`);
  await download.saveAs(file);
  const [titles, ...rows] = readFileSync(file, "utf8").replace(/^\ufeff/, "").trimEnd().split("\r\n");
  const cells = (line = "") => [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, text, number]) => text?.replaceAll('""', '"') ?? number ?? "");
  return [cells(titles), ...rows.map(cells)];
}

test("what an address asks for survives a reload, and what is chosen goes into it", async () => {
  const page = await open(history.slug, "/reports?report=service&period=custom&from=2026-01-05&to=2026-01-18&by=site&team=North");
  const fields = { report: "service", period: "custom", from: "2026-01-05", to: "2026-01-18", by: "site", team: "North" } as const;
  const shown = async () => {
    for (const [name, value] of Object.entries(fields)) {
      await expect.poll(() => page.getByLabel(en(words[name as keyof typeof fields]), { exact: true }).inputValue(), { message: name }).toBe(value);
    }
  };
  await shown();
  await page.reload();
  await shown();
  await page.getByLabel(en(words.technician), { exact: true }).selectOption(history.teams.North as string);
  await expect.poll(() => page.url()).toContain(`technician_id=${history.teams.North}`);
  await page.getByLabel(en(words.period), { exact: true }).selectOption("thisWeek");
  await expect.poll(() => page.url()).toContain("period=thisWeek");
  expect(page.url()).toContain("team=North");
});

test("a chart says the numbers of its table, by keys and by pointing, and leads to the same list", async () => {
  const page = await open(history.slug, "/reports?period=last13Weeks&by=team");
  const complaints = complaintsOf(page);
  const rows = await rowsOf(page, en(words.overTime));
  expect(rows.length).toBeGreaterThan(3);
  const canvas = page.locator("canvas[data-chart=quality]");
  const reading = page.locator("#reports-reading-quality");
  await expect.poll(() => reading.innerText()).toContain("Arrow keys");
  const told: Record<string, string[]> = {};
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  for (let week = 0; week < 13; week++) {
    for (let series = 0; series < 3; series++) {
      const [title, text] = (await reading.innerText()).split(" · ") as [string, string];
      (told[title] ??= []).push(text);
      await page.keyboard.press("ArrowUp");
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
  }
  expect(Object.keys(told)).toHaveLength(13);
  for (const row of rows.slice(0, -1)) {
    const expected = (["photos_rejected", "photos_needs_review", "photos_accepted"] as const).map((figure) => {
      const [count, percent = "0%"] = (row[en(figures[figure])] as string).split(" ");
      return `${en(figures[figure])}: ${count} of ${row.Photos} photo${row.Photos === "1" ? "" : "s"} (${percent})`;
    });
    expect(told[row.Week as string]).toEqual(expected);
  }
  const drawnWeeks = Object.entries(told).filter(([, [first]]) => !first?.endsWith("0 photos"));
  expect(drawnWeeks.map(([title]) => title)).toEqual(rows.slice(0, -1).map((row) => row.Week));

  // The worst team's bar: pointed at, it says its number; a click opens what it counts.
  const ranking = page.locator("canvas[data-chart=ranking]");
  await ranking.scrollIntoViewIfNeeded();
  const box = await ranking.boundingBox();
  const place = { x: (box?.width ?? 0) * 0.25, y: (box?.height ?? 0) * 0.35 };
  await ranking.hover({ position: place });
  await expect.poll(() => page.locator("#reports-reading-ranking").innerText()).toMatch(/: \d+ of \d+ photos/);
  const [, count] = /: (\d+) of/.exec(await page.locator("#reports-reading-ranking").innerText()) ?? [];
  await ranking.click({ position: place });
  await page.waitForURL(/#\/audit\?.*reviewed=all/);
  await expect.poll(() => page.locator(".desk-header p").first().innerText()).toContain(`1 of ${count}`);
  expect(complaints).toEqual([]);
});

test("every number of a row leads to a list of that many", async () => {
  const page = await open(history.slug, "/reports?period=last13Weeks&by=technician");
  const address = page.url();
  const links = await page.getByRole("region", { name: en(words.byTechnician), exact: true }).locator("tbody tr").first().locator("td a")
    .evaluateAll((all) => all.map((link) => [link.textContent as string, link.getAttribute("href") as string] as const));
  const sections = links.map(([, href]) => href.split("?")[0]);
  expect(new Set(sections)).toEqual(new Set(["#/visits", "#/audit"]));
  for (const [number, href] of links) {
    await page.goto(`/desk${href}`);
    if (href.startsWith("#/visits")) {
      await expect.poll(() => page.locator(".desk-table tbody tr").count(), { message: href }).toBe(Number(number));
    } else {
      await expect.poll(() => page.locator(".desk-header p").first().innerText(), { message: href }).toContain(`1 of ${number}`);
      await expect.poll(() => page.locator(".desk-queue li").count(), { message: href }).toBe(Number(number));
    }
  }
  await page.goto(address);
  const findings = await rowsOf(page, en(words.findings));
  const link = page.getByRole("region", { name: en(words.findings), exact: true }).locator("tbody tr").first().locator("td a").first();
  await link.click();
  await expect.poll(() => page.locator(".desk-table tbody tr").count()).toBe(Number(findings[0]?.Visits));
});

test("a file holds what its table shows, and nothing that computes", async () => {
  const page = await open(history.slug, "/reports?period=last13Weeks&by=technician");
  const [titles, ...file] = (await saved(page, en(words.byTechnician))) as [string[], ...string[][]];
  const rows = (await rowsOf(page, en(words.byTechnician))).slice(0, -1);
  const column = (name: string) => titles.indexOf(name);
  const COLUMNS = {
    Visits: "visits", "Sent late": "visits: sent late", Photos: "photos", Rejected: "photos: rejected", "Needs review": "photos: needs review",
    Accepted: "photos: accepted", "Visits: reviewed": "visits: reviewed", "To be retaken": "decided: retake",
  };
  const numbers = (row: Record<string, string>) => Object.keys(COLUMNS).map((name) => (row[name] as string).split(" ")[0]);
  const ofFile = file.map((cells) => [cells[0]?.replace(/^'/, ""), ...Object.values(COLUMNS).map((name) => cells[column(name)])]);
  expect(ofFile.sort()).toEqual(rows.map((row) => [row.Technician, ...numbers(row)]).sort());
  expect(file.map(([name]) => name)).toContain(`'${FORMULA}`);

  await page.getByLabel(en(words.team), { exact: true }).selectOption("North");
  await expect.poll(async () => (await rowsOf(page, en(words.byTechnician))).length).toBe(2);
  expect((await saved(page, en(words.byTechnician))).slice(1).map(([name]) => name)).toEqual(["Wei Li"]);
});

test("days of a service report: chosen, reloaded and saved", async () => {
  const link = await CustomerLink.create("en");
  await link.organisation.person("manager");
  await visitsOfPastWeek(link);
  const [from, to] = [-20, 1].map((days) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)) as [string, string];
  const page = await open(link.organisation.slug, `/reports?report=service&period=custom&from=${from}&to=${to}&by=day`);
  const shown = await rowsOf(page, en(words.overTime));
  expect(shown.length).toBeGreaterThan(2);
  await page.reload();
  await expect.poll(() => rowsOf(page, en(words.overTime))).toEqual(shown);
  const [, ...file] = await saved(page, en(words.overTime));
  expect(file.map((cells) => cells.slice(1, 3))).toEqual(shown.slice(0, -1).map((row) => [row.Day, row.Visits]));
});
