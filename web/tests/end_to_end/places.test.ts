/** Customers, sites and maps at the desk: pasted coordinates, drawn fences, tiles of another datum, a technician's day. */
import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { audit } from "../../desk/words/audit";
import { imports } from "../../desk/words/import";
import { map } from "../../desk/words/map";
import { places } from "../../desk/words/places";
import { shell } from "../../desk/words/shell";
import { site as words } from "../../desk/words/site";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { fromWgs84 } from "../../shared/site/datum";
import { distanceM, type Position } from "../../shared/site/geodesic";
import { closePhones } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { Organisation, PLACE } from "./harness/organisation";
import { complaintsOf } from "./harness/screen";
import { serveWith, service } from "./harness/service";
import { positionIn, tileOf, TileServer } from "./harness/tile_server";

afterEach(closePhones);

const say = (word: Word, values: Record<string, string | number> = {}) => t(word, values, "en");

/** A manager in front of the desk. */
class Desk {
  private constructor(
    readonly page: Page,
    readonly complaints: string[],
  ) {}

  static async open(organisation: Organisation, hash: string): Promise<Desk> {
    const page = await newDeskPage("en", { reducedMotion: "reduce" });
    const desk = new Desk(page, complaintsOf(page));
    await logInAtDesk(page, `#${hash}`, organisation.slug, "administrator");
    return desk;
  }

  box = (word: Word) => this.page.getByRole("textbox", { name: say(word), exact: true });
  choice = (word: Word) => this.page.getByRole("combobox", { name: say(word), exact: true });
  press = (word: Word) => this.page.getByRole("button", { name: say(word), exact: true }).click();
  handle = (word: Word, number?: number) => this.page.getByRole("button", { name: say(word, number === undefined ? {} : { number }), exact: true });

  /** Pulls something on the map by so many pixels. */
  async drag(handle: Locator, x: number, y: number): Promise<void> {
    await handle.scrollIntoViewIfNeeded();
    const from = await middleOf(handle);
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + x / 2, from.y + y / 2, { steps: 4 });
    await this.page.mouse.move(from.x + x, from.y + y, { steps: 4 });
    await this.page.mouse.up();
  }
}

async function middleOf(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (!box) throw new Error("it is not there");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function customerOf(organisation: Organisation): Promise<string> {
  return organisation.manager.create("/v1/customers", { name: "海底捞（上海）餐饮有限公司", tier: "gold", language: "zh" });
}

async function siteOf(organisation: Organisation): Promise<Schema<"Site">> {
  const id = await organisation.manager.create("/v1/sites", {
    customer_id: await customerOf(organisation), name: "人民广场店", time_zone: "Asia/Shanghai", datum: "wgs84", position: PLACE, radius_m: 120,
  });
  return organisation.manager.get<Schema<"Site">>(`/v1/sites/${id}`);
}

test("a customer and a site from pasted Amap coordinates; then a polygon by mouse and keys", async () => {
  const organisation = await Organisation.create("en");
  const it = await Desk.open(organisation, "/places/customers");
  const { page } = it;
  await it.press(places.newCustomer);
  await it.press(shell.save);
  await page.locator(".field-error").first().waitFor(); // a name is missing, and says so at its field
  await it.box(places.name).fill("Hotpot <b>& Sons</b>");
  await it.press(shell.save);
  await page.getByRole("heading", { name: "Hotpot <b>& Sons</b>" }).waitFor();

  await page.getByRole("link", { name: say(places.newSite), exact: true }).click();
  await it.box(places.name).fill("People's Square");
  await it.press(shell.save);
  await page.getByText(say(words.missing)).waitFor();
  await it.box(words.paste).fill("https://uri.amap.com/marker?position=121.473704,31.230416");
  await expect.poll(() => it.choice(words.pasteDatum).inputValue()).toBe("gcj02");
  await it.box(words.paste).fill("121.473704，31.230416");
  await it.choice(words.pasteDatum).selectOption("gcj02");
  await page.getByText(/In WGS-84: 31\.23\d+, 121\.46\d+; 4\d\d m/).waitFor();
  await it.press(words.usePosition);
  await it.box(words.radius).fill("85");
  await it.choice(words.timeZone).fill("Asia/Atlantis");
  await it.press(shell.save);
  await page.getByText(/has no time zone/).waitFor();
  await it.choice(words.timeZone).fill("Asia/Shanghai");
  await it.press(shell.save);
  await page.getByRole("link", { name: say(places.change), exact: true }).waitFor();

  const id = page.url().split("/").pop() as string;
  const read = () => organisation.manager.get<Schema<"Site">>(`/v1/sites/${id}`);
  const made = await read();
  expect([made.datum, made.position, made.radius_m]).toEqual(["gcj02", { latitude: 31.230416, longitude: 121.473704 }, 85]);
  const again = fromWgs84("gcj02", made.wgs84.position);
  expect(distanceM(again, made.position)).toBeLessThan(0.001);

  await page.getByRole("link", { name: say(places.change), exact: true }).click();
  await it.handle(words.gripRadius).focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => Number(await it.box(words.radius).inputValue())).toBeGreaterThan(85);
  await it.choice(words.kind).selectOption("polygon");
  await it.handle(words.gripCorner, 4).waitFor();
  await it.handle(words.gripMiddle, 1).press("Enter"); // a fifth corner, behind the first
  await it.handle(words.gripCorner, 5).waitFor();
  await it.drag(it.handle(words.gripCorner, 2), 0, -40);
  await it.handle(words.gripCorner, 4).press("Delete");
  await expect.poll(() => it.handle(words.gripCorner, 5).count()).toBe(0);
  await it.press(shell.save);
  await page.getByRole("link", { name: say(places.change), exact: true }).waitFor();
  const drawn = await read();
  const ring = drawn.polygon?.coordinates[0] ?? [];
  expect([drawn.radius_m, ring.length, drawn.datum]).toEqual([null, 5, "gcj02"]);
  const north = (index: number) => ring[index]?.[1] ?? NaN;
  expect(north(1)).toBeGreaterThan(north(0) + 0.0001); // where the mouse left it
  expect(it.complaints.filter((complaint) => !/status of 422/.test(complaint))).toEqual([]);
});

