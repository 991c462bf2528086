/** The manager's desk: the doubtful first, one key a decision, two managers at once. */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../../desk/words/audit";
import { desk as deskWords } from "../../desk/words/desk";
import { shell } from "../../desk/words/shell";
import { visits } from "../../desk/words/visits";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Evidence, Manager } from "./harness/audit";
import { closePhones, newPhone } from "./harness/browser";
import { logInAtDesk } from "./harness/desk_page";

const XSS = `<img src=x onerror="document.title='owned'">`;

afterEach(closePhones);

describe("with the keys alone", () => {
  test("the doubtful photo is first and says why; it is sent back, and the next one is shown", async () => {
    const evidence = await Evidence.create("en");
    const manager = await Manager.atDesk(evidence);
    await manager.sees("mock"); // the sentence of mock_location
    await manager.presses("t");
    await manager.field(audit.reasonText).fill("Turn the mock location off.");
    await manager.page.getByRole("dialog").getByRole("button", { name: "Retake", exact: true }).click();
    await manager.page.getByRole("dialog").waitFor({ state: "hidden" });
    await expect.poll(() => evidence.decision(evidence.doubtful)).toBe("retake");
    await manager.sees(manager.say(audit.position, { number: 2, count: 3 }));
    await manager.presses("a");
    await manager.presses("a");
    const unreviewed = () => evidence.manager.get<Schema<"EvidencePage">>("/v1/audit-queue").then(({ items }) => items.length);
    await expect.poll(unreviewed).toBe(0);
    await manager.presses("u");
    await expect.poll(unreviewed).toBe(1);
    const { reviews } = await evidence.manager.get<Schema<"Visit">>(`/v1/visits/${evidence.link.visit}`);
    expect(reviews.map(({ decision }) => decision)).toEqual(["approve", "approve", "withdraw"]);
    expect(manager.complaints).toEqual([]);
  });

  test("a video plays", async () => {
    const evidence = await Evidence.create("en", null, "video");
    const manager = await Manager.atDesk(evidence);
    await manager.sees("Video, 0:02");
    await manager.presses("z");
    const player = manager.page.locator("video.desk-video");
    await expect.poll(() => player.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0);
    expect(manager.complaints).toEqual([]);
  });

  test("many are decided at once", async () => {
    const evidence = await Evidence.create("en");
    const manager = await Manager.atDesk(evidence);
    for (const key of ["x", "j", "x", "j", "x"]) await manager.presses(key);
    await manager.sees(manager.say(audit.selected, { count: 3 }));
    await manager.presses("a");
    const left = () => evidence.manager.get<Schema<"EvidencePage">>("/v1/audit-queue").then(({ items }) => items.length);
    await expect.poll(left).toBe(0);
  });

  test("letters are letters where one writes", async () => {
    const evidence = await Evidence.create("en");
    const manager = await Manager.atDesk(evidence);
    await manager.presses("r");
    await manager.presses("a"); // perhaps before the dialog is there
    await manager.page.getByRole("dialog").waitFor();
    await manager.field(audit.reasonText).fill("");
    await manager.page.keyboard.type("a rather dark photo");
    expect(await manager.field(audit.reasonText).inputValue()).toBe("a rather dark photo");
    await manager.presses("Escape");
    expect(await evidence.decision(evidence.doubtful)).toBeNull();
  });

  test("a reason of the organisation's takes the key of its number", async () => {
    const evidence = await Evidence.create("en");
    const reasons = ["Blurred, please retake", "Nameplate is missing"];
    await evidence.manager.call("PATCH", "/v1/organisation/policy", { review_reasons: reasons });
    const manager = await Manager.atDesk(evidence);
    await manager.presses("t");
    const dialog = manager.page.getByRole("dialog");
    await dialog.getByRole("button", { name: reasons[1] }).waitFor();
    await manager.presses("2");
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => evidence.decision(evidence.doubtful)).toBe("retake");
    const { reviews } = await evidence.visitOf(evidence.doubtful);
    expect(reviews.map(({ reason }) => reason)).toEqual([reasons[1]]);
  });

  test("at full size the arrows move the picture, and Escape leads back", async () => {
    const evidence = await Evidence.create("en");
    const manager = await Manager.atDesk(evidence);
    await manager.presses("z");
    const area = manager.page.locator(".desk-zoom-area");
    await area.locator("img").waitFor();
    expect(await area.evaluate((element) => element === document.activeElement)).toBe(true);
    const place = () => area.evaluate(({ scrollLeft, scrollWidth, clientWidth }) => scrollLeft / (scrollWidth - clientWidth));
    await expect.poll(place, { message: "its middle is shown first" }).toBeCloseTo(0.5, 2);
    await manager.presses("ArrowRight");
    await expect.poll(place).toBeGreaterThan(0.52);
    await manager.sees(manager.say(audit.position, { number: 1, count: 3 }));
    await manager.presses("Escape");
    await area.waitFor({ state: "detached" });
    expect(await manager.page.evaluate(() => document.activeElement?.className)).toBe("desk-photo");
  });

  test("what was decided is found again, and taken back under another filter", async () => {
    const evidence = await Evidence.create("en");
    const manager = await Manager.atDesk(evidence);
    await manager.presses("a");
    await expect.poll(() => evidence.decision(evidence.doubtful)).toBe("approve");
    await manager.page.getByLabel(manager.say(audit.state), { exact: true }).selectOption({ label: manager.say(audit.wasReviewed) });
    await manager.sees(manager.say(audit.position, { number: 1, count: 1 }));
    await manager.sees("mock");
    await manager.page.getByLabel(manager.say(audit.state), { exact: true }).selectOption({ label: manager.say(audit.waiting) });
    await manager.sees(manager.say(audit.position, { number: 1, count: 2 }));
    await manager.page.locator("#content").focus();
    await manager.presses("u");
    await manager.sees(manager.say(audit.position, { number: 1, count: 3 }));
    await expect.poll(() => evidence.decision(evidence.doubtful)).toBeNull();
  });

  test("a filter that the mouse has chosen gives the keys back to the photo; one that is walked to keeps them until Escape", async () => {
    const evidence = await Evidence.create("en");
    await evidence.manager.create("/v1/customers", { name: "Area", code: null, tier: "gold", language: "en" });
    const manager = await Manager.atDesk(evidence);
    const select = manager.page.getByLabel(manager.say(audit.verdict), { exact: true });
    const reviews = async () => (await evidence.visitOf(evidence.doubtful)).reviews.map(({ decision }) => decision);
    const focused = () => manager.page.evaluate(() => document.activeElement?.id ?? "");

    await select.focus();
    await manager.presses("ArrowDown");
    await expect.poll(() => select.inputValue()).toBe("rejected");
    await manager.presses("a"); // goes on to "Accepted"
    await expect.poll(() => select.inputValue()).toBe("accepted");
    await manager.presses("Escape");
    expect(await focused()).toBe("content");
    await manager.presses("f");
    await manager.presses("a"); // in the first filter: nothing of ours
    await manager.presses("Escape");

    const customer = manager.page.getByLabel(manager.say(audit.customer), { exact: true });
    await customer.click();
    await customer.pressSequentially("Area a"); // past "Area", which is one
    expect(await customer.inputValue()).toBe("Area a");
    await customer.fill("");
    await customer.press("Enter");
    await manager.presses("Escape");

    for (const [verdict, seen] of [["rejected", manager.say(audit.empty)], ["", manager.say(audit.position, { number: 1, count: 3 })]] as const) {
      await select.click();
      await select.selectOption(verdict);
      await manager.sees(seen);
      expect(await focused()).toBe("content");
    }
    expect(await reviews()).toEqual([]);
    const tick = manager.page.locator(".desk-thumbnail input").first();
    await tick.check();
    await tick.uncheck();
    await manager.presses("a");
    await expect.poll(reviews).toEqual(["approve"]);
  });

  test("at 200 % the photo is in sight, and the filters come when they are asked for", async () => {
    const evidence = await Evidence.create("en");
    const manager = await Manager.atDesk(evidence, "en", { viewport: { width: 640, height: 400 } });
    const seen = () =>
      manager.page.evaluate(() => {
        const photo = document.querySelector(".desk-photo img")?.getBoundingClientRect();
        const bar = document.querySelector(".desk-bar")?.getBoundingClientRect();
        return photo && bar ? Math.min(photo.bottom, bar.top) - photo.top : 0;
      });
    await expect.poll(seen).toBeGreaterThanOrEqual(150);
    const select = manager.page.getByLabel(manager.say(audit.state), { exact: true });
    const filters = () => manager.page.locator(".desk-filters").evaluate((element) => element.clientHeight > 40);
    expect(await filters()).toBe(false);
    await manager.presses("f");
    await expect.poll(() => select.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await filters()).toBe(true);
    await select.click();
    await select.selectOption("true");
    await manager.sees(manager.say(audit.noneReviewed));
    expect(await filters()).toBe(false);
    await manager.sees(manager.say(audit.filtersSet, { count: 1 }));
  });

  test("the queue is narrowed to one customer by a part of its name", async () => {
    const evidence = await Evidence.create("en");
    const other = await evidence.manager.create("/v1/customers", { name: "Bluewater Hotels plc", code: "C-7", tier: "gold", language: "en" });
    const manager = await Manager.atDesk(evidence);
    const customer = manager.page.getByLabel(manager.say(audit.customer), { exact: true });
    await customer.fill("bluewater");
    await customer.press("Enter");
    await manager.sees(manager.say(audit.empty));
    expect(await customer.inputValue()).toBe("Bluewater Hotels plc (C-7)");
    expect(manager.page.url()).toContain(other);
    await manager.page.reload();
    await manager.sees(manager.say(audit.empty));
    await customer.fill("Nobody at all");
    await customer.press("Enter");
    await manager.sees(manager.say(shell.noneFits));
    await customer.fill("");
    await customer.press("Enter");
    await manager.sees(manager.say(audit.position, { number: 1, count: 3 }));
  });
});

