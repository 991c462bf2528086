/** What the audit lays beside a photo: where it was, the same bytes sent before, the other half; and two managers at once. */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../../desk/words/audit";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { closePhones } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { PASSWORD, PLACE } from "./harness/organisation";
import { pictureFile } from "./harness/picture_file";
import { complaintsOf } from "./harness/screen";

afterEach(closePhones);

const say = (word: Word, values: Record<string, string | number> = {}) => t(word, values, "en");
/** One thousandth of a degree of latitude. */
const STEP_M = 111;

type PhotoSent = { id: string; role: string; bytes: Buffer };

const taken = (role: string, ...options: string[]): PhotoSent => ({
  id: randomUUID(), role, bytes: pictureFile("--width", "1280", "--height", "960", ...options).buffer,
});

/** An arrival at the link's site, so many steps north of its middle, with these photos; the visit's id. */
async function arrive(link: CustomerLink, steps: number, accuracy_m: number, ...photos: PhotoSent[]): Promise<string> {
  const { site } = await link.technician.get<Schema<"Visit">>(`/v1/visits/${link.visit}`);
  const [visit, at] = [randomUUID(), new Date().toISOString()];
  await link.technician.call("POST", "/v1/check-ins", {
    id: randomUUID(), visit_id: visit, site_id: site.id, kind: "arrival", captured_at: at, sent_at: at,
    photos: photos.map(({ id, role }) => ({ id, role, captured_at: at })),
    fix: { ...PLACE, latitude: PLACE.latitude + steps / 1000, datum: "wgs84", accuracy_m, mocked: true, fix_at: at },
  });
  for (const { id, bytes } of photos) await link.technician.putPhoto(id, bytes);
  return visit;
}

async function atDesk(link: CustomerLink, logIn: string, query = ""): Promise<{ page: Page; complaints: string[] }> {
  const page = await newDeskPage("en");
  const complaints = complaintsOf(page);
  await logInAtDesk(page, `#/audit${query}`, link.organisation.slug, logIn);
  await page.locator(".desk-photo img").first().waitFor();
  return { page, complaints };
}

/** The middle of what is drawn, in metres north and east of the middle of the fence, by the fence's own size. */
async function metresFromFence(page: Page, drawn: string): Promise<{ north: number; east: number; across: number }> {
  const box = async (selector: string) => {
    const found = await page.locator(selector).first().boundingBox();
    if (!found) throw new Error(`${selector} is not there`);
    return { x: found.x + found.width / 2, y: found.y + found.height / 2, across: found.width };
  };
  const [fence, thing] = [await box(".plan-fence"), await box(drawn)];
  const metres = (pixels: number) => Math.round((pixels * 240) / fence.across);
  return { north: metres(fence.y - thing.y), east: metres(thing.x - fence.x), across: metres(thing.across) };
}

test("the plan and the map show the fence, the fix with its accuracy, and the photo's own position", async () => {
  const link = await CustomerLink.create("en");
  await link.organisation.person("manager");
  await arrive(link, 1, 30, taken("nameplate", "--latitude", String(PLACE.latitude - 2 / 1000), "--longitude", String(PLACE.longitude)));
  const { page, complaints } = await atDesk(link, "manager");

  await page.locator(".plan-diamond").waitFor({ state: "attached" });
  const near = (value: number, wanted: number) => expect(Math.abs(value - wanted), `${value}, not ${wanted}`).toBeLessThan(8);
  const here = await metresFromFence(page, ".plan-here");
  near(here.north, STEP_M);
  near(here.east, 0);
  near((await metresFromFence(page, ".plan-accuracy")).across, 60);
  const own = await metresFromFence(page, ".plan-diamond");
  near(own.north, -2 * STEP_M);
  near(own.east, 0);

  await page.getByRole("button", { name: say(audit.showMap), exact: true }).click();
  for (const drawn of [".map-fence", ".map-accuracy", ".map-fix-current", ".map-track"])
    await page.locator(drawn).first().waitFor({ state: "attached" });
  const [fix, mark] = [await page.locator(".map-fix-current").boundingBox(), await page.locator(".map-mark").boundingBox()];
  expect((mark?.y ?? 0) - (fix?.y ?? 0), "it lies to the south of the fix").toBeGreaterThan(20);
  expect(complaints).toEqual([]);
});

test("bytes that were sent before stand beside those that are sent again, with the sentence", async () => {
  const link = await CustomerLink.create("en");
  await link.organisation.person("manager");
  const first = taken("nameplate", "--seed", "4711");
  await arrive(link, 0, 8, first);
  const again = { ...first, id: randomUUID() };
  await arrive(link, 0, 8, again);
  const { page, complaints } = await atDesk(link, "manager", "?finding=photo_reused");
  const pictures = page.locator(".desk-photos img");
  await expect.poll(() => pictures.count()).toBe(2);
  await page.getByText(say(audit.earlier), { exact: true }).waitFor();
  const pixels = () => pictures.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));
  await expect.poll(pixels).toEqual([1280, 1280]);
  const { findings } = await link.technician.get<Schema<"Photo">>(`/v1/photos/${again.id}`);
  const reused = findings.find(({ code }) => code === "photo_reused" || code === "photo_sent_twice");
  await page.getByText(reused?.sentence ?? "no such finding").first().waitFor();
  expect(complaints).toEqual([]);
});

