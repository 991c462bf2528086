/** Answers in which a retention rule has removed the photos' bytes: nobody waits half a year for it. */
import type { Page } from "playwright-core";

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