describe("on a line of 1 Mbit/s", () => {
  /** Thumbnails that fit below one another on the screen, and one. */
  const SCREENFUL = 8;

  /** The strip's thumbnails that are drawn: in sight, and the screenful after them. */
  const drawn = (page: Page) =>
    page.locator(".desk-queue").evaluate((strip, screenful) => {
      const { top, bottom } = strip.getBoundingClientRect();
      const items = [...strip.querySelectorAll("li")];
      const isDrawn = (item: Element) => (item.querySelector("img")?.naturalWidth ?? 0) > 0;
      const isSeen = (item: Element) => item.getBoundingClientRect().bottom > top && item.getBoundingClientRect().top < bottom;
      const seen = items.filter(isSeen);
      const next = items.slice(items.indexOf(seen.at(-1) as HTMLLIElement) + 1).slice(0, screenful);
      return { gaps: seen.filter((item) => !isDrawn(item)).length, seen: seen.length, ready: next.filter(isDrawn).length, next: next.length };
    }, SCREENFUL);

  test("thumbnails are there before they are scrolled to, across the queue's pages, and so is the next large picture", async () => {
    const evidence = await Evidence.create("en");
    await evidence.addPhotos(75);
    const manager = await Manager.atDesk(evidence);
    const line = await manager.page.context().newCDPSession(manager.page);
    await line.send("Network.enable");
    const slow = { offline: false, latency: 60, downloadThroughput: 125_000, uploadThroughput: 125_000 };
    await line.send("Network.emulateNetworkConditions", slow);
    await manager.page.reload();
    await manager.page.locator(".desk-queue").hover();
    for (let at = 0; at < 56; at += SCREENFUL - 1) {
      await expect.poll(() => drawn(manager.page), { timeout: 30_000 }).toMatchObject({ gaps: 0, ready: SCREENFUL });
      await manager.page.mouse.wheel(0, 90 * (SCREENFUL - 1));
      await manager.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(await drawn(manager.page)).toMatchObject({ gaps: 0 });
    }
    const picture = manager.page.locator(".desk-photo img").first();
    const shown = () => picture.evaluate(({ src, naturalWidth }: HTMLImageElement) => ({ src, isLarge: naturalWidth > 600 }));
    await expect.poll(shown, { timeout: 30_000 }).toMatchObject({ isLarge: true });
    const { src } = await shown();
    const { items } = await evidence.manager.get<Schema<"EvidencePage">>("/v1/audit-queue?limit=2");
    await expect.poll(() => manager.pictures, { timeout: 30_000 }).toContain(`/v1/photos/${items[1]?.photo.id}/medium`);
    await line.send("Network.emulateNetworkConditions", { ...slow, offline: true });
    await manager.presses("j");
    await expect.poll(async () => (await shown()).src).not.toBe(src);
    await expect.poll(shown).toMatchObject({ isLarge: true });
  });
});

