/** Answers in which a retention rule has removed the photos' bytes, or no check-in ever came: nobody waits for it. */
import type { Page } from "playwright-core";
import type { Schema } from "../../../shared/api/types";

export const REMOVED_AT = "2026-03-04T05:06:07.000Z";

/** Changes every photo of a JSON answer, however deep it lies. */
function withoutBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBytes);
  if (value === null || typeof value !== "object") return value;
  const changed = Object.entries(value).map(([name, part]): [string, unknown] => {
    const isGone = /^(original_|thumbnails_)?removed_at$/.test(name) && !("revoked_at" in value);
    return [name, isGone ? REMOVED_AT : withoutBytes(part)];
  });
  return Object.fromEntries(changed);
}

/** From now on what `address` answers has lost its pictures; asking for one counts in `asked`. */
export async function removePictures(page: Page, address: RegExp): Promise<string[]> {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (/\/photos\/[^/]+\/(small|medium|original)$/.test(new URL(request.url()).pathname)) asked.push(request.url());
  });
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: withoutBytes(await answer.json()) });
  });
  return asked;
}

/** From now on the visit that `address` answers had no check-in; its signed sheets list what never came. */
export async function loseCheckIns(page: Page, address: RegExp): Promise<void> {
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    const file = (await answer.json()) as Schema<"VisitFile">;
    const sheets = file.sheets.map((sheet) => {
      const document = JSON.parse(sheet.document) as Record<string, { id: string }[]>;
      const missing = ["check_ins", "photos", "scans", "work_orders"].flatMap((list) =>
        (document[list] ?? []).map(({ id }, i) => ({ pointer: `/${list}/${i}`, id })),
      );
      return { ...sheet, signature: sheet.signature && { ...sheet.signature, missing } };
    });
    const visit = { ...file.visit, check_ins: [], arrived_at: null, departed_at: null };
    await route.fulfill({ response: answer, json: { ...file, visit, sheets } });
  });
}
