/** What somebody who means harm writes into the fields of others: markup, a formula, reversed text, no space anywhere. */
import type { Page } from "playwright-core";

/** To be found again on a screen, in what is drawn as text. */
export const MARK = "<img src=x onerror=hacked=1>";

/** A text for a field of at most `length` characters that says of which field it is. */
export function hostile(place: string, length = 200): string {
  const short = `${MARK}${place}`;
  if (length < 120) return short.slice(0, length);
  const markup = `<script>hacked=1</script><svg/onload=hacked=1>"'\`{{7*7}}\u202etxt.exe👩‍🔧`;
  return `=HYPERLINK("//x.example")${short}${markup}${"W".repeat(length)}`.slice(0, length);
}

/** What of it came alive on the page, a sentence each. */
export function awakened(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const made = document.querySelectorAll("[onerror], [onload], img[src=x], body script:not([src]), body svg[onload]");
    const found = [...made].map((element) => `it became an element: ${element.outerHTML.slice(0, 120)}`);
    return "hacked" in globalThis ? ["it ran", ...found] : found;
  });
}