test("of two managers, the second is told and overrules nobody", async () => {
  const evidence = await Evidence.create("en");
  const manager = await Manager.atDesk(evidence);
  await evidence.manager.call("POST", `/v1/photos/${evidence.doubtful}/reviews`, { id: randomUUID(), decision: "reject", reason: "No." });
  await manager.presses("a");
  await manager.sees(manager.say(audit.others, { count: 1 }));
  expect(await evidence.decision(evidence.doubtful)).toBe("reject");
});

test("decisions outlive the network and a reload", async () => {
  const evidence = await Evidence.create("en");
  const manager = await Manager.atDesk(evidence);
  await manager.page.context().setOffline(true);
  await manager.presses("a");
  await manager.sees(manager.say(audit.unsent, { count: 1 }));
  expect(await evidence.decision(evidence.doubtful)).toBeNull();
  manager.page.on("dialog", (dialog) => void dialog.accept());
  await manager.page.context().setOffline(false);
  await manager.page.reload();
  await expect.poll(() => evidence.decision(evidence.doubtful), { timeout: 20_000 }).toBe("approve");
});

test("after a reload the last decisions are taken back, and no other one than these", async () => {
  const evidence = await Evidence.create("en");
  const manager = await Manager.atDesk(evidence);
  const waiting = () => evidence.manager.get<Schema<"EvidencePage">>("/v1/audit-queue").then(({ items }) => items.length);
  for (const _ of [1, 2, 3]) await manager.presses("a");
  await expect.poll(waiting).toBe(0);
  const review = (decision: string) => evidence.manager.call("POST", `/v1/photos/${evidence.doubtful}/reviews`, { id: randomUUID(), decision });
  await review("withdraw");
  await review("approve"); // the same again, but not the one that was made here
  await manager.page.reload();
  await manager.sees(manager.say(audit.empty));
  await manager.button(audit.undo).click();
  await expect.poll(waiting).toBe(1);
  await manager.presses("u");
  await expect.poll(waiting).toBe(2);
  await manager.presses("u");
  await manager.sees(manager.say(audit.others, { count: 1 }));
  expect(await evidence.decision(evidence.doubtful)).toBe("approve");
  await manager.page.reload();
  await manager.sees(manager.say(audit.position, { number: 1, count: 2 }));
  expect(await manager.button(audit.undo).isDisabled()).toBe(true);
});

