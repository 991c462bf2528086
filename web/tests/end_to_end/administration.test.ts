/** The administration: people, phones, the policy with its preview, and the trail of who did what. */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { administration as words } from "../../desk/words/administration";
import { planningWords } from "../../desk/words/planning";
import { policy as policyWords } from "../../desk/words/policy";
import { retention } from "../../desk/words/retention";
import { shell } from "../../desk/words/shell";
import { thresholdTitles } from "../../desk/words/thresholds";
import { enrolmentCode } from "../../shared/enrolment/words/enrolment_code";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { closePhones } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { type Language, Organisation, PASSWORD } from "./harness/organisation";
import { service } from "./harness/service";

const XSS = `<img src=x onerror="document.title='owned'">`;

afterEach(closePhones);

/** An administrator at the desk. */
class Administrator {
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  static async atDesk(organisation: Organisation, language: Language, part: string): Promise<Administrator> {
    const administrator = new Administrator(await newDeskPage(language), language);
    const { page } = administrator;
    page.on("pageerror", (error) => administrator.complaints.push(String(error)));
    await logInAtDesk(page, `#/administration/${part}`, organisation.slug, "administrator", language);
    await page.getByRole("heading", { name: administrator.say(words.title) }).waitFor();
    return administrator;
  }

  say = (word: Word, values: Record<string, string | number> = {}): string => t(word, values, this.language);

  box = (word: Word) => this.page.getByRole("textbox", { name: this.say(word), exact: true });

