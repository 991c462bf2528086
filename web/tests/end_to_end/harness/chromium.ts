/** Debian's Chromium without a window. */
import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright-core";

const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** The same engine without what is around the pages: with it the tests take two thirds of the time. */
const SHELL = process.env.CHROMIUM_HEADLESS_SHELL ?? "/usr/bin/chromium-headless-shell";

/** The whole browser, for phones of their own. Its camera sees `film`, and pages may use it without being asked. */
export function launchOptions(film: string, program = PROGRAM): LaunchOptions {
  if (!existsSync(program)) throw new Error(`${program} is not there; run script/bootstrap`);
  return {
    executablePath: program,
    args: [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
      "--disable-gpu",
    ],
  };
}

/** For the browser that most tests share. */
export const sharedOptions = (film: string): LaunchOptions => launchOptions(film, SHELL);
