/** Looking at a screen: pictures of it by day and by night, and what axe finds. */
import type { Page } from "playwright-core";
import { seriousFindings } from "./accessibility";
import { findPositionAgain, PICTURES, takePicture } from "./browser";
import { tooWide } from "./screen";
import { hardInSunlight } from "./sunlight";

/** Gathers what is found on the screens of a walk, so that one run tells of all of them. */
export class Walk {
  readonly findings: string[] = [];

  constructor(private readonly language: string) {}

  /** Takes the screen as it is now, light and dark. */
  async look(page: Page, name: string): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const picture = `${this.language}-${name}-${colorScheme}`;
      await takePicture(page, `${PICTURES}screenshots/${picture}.png`);
      const found = [...(await hardInSunlight(page)), ...(await tooWide(page))];
      // By night only the colours differ.
      if (colorScheme === "light") found.push(...(await seriousFindings(page)));
      this.findings.push(...found.map((finding) => `${picture}: ${finding}`));
    }
    await page.emulateMedia({ colorScheme: "light" });
    // Looking takes its time.
    await findPositionAgain(page.context());
  }
}