test("the visit goes home as a ZIP", async () => {
  const evidence = await Evidence.create("en");
  const manager = await Manager.atDesk(evidence);
  const download = manager.page.waitForEvent("download");
  await manager.button(visits.download).click();
  expect((await download).suggestedFilename()).toMatch(/^visit-[0-9a-f-]{36}\.zip$/);
});

test("what people write stays text", async () => {
  const evidence = await Evidence.create("en", XSS);
  const manager = await Manager.atDesk(evidence);
  await manager.sees(XSS);
  await manager.presses("r");
  await manager.field(audit.reasonText).fill(XSS);
  await manager.page.getByRole("dialog").getByRole("button", { name: "Reject", exact: true }).click();
  await manager.page.getByRole("dialog").waitFor({ state: "hidden" });
  await manager.presses("k");
  await manager.presses("k");
  await manager.sees(`${manager.say(audit.rejected)}: ${XSS}`);
  expect(await manager.page.title()).toContain(manager.say(deskWords.title));
  expect(await manager.page.locator('img[src="x"]').count()).toBe(0);
  expect(manager.complaints).toEqual([]);
});

test("a technician is shown the way to the phone app", async () => {
  const evidence = await Evidence.create("en");
  const page = await (await newPhone({ permissions: [] })).newPage();
  await logInAtDesk(page, "", evidence.link.organisation.slug, "technician-1");
  await page.getByText(t(deskWords.notForRole, {}, "en")).waitFor();
});
