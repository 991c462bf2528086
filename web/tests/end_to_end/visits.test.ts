/** Visits and customers' answers at the desk: found, read, decided, corrected, answered, called back, taken home. */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { answers, links } from "../../desk/words/answers";
import { audit } from "../../desk/words/audit";
import { correctionWords as corrections } from "../../desk/words/corrections";
import { retention } from "../../desk/words/retention";
import { shell } from "../../desk/words/shell";
import { callWords, galleryWords, sheetWords, timelineWords, visits as words } from "../../desk/words/visits";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { closePhones } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { Api } from "./harness/organisation";
import { removePictures } from "./harness/removed";
import { service } from "./harness/service";

const XSS = `<img src=x onerror="document.title='owned'">`;

afterEach(closePhones);

/** A manager who looks at one signed visit. */
class Manager {
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly link: CustomerLink,
    readonly api: Api,
  ) {}

  static async at(link: CustomerLink, hash: string): Promise<Manager> {
    const api = await link.organisation.person("manager");
    const page = await newDeskPage("en", { permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true });
    const manager = new Manager(page, link, api);
    manager.page.on("pageerror", (error) => manager.complaints.push(String(error)));
    manager.page.on("console", (message) => {
      if (message.type() === "error") manager.complaints.push(`${message.text()} ${message.location().url}`);
    });
    await logInAtDesk(page, `#${hash}`, link.organisation.slug, "manager");
    await page.getByRole("navigation").first().waitFor();
    return manager;
  }

  say = (word: Word, values: Record<string, string | number> = {}) => t(word, values, "en");
  presses = (word: Word) => this.page.getByRole("button", { name: this.say(word), exact: true }).click();
  tab = (word: Word) => this.page.getByRole("link", { name: this.say(word), exact: true }).click();
  sees = (text: string) => this.page.getByText(text).first().waitFor();
  dialog = () => this.page.getByRole("dialog").last();
  inDialog = (word: Word) => this.dialog().getByRole("button", { name: this.say(word), exact: true }).click();
  file = () => this.api.get<Schema<"VisitFile">>(`/v1/visits/${this.link.visit}/file`);
}

const say = (link: CustomerLink, what: string, body: object) =>
  new Api("").call("POST", `/v1/shared/${link.token}/${what}`, { id: randomUUID(), ...body });

const visitPath = (link: CustomerLink, tab = "") => `/visits/${link.visit}${tab}`;

test("the list is narrowed by its address, says what the customer said and leads to the visit", async () => {
  const link = await CustomerLink.create("en");
  await say(link, "complaints", { text: "It drips." });
  await say(link, "rating", { stars: 2 });
  await link.organisation.manager.create("/v1/customers", { name: "Bluewater Hotels plc", tier: "gold", language: "en" });
  const manager = await Manager.at(link, "/visits");
  const rows = manager.page.locator("tbody tr");
  await rows.first().waitFor();
  const customer = manager.page.getByLabel(manager.say(words.customer), { exact: true });
  await customer.fill("bluewater"); // out of any number of them
  await customer.press("Enter");
  await manager.sees(manager.say(words.none));
  await customer.fill("");
  await customer.press("Enter");
  await rows.first().waitFor();
  await manager.page.getByLabel(manager.say(words.concern), { exact: true }).selectOption("complaint");
  await expect.poll(() => manager.page.url()).toContain("concern=complaint");
  expect(await rows.count()).toBe(1);
  expect(await rows.first().textContent()).toContain(manager.say(words.complained, { count: 1 }));
  await manager.page.getByRole("img", { name: manager.say(words.stars, { count: 2 }) }).waitFor();
  await manager.page.getByLabel(manager.say(words.signedFilter), { exact: true }).selectOption("false");
  await manager.sees(manager.say(words.none));
  await manager.page.getByLabel(manager.say(words.signedFilter), { exact: true }).selectOption("true");
  await manager.page.reload();
  await rows.first().getByRole("link").click();
  await expect.poll(() => manager.page.url()).toContain(link.visit);
  await manager.sees(manager.say(timelineWords.complaint));
  expect(manager.complaints).toEqual([]);
});