test("what another fence would have found of the check-ins there, before it is stored", async () => {
  const link = await CustomerLink.create("en");
  const { site } = await link.organisation.manager.get<Schema<"Visit">>(`/v1/visits/${link.visit}`);
  const it = await Desk.open(link.organisation, `/places/sites/${site.id}`);
  await it.page.locator(".map-fix-inside").first().waitFor({ state: "attached" });
  await it.page.getByRole("link", { name: say(places.change), exact: true }).click();
  const found = it.page.getByText(/this fence would find/);
  await found.waitFor();
  expect(await found.innerText()).toContain("0 outside");
  await it.box(words.paste).fill("31.25, 121.5");
  await it.press(words.usePosition);
  await it.page.getByText(/this fence would find 0 inside, [1-9]\d* outside/).waitFor();
  await it.page.locator(".map-fix-outside").first().waitFor({ state: "attached" });
  expect((await link.organisation.manager.get<Schema<"Site">>(`/v1/sites/${site.id}`)).version).toBe(1);
  expect(it.complaints).toEqual([]);
});

test("the audit shows a technician's day on the map, in order and in words", async () => {
  const link = await CustomerLink.create("en");
  const { site } = await link.organisation.manager.get<Schema<"Visit">>(`/v1/visits/${link.visit}`);
  const at = new Date().toISOString();
  await link.technician.call("POST", "/v1/check-ins", {
    id: randomUUID(), visit_id: randomUUID(), site_id: site.id, kind: "arrival", captured_at: at, sent_at: at, photos: [],
    fix: { latitude: PLACE.latitude + 0.01, longitude: PLACE.longitude, datum: "wgs84", accuracy_m: 8, mocked: false, fix_at: at },
  });
  const it = await Desk.open(link.organisation, "/audit");
  await it.page.locator(".plan").waitFor(); // without tiles the plan comes first, and nothing of the map is fetched
  expect(await it.page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("map_view")).length)).toBe(0);
  await it.press(audit.showMap);
  await it.page.locator(".map-track").waitFor({ state: "attached" });
  await it.page.locator(".map-fix-current").waitFor({ state: "attached" });
  await it.page.getByText(/1\.1\skm further/).waitFor();
  expect(await it.page.locator(".desk-way [aria-current=true]").count()).toBe(1);
  expect(it.complaints).toEqual([]);
});

