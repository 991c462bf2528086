/** JPEG files as phones make them, by the project's own photo maker. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = process.env.FIELDPROOF_TEST_PROGRAM ?? "build/server/fieldproof";
const maker = fileURLToPath(new URL(`../../../../${program}/../../tests/tools/make-photo`, import.meta.url));

/** `pictureFile("--blurred")`; the options: make-photo --help. */
export function pictureFile(...options: string[]): { name: string; mimeType: string; buffer: Buffer } {
  const buffer = execFileSync(maker, [...options, "-"], { maxBuffer: 50_000_000 });
  return { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer };
}