test("the timeline tells both clocks where they differ", async () => {
  const link = await CustomerLink.create("en");
  const { visit } = await link.organisation.manager.get<Schema<"VisitFile">>(`/v1/visits/${link.visit}/file`);
  const late = new Date(Date.now() - 40 * 60_000).toISOString();
  await link.technician.call("POST", "/v1/check-ins", {
    id: randomUUID(), visit_id: link.visit, site_id: visit.site.id, kind: "progress", captured_at: late, sent_at: late, fix: null, note: "Offline in the cellar",
  });
  const manager = await Manager.at(link, visitPath(link));
  const event = manager.page.locator(".visits-event", { hasText: "Offline in the cellar" });
  await event.waitFor();
  expect(await event.textContent()).toMatch(/The server had it at/);
  const arrival = manager.page.locator(".visits-event", { hasText: manager.say(timelineWords.arrival) });
  expect(await arrival.textContent()).not.toMatch(/The server had it at/);
  expect(manager.complaints).toEqual([]);
});

test("photos stand side by side, are decided with the keys, and the whole visit after them", async () => {
  const link = await CustomerLink.create("en");
  const manager = await Manager.at(link, visitPath(link, "/photos"));
  await expect.poll(() => manager.page.locator(".visits-pair img").count()).toBe(2);
  await manager.page.locator(".visits-half").first().click();
  await manager.dialog().getByText(manager.say(galleryWords.of, { number: 1, count: 2 })).waitFor();
  await manager.page.keyboard.press("j");
  await manager.dialog().getByText(manager.say(galleryWords.of, { number: 2, count: 2 })).waitFor();
  await manager.page.keyboard.press("a");
  await manager.dialog().getByText(manager.say(words.approved)).waitFor();
  await manager.page.keyboard.press("k");
  await manager.page.keyboard.press("t");
  await manager.dialog().getByRole("textbox").fill("Too close, please retake a at distance");
  await manager.dialog().getByRole("button", { name: manager.say(galleryWords.retake), exact: true }).click();
  await expect.poll(async () => (await manager.file()).retakes.length).toBe(1);
  await manager.page.keyboard.press("Escape");
  await manager.page.getByRole("dialog").waitFor({ state: "hidden" });
  await manager.presses(words.approve);
  await manager.page.getByRole("button", { name: manager.say(words.withdraw) }).waitFor();
  const { visit } = await manager.file();
  expect(visit.review_decision).toBe("approve");
  expect(visit.check_ins.flatMap(({ photos }) => photos).map(({ review_decision }) => review_decision)).toEqual(["retake", "approve"]);
  expect(manager.complaints).toEqual([]);
});

test("a photo whose bytes a rule has removed is named, with its hash and its findings, and not asked for", async () => {
  const link = await CustomerLink.create("en");
  const manager = await Manager.at(link, "/visits");
  const [photo] = (await manager.file()).visit.check_ins.flatMap(({ photos }) => photos);
  const asked = await removePictures(manager.page, /\/v1\/(visits\/[^/]+(\/file)?|audit-queue)(\?|$)/);
  await manager.page.goto(`/desk#${visitPath(link, "/photos")}`);
  const tiles = manager.page.locator(".desk-removed");
  await manager.page.locator(".visits-half .desk-removed").first().waitFor();
  expect(await tiles.first().textContent()).toMatch(/^Removed on .*Mar.* by the retention rule; hash kept/);
  expect(await tiles.first().textContent()).toContain(photo?.receipt?.sha256);
  await manager.page.locator(".visits-strip button").first().click();
  await manager.dialog().locator(".desk-removed").first().waitFor();
  await manager.dialog().getByText(manager.say(audit.findings)).waitFor();
  await manager.inDialog(galleryWords.full);
  await manager.dialog().locator(".visits-full .desk-removed").waitFor();
  expect(asked).toEqual([]);
  expect(manager.complaints).toEqual([]);
});

