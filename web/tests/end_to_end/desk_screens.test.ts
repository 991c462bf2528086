/**
 * Every screen of the desk, and the customer's page: in both languages, wide and narrow, light and dark.
 * A picture of each, nothing serious for axe, no complaint in the console, nothing wider than the window.
 *
 * A section adds its screens to SCREENS. One of them alone: vitest run … desk_screens -t "board"
 */
import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planningWords } from "../../desk/words/planning";
import { retention as retentionWords } from "../../desk/words/retention";
import { search as searchWords } from "../../desk/words/search";
import { shell as shellWords } from "../../desk/words/shell";
import { callWords, sheetWords } from "../../desk/words/visits";
import { work as workWords } from "../../desk/words/work";
import { t } from "../../shared/i18n/i18n";
import { seriousFindings } from "./harness/accessibility";
import { PICTURES, takePicture, takesPictures } from "./harness/browser";
import { DeskData } from "./harness/desk_data";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { awakened } from "./harness/hostile";
import { type Language } from "./harness/organisation";
import { loseCheckIns, removePictures } from "./harness/removed";
import { complaintsOf, Requests, tooWide } from "./harness/screen";

interface Screen {
  /** Of its pictures: desk-NAME-LANGUAGE-SCHEME-WIDTH.png */
  readonly name: string;
  readonly address: (data: DeskData) => string;
  /** What is done once it is there: a dialog opened, a tab chosen. */
  readonly open?: (page: Page, language: Language) => Promise<void>;
}

const desk = (name: string, hash: string | ((data: DeskData) => string), open?: Screen["open"]): Screen => ({
  name, open, address: (data) => `/desk#${typeof hash === "string" ? hash : hash(data)}`,
});

/** Charts come after their tables: all are drawn when none is said to be loading. */
async function drawn(page: Page): Promise<void> {
  await page.locator(".reports figure").first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll(".reports-reading")].every((line) => !/loading|加载/.test(line.textContent ?? "")));
}

