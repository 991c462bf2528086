/** What a screen needs in sunlight and with gloves: contrast of 7:1, and controls that a thumb does not miss. */
import type { Page } from "playwright-core";
import { seriousFindings } from "./accessibility";

/** CSS pixels; base.css says so of --target. */
const TARGET_PX = 48;

/** Controls that are lower or narrower than a thumb; a link within a sentence is as high as the sentence. */
function smallControls(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>("button, a[href], select, textarea, summary, input, [role=button]")) {
      // The label is touched in place of a box that is drawn small, or not at all.
      const touched = (control instanceof HTMLInputElement ? control.closest("label") : null) ?? control;
      const { width, height } = touched.getBoundingClientRect();
      const isSeen = width > 1 && height > 1 && touched.checkVisibility({ visibilityProperty: true });
      if (!isSeen || getComputedStyle(touched).display === "inline") continue;
      if (Math.min(width, height) < least - 0.5) {
        found.push(`${Math.round(width)}×${Math.round(height)} px: ${control.outerHTML.slice(0, 140)}`);
      }
    }
    return found;
  }, TARGET_PX);
}

/** What is wrong with the screen as it is now, a sentence each. */
export async function hardInSunlight(page: Page): Promise<string[]> {
  return [...(await seriousFindings(page, ["color-contrast-enhanced"])), ...(await smallControls(page))];
}
