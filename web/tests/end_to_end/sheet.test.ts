import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PhotoRole, VisitDraft } from "../../phone/local/types";
import { atSite } from "../../phone/words/at_site";
import { documentWords } from "../../phone/words/document";
import { sheet as words } from "../../phone/words/sheet";
import { sign, signed } from "../../phone/words/sign";
import type { Schema } from "../../shared/api/types";
import { seriousFindings } from "./harness/accessibility";
import { closePhones, goodNetwork, takePicture } from "./harness/browser";
import { type Language, Organisation } from "./harness/organisation";
import { networkReturns } from "./harness/steps";
import { Technician } from "./harness/technician";

/** Where pictures of the screens are left, to be looked at. */
const PICTURES = fileURLToPath(new URL("../../../var/test/screenshots/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });
const photograph = (page: Page, name: string) => takePicture(page, `${PICTURES}sheet-${name}.png`, { fullPage: true });

interface Scene {
  organisation: Organisation;
  technician: Technician;
  page: Page;
  visitId: string;
  work: Awaited<ReturnType<Organisation["work"]>>;
}

/** A technician who has checked in at the site, took photos there and opened the sheet; offline from the door on. */
async function atTheSheet(language: Language, { isOffline = false, photos = [] as PhotoRole[] } = {}): Promise<Scene> {
  const organisation = await Organisation.create(language);
  const person = await organisation.technician(language);
  const work = await organisation.work({ technician: person, barcode: "A1", title: "冷库温度偏高" });
  const technician = await Technician.open(person);
  const { page } = technician;
  await technician.logIn();
  await technician.sees("冷库温度偏高");
  if (isOffline) (await goodNetwork()).cut();
  await page.goto(`/app/#/site/${work.id}`);
  await technician.press(atSite.checkIn);
  await technician.sees(technician.say(atSite.savedArrival));
  if (photos.length > 0) await technician.takePhotos(...photos);
  await page.getByRole("link", { name: technician.say(atSite.sheet) }).click();
  await page.getByRole("heading", { name: technician.say(words.title), exact: true }).waitFor();
  const visitId = /visit\/([^/]+)\/sheet/.exec(page.url())?.[1] ?? "";
  return { organisation, technician, page, visitId, work };
}

const box = ({ page, technician }: Scene, word: (typeof words)[keyof typeof words]) =>
  page.getByRole("textbox", { name: technician.say(word), exact: true }).first();

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
  const pad = page.locator("canvas.pad-canvas");
  await pad.waitFor();
  const canvas = await pad.boundingBox();
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

/** How many lines of the signature are on the phone. */
const linesKept = (page: Page, visitId: string): Promise<number> =>
  page.evaluate(async (id) => {
    const opening = indexedDB.open("fieldproof");
    await new Promise((resolve) => opening.addEventListener("success", resolve));
    const reading = opening.result.transaction("visits").objectStore("visits").get(id);
    await new Promise((resolve) => reading.addEventListener("success", resolve));
    opening.result.close();
    return (reading.result as VisitDraft | undefined)?.signing?.strokes?.lines.length ?? 0;
  }, visitId);

const sheetOf = (scene: Scene) => scene.organisation.manager.get<Schema<"Sheet">>(`/v1/visits/${scene.visitId}/sheet`);

beforeEach(() => void goodNetwork());
afterEach(closePhones);

test("written, shown and signed without a network; sealed as it was signed when there is one", async () => {
  const scene = await atTheSheet("en", { isOffline: true, photos: ["before", "after"] });
  const { page, technician } = scene;
  await writeSheet(scene);
  await saved(scene);
  await photograph(page, "writing-en");
  await technician.press(words.show);
  // The customer reads Chinese: the page is, too, whoever holds the phone.
  await page.getByRole("heading", { name: sign.title.zh }).waitFor();
  await technician.sees("更换压缩机启动电容，试机 30 分钟正常 👍");
  await technician.sees(documentWords.leftOpen.zh);
  await expect.poll(() => page.locator("img.document-photo").count()).toBe(2);
  const digest = await page.getByTestId("digest").innerText();
  await page.getByText("★").nth(4).click();
  await photograph(page, "sign-zh");
  await signAsCustomer(scene);
  await technician.sees(technician.say(signed.waiting));
  await photograph(page, "signed-waiting-en");
  // The office words the site anew meanwhile: that does not spoil what was signed.
  const { manager } = scene.organisation;
  await manager.call("PATCH", `/v1/sites/${scene.work.site}`, { name: "人民广场旗舰店" });
  await networkReturns(technician, await goodNetwork());
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
  // The signature bound the photos before they were sent: what arrives is what was signed.
  const stored = async () => {
    const visit = await manager.get<Schema<"Visit">>(`/v1/visits/${scene.visitId}`);
    return visit.check_ins.flatMap(({ photos }) => photos.map(({ receipt }) => receipt?.sha256)).sort();
  };
  const signedPhotos = (JSON.parse(sheet.document) as { photos: { sha256: string }[] }).photos.map(({ sha256 }) => sha256);
  await expect.poll(stored, { timeout: 20_000 }).toEqual(signedPhotos.sort());
  const order = await manager.get<Schema<"WorkOrder">>(`/v1/work-orders/${scene.work.id}`);
  expect(order.state).toBe("done");
  await technician.press(signed.link);
  await page.getByRole("img", { name: technician.say(signed.qr) }).waitFor();
  await photograph(page, "signed-sealed-en");
  const download = page.waitForEvent("download");
  await technician.press(signed.pdf);
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
});

test("what was written and drawn is there when the app was killed in between", async () => {
  const scene = await atTheSheet("zh");
  const { technician, page } = scene;
  await box(scene, words.doneWhat).fill("清洗冷凝器");
  await saved(scene);
  await page.close({ runBeforeUnload: false });
  const second = await technician.phone.newPage();
  await second.goto(`/app/#/visit/${scene.visitId}/sheet`);
  const done = second.getByRole("textbox", { name: technician.say(words.doneWhat) });
  await done.waitFor();
  expect(await done.inputValue()).toBe("清洗冷凝器");
  await second.getByRole("button", { name: technician.say(words.show) }).click();
  await second.getByRole("textbox", { name: sign.name.zh }).fill("王芳");
  await second.getByRole("button", { name: sign.openPad.zh }).click();
  await draw(second);
  await photograph(second, "pad-zh");
  // No button was pressed since the finger lifted.
  await expect.poll(() => linesKept(second, scene.visitId)).toBe(2);
  await second.close({ runBeforeUnload: false });
  const third = await technician.phone.newPage();
  await third.goto(`/app/#/visit/${scene.visitId}/sign`);
  await third.getByRole("button", { name: sign.changePad.zh }).waitFor();
  expect(await third.locator(".signature-picture path").getAttribute("d")).toMatch(/^M[\d.]+ [\d.]+L.*M/);
  expect(await third.getByRole("textbox", { name: sign.name.zh }).inputValue()).toBe("王芳");
});

test("a signature fits when the phone is turned, and can be taken back line by line", async () => {
  const scene = await atTheSheet("zh");
  const { page, technician } = scene;
  await technician.press(words.show);
  await page.getByRole("button", { name: sign.openPad.zh }).click();
  await draw(page);
  await page.setViewportSize({ width: 844, height: 390 });
  // The canvas has taken its new size, and with it the lines, once its pixels are as many as it is wide.
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("canvas.pad-canvas");
    return canvas !== null && canvas.clientWidth > 390 && Math.abs(canvas.width - canvas.clientWidth * devicePixelRatio) <= 1;
  });
  await photograph(page, "pad-landscape-zh");
  const ink = () =>
    page.locator("canvas.pad-canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value > 0).length;
    });
  const both = await ink();
  expect(both).toBeGreaterThan(100);
  await page.getByRole("button", { name: sign.undo.zh }).click();
  const one = await ink();
  expect(one).toBeGreaterThan(0);
  expect(one).toBeLessThan(both);
  await page.getByRole("button", { name: sign.clear.zh }).click();
  expect(await ink()).toBe(0);
  await page.getByRole("button", { name: sign.padDone.zh }).click();
  await page.getByText(sign.tooShort.zh).waitFor();
});