test("a spreadsheet is checked first, then imported, and never twice", async () => {
  const organisation = await Organisation.create("en");
  const it = await Desk.open(organisation, "/places/import/customers");
  const rows = "code,name,tier,language\r\nA-1,Nord,gold,en\r\nA-2,South,vip,en\r\n";
  await it.page.locator("input[type=file]").setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
  await it.press(imports.check);
  await it.page.getByText(say(imports.checked, { rows: 2, imported: 1, unchanged: 0, refused: 1 })).waitFor();
  const stored = async () => (await organisation.manager.get<Schema<"CustomerPage">>("/v1/customers")).items.map(({ name }) => name);
  expect(await stored()).toEqual([]);
  await it.page.getByRole("button", { name: say(imports.run, { count: 1 }), exact: true }).click();
  await it.page.getByText(say(imports.imported, { imported: 1, refused: 1 })).waitFor();
  expect(await stored()).toEqual(["Nord"]);
  await it.press(imports.check);
  await it.page.getByText(say(imports.checked, { rows: 2, imported: 0, unchanged: 1, refused: 1 })).waitFor();
  expect(it.complaints).toEqual([]);
});

describe("on the tiles of a server that draws in GCJ-02", () => {
  let tiles: TileServer;
  beforeAll(async () => {
    tiles = await TileServer.start();
    await serveWith({
      FIELDPROOF_MAP_TILES_URL: `${tiles.origin}/{z}/{x}/{y}.svg`, FIELDPROOF_MAP_ATTRIBUTION: "© Test <b>maps</b>",
      FIELDPROOF_MAP_LABELS_URL: `${tiles.origin}/names/{z}/{x}/{y}.svg`,
      FIELDPROOF_MAP_DATUM: "gcj02", FIELDPROOF_MAP_ZOOM_MAX: "18",
    });
  });
  afterAll(async () => {
    const names = ["TILES_URL", "LABELS_URL", "ATTRIBUTION", "DATUM", "ZOOM_MAX"].map((name) => `FIELDPROOF_MAP_${name}`);
    await serveWith(Object.fromEntries(names.map((name) => [name, name.endsWith("DATUM") ? "wgs84" : name.endsWith("MAX") ? "19" : ""])));
    await tiles.stop();
  });

  /** What the tiles say of the point so many pixels beside the middle of a handle, and where on the map that is. */
  async function besideHandle(handle: Locator, right: number, down: number): Promise<{ position: Position; onMap: { x: number; y: number } }> {
    // All of it in one look: what comes late on the page may move the map.
    const found = await handle.evaluate(
      (grip, [dx, dy]) => {
        const map = grip.closest(".map") as HTMLElement;
        const [at, frame] = [grip.getBoundingClientRect(), map.getBoundingClientRect()];
        const [x, y] = [at.left + at.width / 2 + dx, at.top + at.height / 2 + dy];
        const onMap = { x: x - frame.left - map.clientLeft, y: y - frame.top - map.clientTop };
        for (const image of map.querySelectorAll<HTMLImageElement>("img.leaflet-tile-loaded")) {
          const box = image.getBoundingClientRect();
          if (x >= box.left && x < box.right && y >= box.top && y < box.bottom)
            return { onMap, src: image.src, u: (x - box.left) / box.width, v: (y - box.top) / box.height };
        }
        return null;
      },
      [right, down] as [number, number],
    );
    if (!found) throw new Error("there is no tile");
    return { position: positionIn(tileOf(found.src), found.u, found.v), onMap: found.onMap };
  }

  test("what is drawn lies where the tiles have it, and a click means what lies there", async () => {
    const organisation = await Organisation.create("en");
    const site = await siteOf(organisation);
    const it = await Desk.open(organisation, `/places/sites/${site.id}/change`);
    const { page } = it;
    const handle = it.handle(words.gripCentre);
    await page.locator("img.leaflet-tile-loaded").first().waitFor();
    await page.waitForFunction(() => document.querySelectorAll("img.leaflet-tile").length === document.querySelectorAll("img.leaflet-tile-loaded").length);
    await page.getByText(say(words.previewNothing)).waitFor(); // the last to come
    const drawn = (await besideHandle(handle, 0, 0)).position;
    // A pixel is half a metre here; unshifted it would be 480 m beside.
    expect(distanceM(drawn, fromWgs84("gcj02", site.wgs84.position))).toBeLessThan(1.5);
    expect(distanceM(drawn, site.wgs84.position)).toBeGreaterThan(400);

    await it.choice(words.click).selectOption("position");
    const { position: meant, onMap } = await besideHandle(handle, 120, 60);
    await page.locator(".map").click({ position: onMap });
    await it.press(shell.save);
    await page.getByRole("link", { name: say(places.change), exact: true }).waitFor();
    const moved = await organisation.manager.get<Schema<"Site">>(`/v1/sites/${site.id}`);
    expect(moved.datum).toBe("wgs84");
    expect(distanceM(fromWgs84("gcj02", moved.wgs84.position), meant)).toBeLessThan(1.5);
    expect(distanceM(moved.wgs84.position, site.wgs84.position)).toBeGreaterThan(30);

    await page.getByText("© Test <b>maps</b>").waitFor();
    expect([...tiles.referrers]).toEqual([`${new URL(service.public_url).origin}/`]);
    expect(it.complaints).toEqual([]);
  });

  test("the tiles with the names lie over the others, each over its own", async () => {
    const organisation = await Organisation.create("en");
    const site = await siteOf(organisation);
    const it = await Desk.open(organisation, `/places/sites/${site.id}`);
    const places = (isOfNames: boolean) =>
      it.page.evaluate(
        (ofNames) =>
          [...document.querySelectorAll<HTMLImageElement>("img.leaflet-tile-loaded")]
            .filter(({ src }) => src.includes("/names/") === ofNames)
            .map((image) => {
              const { x, y } = image.getBoundingClientRect();
              return `${image.src.replace("/names/", "/")} at ${Math.round(x)}, ${Math.round(y)}`;
            })
            .sort(),
        isOfNames,
      );
    const areAlike = async () => {
      const [names, others] = [await places(true), await places(false)];
      return names.length > 3 && names.join("\n") === others.join("\n");
    };
    await expect.poll(areAlike).toBe(true);
    const levels = await it.page.evaluate(() =>
      ["/names/", ""].map((part) => {
        const images = [...document.querySelectorAll<HTMLImageElement>("img.leaflet-tile")].filter(({ src }) => src.includes("/names/") === (part !== ""));
        return Number(getComputedStyle(images[0]!.closest(".leaflet-layer")!).zIndex);
      }),
    );
    expect(levels[0]).toBeGreaterThan(levels[1]!);
  });

  test("pictures of that server are let in, of another one not", async () => {
    const other = await TileServer.start();
    const organisation = await Organisation.create("en");
    const it = await Desk.open(organisation, "/places/sites");
    const loads = (address: string) =>
      it.page.evaluate(
        (src) => new Promise<boolean>((resolve) => {
          const image = new Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = src;
        }),
        address,
      );
    expect(await loads(`${tiles.origin}/1/0/0.svg`)).toBe(true);
    expect(await loads(`${other.origin}/1/0/0.svg`)).toBe(false);
    expect(other.asked).toEqual([]);
    expect(it.complaints.join("\n")).toContain("Content Security Policy");
    await other.stop();
  });

  test("when the tiles do not come, the grid is there, and it says why", async () => {
    tiles.isBroken = true;
    const organisation = await Organisation.create("en");
    const site = await siteOf(organisation);
    const it = await Desk.open(organisation, `/places/sites/${site.id}`);
    await it.page.getByText(say(map.tilesFail)).waitFor();
    await it.page.locator(".map-fence").waitFor({ state: "attached" });
    expect(await it.page.locator(".map-grid").getAttribute("d")).toMatch(/M.*L.*M/);
    expect(await it.page.locator("img.leaflet-tile-loaded").count()).toBe(0);
    tiles.isBroken = false;
    await it.page.reload();
    await it.page.locator("img.leaflet-tile-loaded").first().waitFor();
    await expect.poll(() => it.page.getByText(say(map.tilesFail)).count()).toBe(0);
    // The tiles lie over the grid, and what is drawn over the tiles.
    const level = (pane: string) => it.page.locator(`.leaflet-${pane}-pane`).evaluate((element) => Number(getComputedStyle(element).zIndex));
    expect(await level("grid")).toBeLessThan(await level("tile"));
    expect(await level("tile")).toBeLessThan(await level("overlay"));
  });
});