  async press(word: Word, of?: string): Promise<void> {
    const name = of === undefined ? this.say(word) : `${this.say(word)}, ${of}`;
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Answers the dialog, and sees it close. */
  async confirm(word: Word): Promise<void> {
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("button", { name: this.say(word), exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  open = (part: string) => this.page.goto(`/desk#/administration/${part}`);

  row = (text: string) => this.page.getByRole("row").filter({ hasText: text });

  sees = (text: string) => this.page.getByText(text).first().waitFor();
}

async function statusOfLogIn(organisation: string, logIn: string, password: string, device?: string): Promise<number> {
  const answer = await fetch(`${service.server_url}/v1/auth/log-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ organisation, log_in: logIn, password, ...(device && { device: { id: device, name: XSS, model: XSS } }) }),
  });
  return answer.status;
}

describe("people", () => {
  test("are added, changed, given a password and deactivated; what is refused stands at its field", async () => {
    const organisation = await Organisation.create("en");
    const at = await Administrator.atDesk(organisation, "en", "users");
    await at.press(words.addPerson);
    await at.box(words.name).fill(XSS);
    await at.box(words.logIn).fill("administrator");
    await at.box(words.password).fill("short");
    await at.press(shell.save);
    await at.page.getByRole("alert").first().waitFor();
    await at.press(words.suggest);
    const password = await at.box(words.password).inputValue();
    expect(password).toHaveLength(19);
    await at.press(shell.save);
    await at.sees("Another user has this log-in.");
    await at.box(words.logIn).fill("xss");
    await at.confirm(shell.save);
    await at.row(XSS).waitFor();
    expect(await statusOfLogIn(organisation.slug, "xss", password)).toBe(200);

    await at.press(words.change, XSS);
    await at.page.getByRole("dialog").getByRole("combobox", { name: at.say(words.role) }).selectOption("dispatcher");
    await at.confirm(shell.save);
    await at.row(XSS).getByText(at.say(words.dispatcher)).waitFor();
    await at.press(words.setPassword, XSS);
    await at.box(words.password).fill("another horse battery staple");
    await at.confirm(shell.save);
    expect(await statusOfLogIn(organisation.slug, "xss", password)).toBe(401);
    await at.press(words.deactivate, XSS);
    await at.confirm(words.deactivate);
    await at.row(XSS).getByText(at.say(words.deactivated)).waitFor();
    expect(await statusOfLogIn(organisation.slug, "xss", "another horse battery staple")).toBe(401);
    expect(await at.page.getByRole("button", { name: `${at.say(words.deactivate)}, Anna Admin` }).count()).toBe(0);

    await at.page.getByRole("searchbox").fill("anna");
    await at.row("Anna Admin").waitFor();
    await at.row(XSS).waitFor({ state: "detached" });
    expect(at.page.url()).toContain("q=anna");

    await at.open("trail?entity_kind=user");
    await at.sees(`Anna Admin changed the person “${XSS}”`);
    await at.page.getByText("technician").first().waitFor();
    await at.sees(at.say({ en: "a new password", zh: "" }));
    expect(await at.page.title()).not.toContain("owned");
    expect(at.complaints).toEqual([]);
  });
});

describe("phones", () => {
  test("are let in by the code on the screen, locked out, and restored", async () => {
    const organisation = await Organisation.create("zh");
    const technician = await organisation.technician("zh");
    const at = await Administrator.atDesk(organisation, "zh", "users");
    await at.press(words.code, technician.name);
    await at.page.getByRole("img", { name: at.say(enrolmentCode.qr, { name: technician.name }) }).waitFor();
    await at.page.getByText(at.say(enrolmentCode.address)).click();
    const code = (await at.page.getByText(/\/app\/#\/enrol\//).innerText()).split("/").at(-1);
    const device = randomUUID();
    const body = JSON.stringify({ code, device: { id: device, name: XSS } });
    const headers = { "Content-Type": "application/json" };
    expect((await fetch(`${service.server_url}/v1/auth/enrol`, { method: "POST", headers, body })).status).toBe(200);
    await at.sees(at.say(enrolmentCode.usedOn, { name: technician.name, device: XSS }));
    await at.press(words.close);

    await at.page.getByRole("link", { name: `${at.say(words.phonesOf)}, ${technician.name}` }).click();
    await at.press(words.revoke, `${XSS}, ${technician.name}`);
    await at.confirm(words.revoke);
    await at.row(XSS).getByText("Anna Admin").waitFor();
    expect(await statusOfLogIn(organisation.slug, technician.logIn, PASSWORD, device)).toBe(403);
    await at.press(words.restore, `${XSS}, ${technician.name}`);
    await at.confirm(words.restore);
    await at.page.getByRole("button", { name: at.say(words.revoke) }).waitFor();
    expect(await statusOfLogIn(organisation.slug, technician.logIn, PASSWORD, device)).toBe(200);
    await at.open("trail?entity_kind=device");
    await at.sees(`Anna Admin 恢复了手机“${XSS}”`);
    expect(await at.page.title()).not.toContain("owned");
    expect(at.complaints).toEqual([]);
  });
});

describe("retention", () => {
  test("a shorter one is confirmed with its numbers; a visit is held and released", async () => {
    const link = await CustomerLink.create("en");
    const at = await Administrator.atDesk(link.organisation, "en", "retention");
    await at.sees(at.say(retention.neverSet));
    await at.box(retention.originals).fill("24");
    await at.box(retention.thumbnails).fill("12");
    await at.press(retention.preview);
    await at.sees("Thumbnails are kept at least as long as originals.");
    await at.box(retention.thumbnails).fill("");
    await at.press(retention.preview);
    await at.sees(at.say(retention.confirmTitle));
    await at.sees("0 originals");
    const rules = () => link.organisation.manager.get<Schema<"Retention">>("/v1/organisation/retention");
    expect((await rules()).version).toBe(0);
    await at.confirm(retention.confirm);
    await at.sees(at.say(retention.saved));
    expect(await rules()).toMatchObject({ originals_months: 24, thumbnails_months: null, version: 1 });
    await at.sees("Anna Admin changed how long photos are kept");
    await at.box(retention.originals).fill("");
    await at.press(retention.save);
    await expect.poll(async () => (await rules()).originals_months).toBeNull();

    await at.press(retention.hold);
    await at.box(retention.visit).fill("yesterday's");
    await at.box(retention.reason).fill(XSS);
    await at.page.getByRole("dialog").getByRole("button", { name: at.say(shell.save) }).click();
    await at.sees(at.say(retention.notAVisit));
    await at.box(retention.visit).fill(`https://desk/desk#/visits/${link.visit}`);
    await at.confirm(shell.save);
    await at.row(XSS).getByRole("button", { name: new RegExp(at.say(retention.release)) }).click();
    await at.confirm(retention.release);
    await at.sees(at.say(retention.noHolds));
    expect(await at.page.title()).not.toContain("owned");
    expect(at.complaints).toEqual([]);
  });
});

describe("the policy", () => {
  test("a changed limit is tried on the last month, saved, and told in its history", async () => {
    const link = await CustomerLink.create("en");
    const at = await Administrator.atDesk(link.organisation, "en", "policy");
    const limit = at.page.getByRole("textbox", { name: at.say(thresholdTitles.photo_least_luminance) });
    await limit.fill("300");
    await at.press(policyWords.preview);
    await at.page.getByRole("alert").first().waitFor();
    expect(await limit.getAttribute("aria-invalid")).toBe("true");
    await limit.fill("250");
    await at.press(policyWords.preview);
    await at.page.getByRole("region", { name: at.say(policyWords.previewTitle) }).first().waitFor();
    await at.sees(at.say(policyWords.aPhoto));
    await at.sees(at.say(policyWords.appears));
    await at.page.getByText(at.say(policyWords.others)).click();
    await at.page.getByRole("textbox", { name: at.say(policyWords.reviewReasons) }).fill(`Blurred\n${XSS}`);
    await at.press(policyWords.save);
    await at.sees(at.say(policyWords.saved));
    await at.sees("Anna Admin changed the evidence policy");
    await at.sees(at.say(thresholdTitles.photo_least_luminance));
    const policy = await link.organisation.manager.get<Schema<"Policy">>("/v1/organisation/policy");
    expect(policy.thresholds.photo_least_luminance).toBe(250);
    expect(policy.review_reasons).toEqual(["Blurred", XSS]);
    expect(await at.page.title()).not.toContain("owned");
    expect(at.complaints).toEqual([]);
  });

  test("says by what days are planned", async () => {
    const organisation = await Organisation.create("en");
    const at = await Administrator.atDesk(organisation, "en", "policy");
    await at.page.getByText(at.say(planningWords.title), { exact: true }).click();
    await at.page.getByLabel(at.say(planningWords.dayStart)).fill("06:30");
    const capacity = at.page.getByRole("textbox", { name: at.say(planningWords.capacity) });
    await capacity.fill("7");
    await at.press(policyWords.save);
    await at.page.getByRole("alert").first().waitFor();
    expect(await capacity.getAttribute("aria-invalid")).toBe("true");
    await capacity.fill("420");
    await at.press(policyWords.save);
    await at.sees(at.say(policyWords.saved));
    const { planning } = await organisation.manager.get<Schema<"Policy">>("/v1/organisation/policy");
    expect(planning).toEqual({ day_start_minutes: 390, capacity_minutes: 420, visit_minutes: 60, detour_factor: 1.3, travel_speed_kmh: 30 });
    expect(await at.page.getByLabel(at.say(planningWords.dayStart)).inputValue()).toBe("06:30");
    expect(at.complaints.filter((text) => !text.includes("422"))).toEqual([]);
  });

  test("of two who change it at once the second is told", async () => {
    const organisation = await Organisation.create("en");
    const at = await Administrator.atDesk(organisation, "en", "policy");
    const limit = at.page.getByRole("textbox", { name: at.say(thresholdTitles.stale_fix_s) });
    await limit.fill("60");
    await organisation.manager.call("PATCH", "/v1/organisation/policy", { thresholds: { clock_skew_s: 100 } });
    await at.press(policyWords.save);
    await at.sees(at.say(policyWords.overtaken));
    expect(await limit.inputValue()).toBe("60");
    await at.press(policyWords.save);
    await at.sees(at.say(policyWords.saved));
    const { thresholds } = await organisation.manager.get<Schema<"Policy">>("/v1/organisation/policy");
    expect([thresholds.stale_fix_s, thresholds.clock_skew_s]).toEqual([60, 100]);
  });
});