test("before and after stand side by side, and a key takes the other one away and brings it back", async () => {
  const link = await CustomerLink.create("en");
  await link.organisation.person("manager");
  const { page, complaints } = await atDesk(link, "manager");
  const pictures = page.locator(".desk-photos img");
  await page.getByText(/^To compare: /).waitFor();
  await expect.poll(() => pictures.count()).toBe(2);
  const [left, right] = [await pictures.first().boundingBox(), await pictures.last().boundingBox()];
  expect(right?.x ?? 0).toBeGreaterThanOrEqual((left?.x ?? 0) + (left?.width ?? 0));
  expect(Math.abs((right?.y ?? 0) - (left?.y ?? 0))).toBeLessThan(2);
  await page.keyboard.press("b");
  await expect.poll(() => pictures.count()).toBe(1);
  await page.keyboard.press("b");
  await expect.poll(() => pictures.count()).toBe(2);
  expect(complaints).toEqual([]);
});

describe("two managers at the same queue", () => {
  /** Both at their desks, six photos before them; and how many still wait. */
  async function bothAtDesk() {
    const link = await CustomerLink.create("en");
    const manager = await link.organisation.person("manager");
    await link.organisation.manager.create("/v1/users", { log_in: "second", name: "Second", role: "manager", language: "en", password: PASSWORD });
    const visit = await arrive(link, 0, 8, ...["before", "after", "nameplate", "part"].map((role, i) => taken(role, "--seed", String(6100 + i))));
    const [{ page: one }, { page: other }] = [await atDesk(link, "manager"), await atDesk(link, "second")];
    for (const page of [one, other]) await page.locator("[data-live=connected]").waitFor({ state: "attached" });
    const waiting = async () => (await manager.get<Schema<"EvidencePage">>("/v1/audit-queue")).items.length;
    expect(await waiting()).toBe(6);
    const reviews = async () => {
      const visits = await Promise.all([visit, link.visit].map((id) => manager.get<Schema<"Visit">>(`/v1/visits/${id}`)));
      return visits.flatMap((each) => each.reviews);
    };
    return { one, other, waiting, reviews };
  }
  const standsAt = (page: Page, number: number) => page.getByText(say(audit.position, { number, count: 6 })).waitFor();
  const held = (page: Page) => page.locator(".desk-thumbnail-held").count();

  test("each is handed out other photos, and what one gives up goes to the other", async () => {
    const { one, other, waiting, reviews } = await bothAtDesk();
    await standsAt(one, 1);
    await standsAt(other, 4);
    expect([await held(one), await held(other)]).toEqual([0, 3]);
    for (const _ of [1, 2, 3]) await one.keyboard.press("a");
    for (const _ of [1, 2]) await other.keyboard.press("a");
    await one.getByText(say(audit.throughHeld, { count: 1, names: "Second" })).waitFor();
    await expect.poll(waiting).toBe(1);
    expect(new Set((await reviews()).map(({ photo_id }) => photo_id)).size, "nobody judged what the other had").toBe(5);

    await other.goto("/desk#/board");
    await expect
      .poll(async () => (await one.keyboard.press("n"), (await one.getByText(say(audit.position, { number: 6, count: 6 })).count()) === 1))
      .toBe(true);
    await one.keyboard.press("a");
    await one.getByText(say(audit.through)).waitFor();
    await expect.poll(waiting).toBe(0);
  });

  test("who looks at the same photo nevertheless is told, and every photo keeps the decision that came first", async () => {
    const { one, other, waiting, reviews } = await bothAtDesk();
    await other.locator(".desk-thumbnail button").first().click();
    await other.getByText(say(audit.heldBy, { name: "manager" })).waitFor();
    // One is faster: the other one hears of it, and his word does not replace it.
    await one.keyboard.press("a");
    await other.getByText(say(audit.elsewhere, { decision: say(audit.approved) })).waitFor();
    await other.keyboard.press("r");
    await other.getByRole("dialog").getByRole("textbox").fill("Too dark");
    await other.getByRole("dialog").getByRole("button", { name: say(audit.reject), exact: true }).click();
    await other.getByText(say(audit.others, { count: 1 })).waitFor();
    await standsAt(other, 4);
    await one.keyboard.press("a");
    await one.keyboard.press("a");
    await one.getByText(say(audit.throughHeld, { count: 3, names: "Second" })).waitFor();
    for (let left = 3; left > 0; left--) {
      await other.keyboard.press("a");
      await expect.poll(waiting).toBe(left - 1);
    }
    expect(await other.getByText(say(audit.others, { count: 2 })).count()).toBe(0);
    const made = await reviews();
    expect(made.map(({ decision }) => decision)).toEqual(Array(6).fill("approve"));
    expect(new Set(made.map(({ photo_id }) => photo_id)).size).toBe(6);
    expect(made.map(({ reviewer }) => reviewer.name).sort()).toEqual([...Array<string>(3).fill("Second"), ...Array<string>(3).fill("manager")]);
  });
});
