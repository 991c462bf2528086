/** A correction that a manager asks for: on top of the phone's day until the customer has signed it. */
import { mkdirSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { correction } from "../../phone/words/correction";
import { sheet as words } from "../../phone/words/sheet";
import { sign, signed } from "../../phone/words/sign";
import { today } from "../../phone/words/today";
import type { Schema } from "../../shared/api/types";
import { seriousFindings } from "./harness/accessibility";
import { closePhones, goodNetwork } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { Technician } from "./harness/technician";

const PICTURES = fileURLToPath(new URL("../../../var/test/screenshots/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

beforeEach(() => void goodNetwork());
afterEach(closePhones);

test("is read, and made on a phone that never had the visit; what was signed before stays", async () => {
  const link = await CustomerLink.create("zh");
  const first = await link.technician.get<Schema<"Sheet">>(`/v1/visits/${link.visit}/sheet`);
  const technician = await Technician.open(link.person);
  const { page } = technician;
  await technician.logIn();
  await page.getByRole("heading", { name: technician.say(today.title), exact: true }).waitFor();
  await link.organisation.manager.call("POST", `/v1/visits/${link.visit}/corrections`, {
    id: randomUUID(), sheet_version: 1, blocks: ["parts", "signature"], reason: "制冷剂实际加注 0.6 kg，请更正。",
  });
  await technician.press(today.refresh);
  await technician.sees("制冷剂实际加注 0.6 kg，请更正。");
  await page.screenshot({ path: `${PICTURES}correction-today-zh.png`, fullPage: true });
  await page.getByRole("link", { name: technician.say(correction.card, { version: 1 }) }).click();
  await technician.press(correction.fetch);
  await technician.press(signed.correct);
  await technician.sees("制冷剂实际加注 0.6 kg，请更正。");
  await page.getByRole("textbox", { name: technician.say(words.correctionReason) }).fill("加注量写错");
  await page.getByRole("textbox", { name: technician.say(words.partQuantity), exact: true }).first().fill("0.6");
  expect(await seriousFindings(page)).toEqual([]);
  await page.screenshot({ path: `${PICTURES}correction-writing-zh.png`, fullPage: true });
  await technician.press(words.show);
  await page.getByRole("textbox", { name: sign.name.zh }).fill("王芳");
  await page.getByRole("textbox", { name: sign.role.zh }).fill("店长");
  await page.getByRole("button", { name: sign.typeInstead.zh }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: sign.confirm.zh }).click();
  await page.getByText(signed.sealed.zh.split("{")[0] as string).first().waitFor();
  const file = await link.organisation.manager.get<Schema<"VisitFile">>(`/v1/visits/${link.visit}/file`);
  const [second, original] = file.sheets;
  expect(original).toEqual({ ...first });
  expect(second).toMatchObject({ version: 2, state: "signed", corrects_version: 1, correction_reason: "加注量写错", signature: { differs: [] } });
  expect(second?.content.parts).toMatchObject([{ name: "R404A", quantity: 0.6 }]);
  const [documents] = [[first, second].map((sheet) => JSON.parse(sheet?.document ?? "") as Schema<"SheetDocument">)];
  expect(documents?.[1]?.photos, "the evidence is bound again, to the byte").toEqual(documents?.[0]?.photos);
  expect(file.corrections).toMatchObject([{ answered_version: 2 }]);
  await page.goto("/app/#/");
  await page.getByRole("heading", { name: technician.say(today.title), exact: true }).waitFor();
  await expect.poll(() => page.getByText(technician.say(correction.title)).count()).toBe(0);
});
