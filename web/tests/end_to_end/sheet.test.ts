import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { atSite } from "../../phone/words/at_site";
import { documentWords } from "../../phone/words/document";
import { sheet as words } from "../../phone/words/sheet";
import { sign, signed } from "../../phone/words/sign";
import type { Schema } from "../../shared/api/types";
import { closePhones, goodNetwork } from "./harness/browser";
import { type Language, Organisation } from "./harness/organisation";
import { Technician } from "./harness/technician";

/** Where pictures of the screens are left, to be looked at. */
const PICTURES = fileURLToPath(new URL("../../../var/test/screenshots/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });
const photograph = (page: Page, name: string) => page.screenshot({ path: `${PICTURES}sheet-${name}.png`, fullPage: true });

interface Scene {
  organisation: Organisation;
  technician: Technician;
  page: Page;
  visitId: string;
  work: Awaited<ReturnType<Organisation["work"]>>;
}

/** A technician who has checked in at the site and opened the sheet. */
async function atTheSheet(language: Language): Promise<Scene> {
  const organisation = await Organisation.create(language);
  const person = await organisation.technician(language);
  const work = await organisation.work({ technician: person, barcode: "A1", title: "冷库温度偏高" });
  const technician = await Technician.open(person);
  const { page } = technician;
  await technician.logIn();
  await technician.sees("冷库温度偏高");
  await page.goto(`/app/#/site/${work.id}`);
  await technician.press(atSite.checkIn);
  await technician.sees(technician.say(atSite.savedArrival));
  await page.getByRole("link", { name: technician.say(atSite.sheet) }).click();
  await page.getByRole("heading", { name: technician.say(words.title), exact: true }).waitFor();
  const visitId = /visit\/([^/]+)\/sheet/.exec(page.url())?.[1] ?? "";
  return { organisation, technician, page, visitId, work };
}

const box = ({ page, technician }: Scene, word: (typeof words)[keyof typeof words]) =>
  page.getByRole("textbox", { name: technician.say(word) }).first();

async function writeSheet(scene: Scene): Promise<void> {
  const { page, technician } = scene;
  await box(scene, words.doneWhat).fill("更换压缩机启动电容，试机 30 分钟正常 👍");
  await page.getByText(technician.say(words.moreOfDone)).click();
  await box(scene, words.cause).fill("电容老化");
  await page.getByText(technician.say(words.outcomeDone), { exact: true }).click();
  await page.getByRole("button", { name: technician.say(words.addPart) }).click();
  await box(scene, words.partName).fill("启动电容 40 µF");
  await box(scene, words.partQuantity).fill("1,5");
  await page.getByRole("button", { name: technician.say(words.addLeftOpen) }).click();
  await box(scene, words.leftOpenWhat).fill("门封磨损");
  await box(scene, words.plan).fill("下次更换");
}

const saved = (scene: Scene) => scene.page.getByText(scene.technician.say(words.saved)).waitFor();

/** A signature that looks like one, drawn with a finger. */
async function draw(page: Page): Promise<void> {
  const canvas = await page.locator("canvas.pad-canvas").boundingBox();
  if (!canvas) throw new Error("there is nothing to sign on");
  const at = (x: number, y: number) => [canvas.x + canvas.width * x, canvas.y + canvas.height * y] as const;
  for (const [from, to] of [[0.15, 0.45], [0.5, 0.85]] as const) {
    await page.mouse.move(...at(from, 0.6));
    await page.mouse.down();
    for (let i = 1; i <= 20; i++) {
      const x = from + ((to - from) * i) / 20;
      await page.mouse.move(...at(x, 0.5 + 0.18 * Math.sin(i * 1.3)));
    }
    await page.mouse.up();
  }
}

/** The customer's part; the words are in the customer's language, whatever the technician's is. */
async function signAsCustomer(scene: Scene): Promise<void> {
  const { page } = scene;
  await page.getByRole("textbox", { name: sign.name.zh }).fill("王芳");
  await page.getByRole("textbox", { name: sign.role.zh }).fill("门店经理");
  await page.getByRole("button", { name: sign.openPad.zh }).click();
  await draw(page);
  await page.getByRole("button", { name: sign.padDone.zh }).click();
  await page.getByRole("button", { name: sign.confirm.zh }).click();
}

const sheetOf = (scene: Scene) => scene.organisation.manager.get<Schema<"Sheet">>(`/v1/visits/${scene.visitId}/sheet`);

beforeEach(() => void goodNetwork());
afterEach(closePhones);

test("written, shown and signed without a network; sealed as it was signed when there is one", async () => {
  const scene = await atTheSheet("en");
  const { page, technician } = scene;
  const network = await goodNetwork();
  await network.cut();
  await writeSheet(scene);
  await saved(scene);
  await photograph(page, "writing-en");
  await technician.press(words.show);
  // The customer reads Chinese: the page is, too, whoever holds the phone.
  await page.getByRole("heading", { name: sign.title.zh }).waitFor();
  await technician.sees("更换压缩机启动电容，试机 30 分钟正常 👍");
  await technician.sees(documentWords.leftOpen.zh);
  const digest = await page.getByTestId("digest").innerText();
  await page.getByText("★").nth(4).click();
  await photograph(page, "sign-zh");
  await signAsCustomer(scene);
  await technician.sees(technician.say(signed.waiting));
  await photograph(page, "signed-waiting-en");
  // The office words the site anew meanwhile: that does not spoil what was signed.
  const { manager } = scene.organisation;
  await manager.call("PATCH", `/v1/sites/${scene.work.site}`, { name: "人民广场旗舰店" });
  network.restore();
  await page.getByText(/Sealed by the server/).waitFor();
  const sheet = await sheetOf(scene);
  expect(sheet.state).toBe("signed");
  expect(sheet.document_sha256).toBe(digest);
  expect(sheet.signature).toMatchObject({
    signer_name: "王芳", signer_role: "门店经理", method: "drawn", rating: { score: 5, comment: null },
    differs: [{ pointer: "/site/name", signed: "人民广场店", known: "人民广场旗舰店" }],
  });
  expect(JSON.parse(sheet.document)).toMatchObject({
    done: [{ what: "更换压缩机启动电容，试机 30 分钟正常 👍", cause: "电容老化" }], parts: [{ quantity: 1.5 }],
  });
  const order = await manager.get<Schema<"WorkOrder">>(`/v1/work-orders/${scene.work.id}`);
  expect(order.state).toBe("done");
  await technician.press(signed.link);
  await page.getByRole("img", { name: technician.say(signed.qr) }).waitFor();
  await photograph(page, "signed-sealed-en");
  const download = page.waitForEvent("download");
  await technician.press(signed.pdf);
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
});