/** In the order of the navigation. */
const SCREENS: readonly Screen[] = [
  desk("board", "/board"),
  desk("board-late", "/board?show=late"),
  desk("visits", "/visits"),
  desk("visits-none", "/visits?verdict=rejected&signed=true"),
  desk("visit", ({ visit }) => `/visits/${visit}`),
  desk("visit-doubtful", ({ doubtfulVisit }) => `/visits/${doubtfulVisit}`),
  desk("visit-photos", ({ visit }) => `/visits/${visit}/photos`),
  desk("visit-photo", ({ visit }) => `/visits/${visit}/photos`, async (page) => {
    await page.locator(".visits-half").first().click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("visit-removed", ({ visit }) => `/visits/${visit}/photos`, async (page) => {
    await removePictures(page, /\/v1\/visits\/[^/]+\/file$/);
    await page.reload();
    await page.locator(".desk-removed").first().waitFor();
    await page.unrouteAll();
  }),
  desk("visit-hold", ({ visit }) => `/visits/${visit}`, async (page, language) => {
    await page.getByRole("button", { name: t(retentionWords.holdThis, {}, language), exact: true }).click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("visit-sheet", ({ visit }) => `/visits/${visit}/sheet`),
  desk("visit-sheet-missing", ({ visit }) => `/visits/${visit}/sheet`, async (page, language) => {
    await loseCheckIns(page, /\/v1\/visits\/[^/]+\/file$/);
    await page.reload();
    await page.getByText(t(sheetWords.missing, {}, language), { exact: true }).waitFor();
    await page.unrouteAll();
  }),
  desk("visit-sheet-versions", ({ visit }) => `/visits/${visit}/sheet?version=2&compare=yes`),
  desk("visit-sheet-ask", ({ visit }) => `/visits/${visit}/sheet`, async (page) => {
    await page.locator("aside .card button").last().click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("visit-customer", ({ visit }) => `/visits/${visit}/customer`),
  desk("visit-call", ({ visit }) => `/visits/${visit}/customer`, async (page, language) => {
    await page.getByRole("button", { name: t(callWords.record, {}, language) }).click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("visit-record", ({ visit }) => `/visits/${visit}/record`),
  desk("answers", "/answers"),
  desk("answers-all", "/answers?state=all&about=all"),
  desk("reports", "/reports", drawn),
  desk("reports-finding", "/reports?by=site&measure=mock_location", drawn),
  desk("reports-service", "/reports?report=service&by=team", drawn),
  desk("reports-days", "/reports?report=service&by=day&period=lastWeek", drawn),
  desk("audit-every-photo", "/audit?reviewed=all"),
  desk("audit", "/audit"),
  desk("audit-map", "/audit", async (page) => {
    await page.getByRole("button", { name: /Map with the way|地图与轨迹/ }).click();
    await page.locator(".map-fix-current").waitFor({ state: "attached" });
    await page.locator(".desk-way").waitFor();
  }),
  desk("audit-empty", "/audit?verdict=rejected"),
  desk("audit-reason", "/audit", async (page) => {
    await page.locator(".desk-photo img").first().waitFor();
    await page.keyboard.press("r");
    await page.getByRole("dialog").waitFor();
  }),
  desk("audit-keys", "/audit", async (page) => {
    await page.locator(".desk-photo img").first().waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
  }),
  desk("sampling", "/sampling"),
  desk("sampling-new", "/sampling", async (page) => {
    await page.getByRole("button", { name: /New plan|新建计划/ }).click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("sampling-criteria", "/sampling", async (page) => {
    await page.getByRole("button", { name: /Criteria|评分项/ }).click();
    await page.getByRole("dialog").getByRole("textbox").waitFor();
  }),
  desk("sampling-plan", ({ sampled }) => `/sampling/plan/${sampled.plan}`),
  desk("sampling-draw", ({ sampled }) => `/sampling/draw/${sampled.draw}`),
  desk("sampling-assess", ({ sampled }) => `/sampling/draw/${sampled.draw}/${sampled.waiting}`),
  desk("sampling-assessed", ({ sampled }) => `/sampling/draw/${sampled.draw}/${sampled.assessed}`),
  desk("customers", "/places/customers"),
  desk("customer-new", "/places/customers", async (page) => {
    await page.locator(".desk-header-end button").click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("customer-facts", ({ customer }) => `/places/customers/${customer}`),
  desk("sites", "/places/sites"),
  desk("site", ({ site }) => `/places/sites/${site}`, (page) => page.locator(".map-fence").first().waitFor()),
  desk("site-new", ({ customer }) => `/places/sites/new?customer=${customer}`, async (page) => {
    await page.locator(".places-paste input").first().fill("31°13'49\"N，121°28'25\"E");
    await page.locator(".places-paste .choice").waitFor();
    await page.locator(".map-grid").waitFor({ state: "attached" });
  }),
  desk("site-change", ({ site }) => `/places/sites/${site}/change`, (page) => page.locator(".map-handle-corner").first().waitFor()),
  desk("assets", "/places/assets"),
  desk("import", "/places/import/sites", async (page) => {
    const rows = "code,customer_code,name,time_zone,datum,latitude,longitude,radius_m\r\nN1,K-1001,North gate,Asia/Shanghai,gcj02,31.2,121.4,80\r\nN2,nobody,South,Mars/One,gcj02,31.2,191.4,80\r\n";
    await page.locator("input[type=file]").setInputFiles({ name: "sites.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
    await page.locator(".places-import .row button").first().click();
    await page.locator(".places-import table").waitFor();
  }),
  desk("people", "/administration/users"),
  desk("people-code", "/administration/users?role=technician", async (page) => {
    await page.getByRole("button", { name: /QR code|二维码/ }).first().click();
    await page.getByRole("dialog").getByRole("img").waitFor();
  }),
  desk("phones", "/administration/devices"),
  desk("policy", "/administration/policy"),
  desk("policy-planning", "/administration/policy", async (page, language) => {
    await page.getByText(t(planningWords.title, {}, language), { exact: true }).click();
    await page.getByLabel(t(planningWords.dayStart, {}, language)).scrollIntoViewIfNeeded();
  }),
  desk("policy-preview", "/administration/policy", async (page) => {
    await page.locator(".administration-limits input").first().fill("2");
    await page.getByRole("button", { name: /What would it|预演/ }).click();
    await page.locator(".administration-changes").first().waitFor();
  }),
  desk("retention", "/administration/retention"),
  desk("trail", "/administration/trail"),
  desk("plan-week", "/plan/week"),
  desk("plan-day", "/plan/day"),
  desk("plan-card", "/plan/week", async (page) => {
    await page.locator(".plan-waiting .plan-card").first().click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("orders", "/work/orders"),
  desk("orders-none", "/work/orders?which=unassigned&state=accepted&from=2026-01-01&to=2026-01-02"),
  desk("order", ({ workOrder }) => `/work/orders/${workOrder}`),
  desk("order-change", ({ workOrder }) => `/work/orders/${workOrder}`, async (page, language) => {
    await page.getByRole("button", { name: t(workWords.change, {}, language), exact: true }).click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("order-new", "/work/orders", async (page, language) => {
    await page.getByRole("button", { name: t(workWords.newOrder, {}, language), exact: true }).click();
    await page.getByRole("dialog").getByLabel(t(workWords.template, {}, language), { exact: true }).selectOption({ index: 1 });
  }),
  desk("order-batch", "/work/orders", async (page, language) => {
    await page.getByRole("button", { name: t(workWords.newBatch, {}, language), exact: true }).click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("recurring", "/work/recurring"),
  desk("recurring-change", "/work/recurring", async (page, language) => {
    await page.getByRole("button", { name: t(workWords.change, {}, language) }).first().click();
    await page.getByRole("dialog").locator(".work-dates li").first().waitFor();
  }),
  desk("templates", "/work/templates"),
  desk("template-change", "/work/templates", async (page, language) => {
    await page.getByRole("button", { name: t(workWords.change, {}, language) }).first().click();
    await page.getByRole("dialog").waitFor();
  }),
  desk("orders-upload", "/work/upload"),
  desk("search", "/board", async (page, language) => {
    await page.keyboard.press("/");
    await page.getByRole("dialog").getByLabel(t(searchWords.asked, {}, language)).fill("K-");
    await page.locator(".desk-search-hits[aria-busy=false] a").first().waitFor();
  }),
  desk("account", "/audit?verdict=accepted", (page) => page.locator(".desk-account summary").click()),
  { name: "customer", address: ({ link }) => link.path },
  // The last one: nobody is logged in any more.
  desk("log-in", "/", async (page) => {
    await page.evaluate(() => localStorage.removeItem("fieldproof.desk.tokens"));
    await page.reload();
  }),
];

const SIZES = [{ width: 1280, height: 800 }, { width: 390, height: 844 }] as const;
const FOLDER = `${PICTURES}screenshots/`;

/** By night only the colours differ. */
const RULES = { light: undefined, dark: ["color-contrast"] };

/** A browser with a desk in it: one for all screens of a language. */
class Desk {
  private constructor(
    readonly page: Page,
    readonly data: DeskData,
    readonly complaints: string[],
    private readonly requests: Requests,
  ) {}

  static async open(data: DeskData): Promise<Desk> {
    const { language } = data;
    const page = await newDeskPage(language, { viewport: SIZES[0], reducedMotion: "reduce" });
    const desk = new Desk(page, data, complaintsOf(page), new Requests(page));
    await desk.#logIn();
    return desk;
  }

  async #logIn(): Promise<void> {
    const { page, data } = this;
    await logInAtDesk(page, "", data.slug, "manager", data.language);
    await page.getByRole("navigation").first().waitFor();
  }

  /** Shows a screen as if nothing had been opened before. */
  async show({ address, open }: Screen): Promise<void> {
    await this.page.setViewportSize(SIZES[0]);
    const before = new URL(this.page.url()).pathname;
    const wanted = address(this.data);
    if (before === new URL(wanted, this.page.url()).pathname) {
      await this.page.keyboard.press("Escape");
      await this.page.goto(wanted); // the address changes, the page stays
    } else {
      await this.page.goto(wanted);
    }
    await this.requests.settle();
    await open?.(this.page, this.data.language);
    await this.requests.settle();
  }

  /** Everything that is wrong with what is shown now; takes its pictures. */
  async look(name: string): Promise<string[]> {
    const wrong: string[] = [];
    for (const size of SIZES) {
      await this.page.setViewportSize(size);
      await this.requests.settle();
      // Once a screen and a scheme: languages and widths change neither roles nor colours.
      const isForAxe = this.data.language === "en" && size === SIZES[0];
      for (const colorScheme of isForAxe || takesPictures ? (["light", "dark"] as const) : (["light"] as const)) {
        await this.page.emulateMedia({ colorScheme });
        const picture = `desk-${name}-${this.data.language}-${colorScheme}-${size.width}`;
        await takePicture(this.page, `${FOLDER}${picture}.png`);
        const found = await tooWide(this.page);
        if (isForAxe) found.push(...(await seriousFindings(this.page, RULES[colorScheme])));
        wrong.push(...found.map((finding) => `${picture}: ${finding}`));
      }
    }
    return [...wrong, ...this.complaints.splice(0).map((complaint) => `${name}: ${complaint}`)];
  }

  /** What a screen full of attacks does. Adds to `seen` the fields whose text is there to be read. */
  async endure(name: string, seen: Set<string>): Promise<string[]> {
    const wrong: string[] = [];
    for (const size of SIZES) {
      await this.page.setViewportSize(size);
      await this.requests.settle();
      await takePicture(this.page, `${FOLDER}desk-${name}-hostile-${size.width}.png`);
      wrong.push(...(await tooWide(this.page)).map((finding) => `${size.width} px: ${finding}`));
    }
    const text = await this.page.locator("body").innerText();
    for (const [, place] of text.matchAll(/<img src=x onerror=hacked=1>([a-z' ]+)/g)) seen.add(place as string);
    return [...wrong, ...(await awakened(this.page)), ...this.complaints.splice(0)];
  }

  close = () => this.page.context().close();
}

for (const language of ["en", "zh"] satisfies Language[]) {
  describe(language, () => {
    let it: Desk;
    beforeAll(async () => {
      mkdirSync(FOLDER, { recursive: true });
      it = await Desk.open(await DeskData.create(language));
    });
    afterAll(() => it.close());

    test.each(SCREENS.map((screen) => [screen.name, screen] as const))("%s", async (name, screen) => {
      await it.show(screen);
      expect(await it.page.getByText(t(shellWords.notFound, {}, language)).count(), "there is such a section").toBe(0);
      expect(await it.look(name)).toEqual([]);
    });
  });
}

describe("hostile", () => {
  const seen = new Set<string>();
  let it: Desk;
  beforeAll(async () => void (it = await Desk.open(await DeskData.createHostile())));
  afterAll(() => it.close());

  test.each(SCREENS.map((screen) => [screen.name, screen] as const))("%s", async (name, screen) => {
    await it.show(screen);
    expect(await it.endure(name, seen)).toEqual([]);
  });

  /** Every field of DeskData and of the link that takes a text. A walk that sees none of a field proves nothing of it. */
  const FIELDS = [
    "address", "another criterion", "another item", "another reason", "another technician", "asset", "barcode", "camera", "caption",
    "code", "comment", "complaint", "contact", "criterion", "customer", "done", "item", "left open", "link's address", "link's caption",
    "link's customer", "link's site", "link's technician", "link's title", "manager", "model", "note", "phone", "plan", "reason",
    "reason of a skip", "recurring work", "role", "signer", "signer's role", "site", "technician", "template", "template's title", "title",
  ];

  test("is there to be read", () => {
    const read = new Set([...seen].map((place) => place.trim()));
    expect(FIELDS.filter((place) => !read.has(place))).toEqual([]);
  });
});