test("a visit is held with a reason, says by whom, and is released", async () => {
  const link = await CustomerLink.create("en");
  const manager = await Manager.at(link, visitPath(link));
  await manager.presses(retention.holdThis);
  await manager.inDialog(shell.save);
  await manager.dialog().getByRole("alert").first().waitFor(); // a hold says why
  await manager.dialog().getByRole("textbox").fill(`Insurer ${XSS}`);
  await manager.inDialog(shell.save);
  const held = manager.page.getByRole("region", { name: manager.say(retention.heldVisit) });
  await held.getByText(`Insurer ${XSS}`).waitFor();
  const { hold } = await manager.file();
  expect(await held.textContent()).toContain(`By ${hold?.held_by.name}, since`);
  await held.getByRole("button", { name: manager.say(retention.changeReason) }).click();
  await manager.dialog().getByRole("textbox").fill("Insurer, case 4711");
  await manager.inDialog(shell.save);
  await held.getByText("case 4711").waitFor();
  await held.getByRole("button", { name: manager.say(retention.release) }).click();
  await manager.dialog().getByText(manager.say(retention.releaseExplained)).waitFor();
  await manager.inDialog(retention.release);
  await held.waitFor({ state: "detached" });
  await manager.page.getByRole("button", { name: manager.say(retention.holdThis) }).waitFor();
  expect((await manager.file()).hold).toBeNull();
  expect(manager.complaints.filter((text) => !text.includes("422"))).toEqual([]);
});

test("the sheet is shown as it was signed, with its signature, and what a correction changed and why", async () => {
  const link = await CustomerLink.create("en");
  const first = await link.technician.get<Schema<"Sheet">>(`/v1/visits/${link.visit}/sheet`);
  const { open_before, left_open, parts } = first.content;
  await link.technician.call("PUT", `/v1/visits/${link.visit}/sheet`, {
    version: 2, corrects_version: 1, correction_reason: "The refrigerant was R448A", open_before, left_open, parts,
    done: [{ what: "Refilled 0.4 kg R448A" }],
  });
  const manager = await Manager.at(link, visitPath(link, "/sheet"));
  expect(await manager.page.getByTestId("digest").textContent()).toBe(first.document_sha256);
  await manager.page.getByRole("img", { name: manager.say(sheetWords.signatureOf, { name: "Fang Wang" }) }).waitFor();
  await manager.sees("The refrigerant was R448A");
  expect(await manager.page.locator(".visits-changes ins").allTextContents()).toEqual(["Refilled 0.4 kg R448A"]);
  expect(await manager.page.locator(".visits-changes del").count()).toBe(1);
  const download = manager.page.waitForEvent("download");
  await manager.presses(words.savePdf);
  expect((await download).suggestedFilename()).toBe(`sheet-${link.visit}-1.pdf`);
  await manager.page.getByRole("link", { name: /^Version 2/ }).click();
  await manager.sees(manager.say(sheetWords.unsigned));
  expect(manager.complaints).toEqual([]);
});

test("a correction is asked for, withdrawn, asked for again, signed, and stands beside what it corrects", async () => {
  const link = await CustomerLink.create("en");
  const manager = await Manager.at(link, visitPath(link, "/sheet"));
  const ask = async (reason: string) => {
    await manager.presses(corrections.ask);
    await manager.dialog().getByLabel(manager.say(corrections.parts)).check();
    await manager.dialog().getByRole("textbox").fill(reason);
    await manager.inDialog(corrections.send);
    await manager.sees(reason);
  };
  await manager.presses(corrections.ask);
  await manager.inDialog(corrections.send);
  await manager.dialog().getByText(manager.say(corrections.whereMissing)).waitFor();
  await manager.dialog().getByText(manager.say(corrections.reasonMissing)).waitFor();
  await manager.page.keyboard.press("Escape");
  await ask("One contactor, not two.");
  await manager.presses(corrections.withdraw);
  await manager.inDialog(corrections.withdraw);
  await manager.page.getByRole("button", { name: manager.say(corrections.ask), exact: true }).waitFor();
  await ask(`Two contactors. ${XSS}`);
  const first = await link.technician.get<Schema<"Sheet">>(`/v1/visits/${link.visit}/sheet`);
  const path = `/v1/visits/${link.visit}`;
  const { open_before, done, left_open } = first.content;
  const second = await link.technician.call<Schema<"Sheet">>("PUT", `${path}/sheet`, {
    version: 2, corrects_version: 1, correction_reason: "As the office asked", open_before, done, left_open,
    parts: [{ name: "Contactor", number: "K-2", quantity: 2, unit: "pc" }],
  });
  await link.technician.call("POST", `${path}/signatures`, {
    id: randomUUID(), sheet_version: 2, document_sha256: second.document_sha256, signer_name: "Fang Wang", signer_role: "Manager",
    signed_at: new Date().toISOString(), strokes: { width: 10, height: 10, lines: [[{ x: 1, y: 1, t_ms: 0 }, { x: 5, y: 5, t_ms: 9 }]] },
  });
  await manager.page.getByRole("link", { name: manager.say(sheetWords.sideBySide, { before: 1, after: 2 }) }).click();
  const table = manager.page.locator(".visits-versions");
  expect(await table.locator("ins").allTextContents()).toEqual(["Contactor, K-2, 2 pc"]);
  expect(await table.locator("del").allTextContents()).toEqual(["R404A, 0.4 kg"]);
  await expect.poll(() => table.locator(".hash").allTextContents()).toEqual([first.document_sha256, second.document_sha256]);
  await manager.page.reload();
  await table.waitFor();
  await manager.tab(words.timeline);
  await manager.sees("One contactor, not two.");
  expect(await manager.page.locator(".visits-event", { hasText: "Two contactors." }).textContent()).toContain(XSS);
  const { corrections: asked } = await manager.file();
  expect(asked.map(({ answered_version, withdrawn_at }) => [answered_version, withdrawn_at !== null])).toEqual([[null, true], [2, false]]);
  expect(manager.complaints.filter((complaint) => !complaint.includes("422"))).toEqual([]);
});

