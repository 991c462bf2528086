/** Files as phones make them: JPEG by the project's own photo maker, MP4 by Debian's ffmpeg. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = process.env.FIELDPROOF_TEST_PROGRAM ?? "build/server/fieldproof";
const maker = fileURLToPath(new URL(`../../../../${program}/../../tests/tools/make-photo`, import.meta.url));

/** `pictureFile("--blurred")`; the options: make-photo --help. */
export function pictureFile(...options: string[]): { name: string; mimeType: string; buffer: Buffer } {
  const buffer = execFileSync(maker, [...options, "-"], { maxBuffer: 50_000_000 });
  return { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer };
}

/** Two seconds of a moving test picture. MP4 cannot be written to a pipe, so it takes a detour over a file. */
export function videoFile(): { name: string; mimeType: string; buffer: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "fieldproof-video-"));
  try {
    const path = join(folder, "video.mp4");
    const source = "testsrc=duration=2:size=640x480:rate=15";
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p",
      "-c:v", "libx264", "-preset", "ultrafast", path]);
    return { name: "VID_0001.mp4", mimeType: "video/mp4", buffer: readFileSync(path) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
