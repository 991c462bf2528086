/**
 * What others wrote is text on the phone, too: nothing of it runs, nothing breaks the screen. The desk's screens and the
 * customer's page with the same texts: desk_screens.test.ts; the customer's own words: customer.test.ts.
 */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { sheet } from "../../phone/words/sheet";
import { sign } from "../../phone/words/sign";
import { today } from "../../phone/words/today";
import { closePhones, PICTURES, takePicture } from "./harness/browser";
import { DeskData } from "./harness/desk_data";
import { awakened, hostile, MARK } from "./harness/hostile";
import { visitAt } from "./harness/manager";
import { Organisation } from "./harness/organisation";
import { complaintsOf, tooWide } from "./harness/screen";
import { openWork } from "./harness/steps";
import { Technician } from "./harness/technician";

afterEach(closePhones);

/** Walks over the screens and gathers what is wrong with them, and whose texts could be read. */
class Endurance {
  readonly wrong: string[] = [];
  readonly seen = new Set<string>();
  readonly #complaints: string[];

  constructor(private readonly page: Page) {
    this.#complaints = complaintsOf(page);
  }

  async look(name: string): Promise<void> {
    await takePicture(this.page, `${PICTURES}screenshots/phone-${name}-hostile.png`, { fullPage: true });
    const found = [...(await tooWide(this.page)), ...(await awakened(this.page)), ...this.#complaints.splice(0)];
    this.wrong.push(...found.map((finding) => `${name}: ${finding}`));
    const text = await this.page.locator("body").innerText();
    for (const [, place] of text.matchAll(new RegExp(`${MARK}([a-z' ]+)`, "g"))) this.seen.add(place as string);
  }
}

test("a technician's day among attacks", async () => {
  const organisation = await Organisation.create("en");
  const { manager } = organisation;
  const person = await organisation.technician("en");
  await manager.call("PATCH", `/v1/users/${person.id}`, { name: hostile("technician") });
  const work = await organisation.work({
    technician: person, number: hostile("number", 64), title: hostile("title"), description: hostile("description", 2000),
    checklist: [{ id: randomUUID(), kind: "photo", label: hostile("label"), photo_role: "before", required: true }],
  });
  await manager.call("PATCH", `/v1/customers/${work.customer}`, { name: hostile("customer"), note: hostile("customer's note", 2000) });
  await manager.call("PATCH", `/v1/sites/${work.site}`, { name: hostile("site"), address: hostile("address", 500), note: hostile("site's note", 2000) });
  await manager.call("PATCH", `/v1/assets/${work.asset}`, { name: hostile("asset"), model: hostile("model", 100), note: hostile("asset's note", 2000) });
  const technician = await Technician.open(person);
  const { page } = technician;
  const endurance = new Endurance(page);

  await technician.logIn();
  await page.getByText(MARK).first().waitFor();
  await page.locator("details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));
  await endurance.look("today");
  await openWork(technician, work.id);
  await technician.checkIn();
  await technician.takePhotos("before");
  await endurance.look("site");
  await technician.writeSheet({ done: hostile("done", 1000), leftOpen: hostile("left open", 500), plan: hostile("next steps", 500) });
  await endurance.look("sheet");
  await technician.press(sheet.show);
  await page.getByRole("textbox", { name: sign.name.zh, exact: true }).fill(hostile("signer"));
  await endurance.look("sign");
  await page.goto("/app/#/outbox");
  await page.getByRole("group").first().waitFor();
  await endurance.look("outbox");
  await page.goto("/app/#/settings");
  await page.getByText(MARK).first().waitFor();
  await endurance.look("settings");
  await technician.waitUntilAllIsSent();

  const [photo] = (await visitAt(manager, work.site)).check_ins.flatMap(({ photos }) => photos);
  const auditor = await organisation.person("manager");
  await auditor.call("POST", `/v1/photos/${photo?.id}/reviews`, { id: randomUUID(), decision: "retake", reason: hostile("reason", 1000) });
  await page.goto("/app/#/");
  await technician.press(today.refresh);
  await page.getByText(`${MARK}reason`).first().waitFor();
  await endurance.look("today-retake");
  await openWork(technician, work.id);
  await page.getByText(`${MARK}reason`).first().waitFor();
  await endurance.look("site-retake");

  expect(endurance.wrong).toEqual([]);
  const shown = ["title", "customer", "site", "address", "label", "technician", "done", "left open", "reason"];
  expect(shown.filter((place) => !endurance.seen.has(place))).toEqual([]);
});

/** The cells of a table as RFC 4180 writes it. */
function cellsOf(csv: string): string[] {
  return [...csv.replace(/^\ufeff/, "").matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain as string) : quoted.replaceAll('""', '"'),
  );
}

test("no cell of a table that the desk saves is a formula", async () => {
  const { manager } = await DeskData.createHostile();
  for (const list of ["work-orders", "visits", "evidence", "audit-queue"]) {
    const answer = await manager.send("GET", `/v1/${list}`, undefined, { Accept: "text/csv" });
    expect(answer.headers.get("content-type"), list).toContain("text/csv");
    const cells = cellsOf(await answer.text());
    expect(cells.filter((cell) => cell.includes("HYPERLINK")).length, `attacks in ${list}`).toBeGreaterThan(2);
    expect(cells.filter((cell) => /^[=+@\t\r]|^-[^\d]/.test(cell)), list).toEqual([]);
  }
});