test("the visit is saved by the browser's own download, once for each ticket, and verifies", async () => {
  const link = await CustomerLink.create("en");
  const manager = await Manager.at(link, visitPath(link));
  const asked: string[] = [];
  manager.page.on("request", (request) => {
    if (/\/v1\/.*\/pack/.test(request.url())) asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  const download = manager.page.waitForEvent("download");
  await manager.presses(words.download);
  const saved = await download;
  const folder = mkdtempSync(join(tmpdir(), "pack-"));
  await saved.saveAs(join(folder, "visit.zip"));
  expect(saved.suggestedFilename()).toBe(`visit-${link.visit}.zip`);
  execFileSync("/usr/bin/python3", ["-m", "zipfile", "-e", "visit.zip", "."], { cwd: folder });
  execFileSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], { cwd: folder });
  await manager.sees("The download has begun");
  expect(asked[0]).toMatch(/^POST .*\/pack-tickets$/);
  expect((await fetch(saved.url())).status, "a ticket is good once").toBe(404);
  expect(await manager.page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.startsWith("blob:")))).toBe(false);
});

describe("the customer", () => {
  test("is heard: the urgent first, dealt with once, with a note", async () => {
    const link = await CustomerLink.create("en");
    await say(link, "rating", { stars: 1 });
    await say(link, "complaints", { text: "It drips." });
    await say(link, "decision", { decision: "confirmed" });
    const manager = await Manager.at(link, "/answers");
    const cards = manager.page.locator(".visits-answer");
    await expect.poll(() => cards.count()).toBe(2);
    expect(await cards.first().textContent()).toContain("It drips.");
    await cards.first().getByRole("button", { name: manager.say(answers.handle) }).click();
    await manager.inDialog(answers.handledState);
    await manager.dialog().getByRole("alert").waitFor(); // says nothing about what was done
    await manager.dialog().getByRole("textbox").fill("We come again on Monday.");
    await manager.inDialog(answers.handledState);
    await expect.poll(() => cards.count()).toBe(1);
    await manager.page.getByLabel(manager.say(answers.state), { exact: true }).selectOption("handled");
    await manager.sees("We come again on Monday.");
    await cards.first().getByRole("link", { name: manager.say(answers.openVisit) }).click();
    await expect.poll(() => manager.page.url()).toContain(`${link.visit}/customer`);
    await manager.sees("We come again on Monday.");
    expect(manager.complaints.filter((complaint) => !complaint.includes("422"))).toEqual([]);
  });

  test("is called back, with outcome and score", async () => {
    const link = await CustomerLink.create("en");
    const manager = await Manager.at(link, visitPath(link, "/customer"));
    await manager.presses(callWords.record);
    await manager.dialog().getByLabel(manager.say(callWords.outcome), { exact: true }).selectOption("follow_up");
    await manager.dialog().getByLabel(manager.say(callWords.score), { exact: true }).selectOption("3");
    await manager.dialog().getByLabel(manager.say(callWords.note), { exact: true }).fill(XSS);
    await manager.dialog().getByRole("button", { name: "Save" }).click();
    await manager.sees(XSS);
    const { callbacks } = await manager.file();
    expect(callbacks).toMatchObject([{ outcome: "follow_up", score: 3, note: XSS }]);
    expect(manager.complaints).toEqual([]);
  });

  test("gets a link of a chosen life, as a code and to copy; when it was opened is told; it is revoked", async () => {
    const link = await CustomerLink.create("en");
    const manager = await Manager.at(link, visitPath(link, "/customer"));
    await manager.presses(links.make);
    await manager.dialog().getByRole("textbox").fill("0");
    await manager.inDialog(links.make);
    await manager.dialog().getByText(manager.say(links.daysWrong)).waitFor();
    await manager.dialog().getByRole("textbox").fill("3");
    await manager.inDialog(links.make);
    const cards = manager.page.locator("section", { hasText: manager.say(links.title) }).locator("article");
    await expect.poll(() => cards.count()).toBe(2);
    const [made] = (await manager.file()).links;
    expect(Date.parse(made?.expires_at ?? "") - Date.parse(made?.created_at ?? "")).toBeLessThan(4 * 86_400_000);
    await cards.first().getByRole("button", { name: manager.say(links.copy) }).click();
    const url = await manager.page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(url).pathname).toBe(new URL(made?.url ?? "", service.public_url).pathname);
    await cards.first().getByRole("button", { name: manager.say(links.qr) }).click();
    await manager.page.getByRole("img", { name: manager.say(links.qrLabel) }).waitFor();
    await manager.inDialog(galleryWords.close);
    await new Api("").get(`/v1/shared/${url.split("/").at(-1)}`);
    await manager.page.reload();
    await cards.first().getByText(/^Opened once/).waitFor();
    await cards.first().getByRole("button", { name: manager.say(links.revoke) }).click();
    await manager.inDialog(links.revoke);
    await cards.first().getByText(manager.say(links.revoked), { exact: true }).waitFor();
    await expect(new Api("").get(`/v1/shared/${url.split("/").at(-1)}`)).rejects.toThrow("404");
  });
});

