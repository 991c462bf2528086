/** Debian's Chromium without a window. */
import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright-core";

const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** With a camera that sees `film`, and that pages may use without being asked. */
export function launchOptions(film: string): LaunchOptions {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there; run script/bootstrap`);
  return {
    executablePath: PROGRAM,
    args: [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
      "--disable-gpu",
    ],
  };
}
