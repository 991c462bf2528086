/** A phone that scans a manager's code. */
import { randomUUID } from "node:crypto";
import { correction, generate } from "lean-qr/nano";
import { afterEach, expect, test } from "vitest";
import type { Schema } from "../../shared/api/types";
import { enrol as words } from "../../phone/words/enrol";
import { problems } from "../../phone/words/problems";
import { closePhones, newPhone } from "./harness/browser";
import { drawnCode } from "./harness/drawn_code";
import { Organisation, type Person } from "./harness/organisation";

afterEach(closePhones);

async function codeFor(organisation: Organisation, person: Person): Promise<string> {
  const path = `/v1/users/${person.id}/enrolments`;
  const { url } = await organisation.manager.call<Schema<"EnrolmentCode">>("POST", path, { id: randomUUID() });
  return new URL(url).hash;
}

test("the code logs the phone in, once, and the manager sees which phone it was", async () => {
  const organisation = await Organisation.create("zh");
  const person = await organisation.technician("zh");
  await organisation.work({ technician: person, barcode: "A1" });
  const hash = await codeFor(organisation, person);
  const page = await (await newPhone({ locale: "zh-CN" })).newPage();
  await page.goto(`/app/${hash}`);
  await page.getByRole("button", { name: words.begin.zh }).click();
  await page.getByText("冷库温度偏高").first().waitFor();
  expect(page.url()).not.toContain("enrol");

  const { items } = await organisation.manager.get<{ items: { name: string | null }[] }>(`/v1/devices?user_id=${person.id}`);
  expect(items).toHaveLength(1);
  expect(items[0]?.name).toContain("Chrome");

  const other = await (await newPhone({ locale: "zh-CN" })).newPage();
  await other.goto(`/app/${hash}`);
  await other.getByRole("button", { name: words.begin.zh }).click();
  await other.getByText(problems.enrolmentFailed.zh).waitFor();
});

test("somebody who is logged in already is named before another takes the phone over", async () => {
  const organisation = await Organisation.create("en");
  const [first, second] = [await organisation.technician("en"), await organisation.technician("en")];
  const page = await (await newPhone()).newPage();
  await page.goto(`/app/${await codeFor(organisation, first)}`);
  await page.getByRole("button", { name: words.begin.en }).click();
  await page.getByRole("navigation").waitFor();
  await page.goto(`/app/${await codeFor(organisation, second)}`);
  await page.getByText(words.somebodyIsHere.en.replaceAll("{name}", first.name)).waitFor();
});

function modulesOf(text: string): string[] {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const every = Array.from({ length: code.size }, (_, i) => i);
  return every.map((y) => every.map((x) => (code.get(x, y) ? "1" : "0")).join(""));
}

test("the code is scanned without leaving the app; another server's, or a label, is told to be none", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  await organisation.work({ technician: person, barcode: "A1" });
  const phone = await newPhone();
  await phone.addInitScript(() => {
    /* Its camera sees no code: what a picture held would be told for no longer than until the next look. */
    navigator.mediaDevices.getUserMedia = () => {
      const wall = document.createElement("canvas");
      wall.getContext("2d")?.fillRect(0, 0, wall.width, wall.height);
      return Promise.resolve(wall.captureStream());
    };
  });
  const page = await phone.newPage();
  await page.goto("/app/#/log-in");
  await page.getByRole("link", { name: words.scan.en }).click();
  const show = async (text: string) =>
    page.locator('input[type="file"]').setInputFiles(await drawnCode(page, modulesOf(text)));
  await show("4006381333931");
  await page.getByText(words.noCode.en).waitFor();
  await show("https://other.example/app/#/enrol/abc");
  await page.getByText(words.codeOfElsewhere.en.replace("{host}", "other.example")).waitFor();
  await show(`${new URL(page.url()).origin}/app/${await codeFor(organisation, person)}`);
  await page.getByRole("button", { name: words.begin.en }).click();
  await page.getByRole("navigation").waitFor();
});