test("what happens while one looks appears by itself", async () => {
  const link = await CustomerLink.create("en");
  const manager = await Manager.at(link, "/answers");
  await manager.sees(manager.say(answers.none));
  await say(link, "complaints", { text: "It drips while you look." });
  await manager.sees("It drips while you look.");
  await manager.page.goto(`/desk#${visitPath(link)}`);
  await manager.page.locator(".visits-event").first().waitFor();
  const office = link.organisation.manager;
  await say(link, "decision", { decision: "disputed", reason: "It drips still." });
  await manager.sees("It drips still.");
  const { items } = await office.get<Schema<"EvidenceViewPage">>(`/v1/visits/${link.visit}/views`);
  expect(items.map(({ photo_id }) => photo_id), "one look, however often the page was read").toEqual([null]);
});

test("what customers and technicians write stays text, wherever it is shown", async () => {
  const link = await CustomerLink.create("en", { customer: XSS, site: XSS, title: XSS, caption: XSS, done: XSS, leftOpen: XSS, signer: XSS, role: XSS });
  await say(link, "complaints", { text: XSS });
  await say(link, "rating", { stars: 1, comment: XSS });
  await say(link, "decision", { decision: "disputed", reason: XSS });
  const manager = await Manager.at(link, "/visits");
  for (const place of ["/visits", "/answers", ...["", "/photos", "/sheet", "/customer", "/record"].map((tab) => visitPath(link, tab))]) {
    await manager.page.goto(`/desk#${place}`);
    await manager.page.locator(".desk-page").getByText(XSS).locator("visible=true").first().waitFor();
    expect(await manager.page.locator('img[src="x"]').count(), place).toBe(0);
    expect(await manager.page.title(), place).not.toBe("owned");
  }
  expect(manager.complaints).toEqual([]);
});

test("the audit lays before and after side by side by itself, until B says otherwise", async () => {
  const link = await CustomerLink.create("en");
  const manager = await Manager.at(link, "/audit");
  const figures = manager.page.locator(".desk-photos figure");
  await expect.poll(() => figures.count()).toBe(2);
  await manager.page.keyboard.press("b");
  await expect.poll(() => figures.count()).toBe(1);
  await manager.page.keyboard.press("j");
  await manager.sees(manager.say(audit.position, { number: 2, count: 2 }));
  expect(await figures.count()).toBe(1);
});