test("who cannot draw signs by typing, with the keyboard alone", async () => {
  const scene = await atTheSheet("zh");
  const { page, technician } = scene;
  await technician.press(words.show);
  await page.getByRole("button", { name: "English" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: sign.title.en }).waitFor();
  await page.getByRole("textbox", { name: sign.name.en }).focus();
  await page.keyboard.type("Fang Wang");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Site manager");
  await page.getByRole("button", { name: sign.typeInstead.en }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: sign.confirm.en, exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByText(sign.needConsent.en).waitFor();
  await page.getByRole("checkbox", { name: sign.typedConsent.en }).focus();
  await page.keyboard.press("Space");
  await photograph(page, "typed-en");
  await page.getByRole("button", { name: sign.confirm.en, exact: true }).focus();
  await page.keyboard.press("Enter");
  await technician.sees(/服务器已封存/);
  expect((await sheetOf(scene)).signature).toMatchObject({ method: "typed", strokes: null, signer_name: "Fang Wang" });
});

test("when facts differ the server refuses, it is said what differs, and the sheet is signed anew", async () => {
  const scene = await atTheSheet("zh");
  const { page, technician } = scene;
  const network = await goodNetwork();
  await network.cut();
  await writeSheet(scene);
  await technician.press(words.show);
  await signAsCustomer(scene);
  await technician.sees(technician.say(signed.waiting));
  await scene.organisation.manager.call("PATCH", `/v1/sites/${scene.work.site}`, { radius_m: 300 });
  await networkReturns(technician, network);
  await technician.sees(technician.say(signed.refusedChanged));
  await technician.sees(/站点的位置或围栏/);
  await photograph(page, "refused-zh");
  await technician.press(signed.signAgain);
  await page.getByRole("heading", { name: sign.title.zh }).waitFor();
  await technician.sees(/300 米/);
  await page.getByRole("button", { name: sign.openPad.zh }).click();
  await draw(page);
  await page.getByRole("button", { name: sign.padDone.zh }).click();
  await page.getByRole("button", { name: sign.confirm.zh }).click();
  await technician.sees(/服务器已封存/);
  const sheet = await sheetOf(scene);
  expect(sheet.state).toBe("signed");
  expect(JSON.parse(sheet.document)).toMatchObject({ site: { radius_m: 300 }, done: [{ cause: "电容老化" }] });
  expect(sheet.signature?.differs).toEqual([]);
});

test("a signed sheet is read, not written; a correction is a version of its own", async () => {
  const scene = await atTheSheet("zh");
  const { page, technician } = scene;
  await writeSheet(scene);
  await technician.press(words.show);
  await signAsCustomer(scene);
  await technician.sees(/服务器已封存/);
  await page.goto(`/app/#/visit/${scene.visitId}/sheet`);
  await page.getByRole("button", { name: technician.say(signed.correct) }).waitFor();
  expect(await page.getByRole("textbox").count()).toBe(0);
  await technician.press(signed.correct);
  await technician.press(words.show);
  await technician.sees(technician.say(words.correction_without_reason));
  await photograph(page, "correction-zh");
  await box(scene, words.correctionReason).fill("数量写错");
  await technician.press(words.show);
  await signAsCustomer(scene);
  await technician.sees(/服务器已封存/);
  const sheet = await sheetOf(scene);
  expect([sheet.version, sheet.corrects_version, sheet.correction_reason, sheet.state]).toEqual([2, 1, "数量写错", "signed"]);
});

test("nothing stands in the way of a screen reader", async () => {
  const scene = await atTheSheet("en");
  const { page, technician } = scene;
  await writeSheet(scene);
  expect(await seriousFindings(page)).toEqual([]);
  await technician.press(words.show);
  await page.getByRole("heading", { name: sign.title.zh }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole("button", { name: sign.openPad.zh }).click();
  expect(await seriousFindings(page)).toEqual([]);
});
