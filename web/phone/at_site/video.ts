/** The little that the phone must know of video files. */

/** … and the largest that a server takes unless it is set up otherwise: larger ones are refused for good. */
export const VIDEO_MAX_BYTES = 209_715_200;

const HEAD_BYTES = 16;
const BOXES_MAX = 10_000;

/**
 * Whether an MP4 or QuickTime file is complete: one box after the other up to its end, the movie box among
 * them, which recorders write last. As media/video/survey.c has it, so that a recording that was cut off is
 * noticed on site. Reads a few bytes a box, never the whole file.
 */
export async function isWholeVideo(file: Blob): Promise<boolean> {
  let at = 0;
  let hasMovie = false;
  for (let i = 0; i < BOXES_MAX && at < file.size; i++) {
    const head = new DataView(await file.slice(at, at + HEAD_BYTES).arrayBuffer());
    if (head.byteLength < 8) return false;
    const given = head.getUint32(0);
    if (given === 1 && head.byteLength < HEAD_BYTES) return false;
    const size = given === 0 ? file.size - at : given === 1 ? Number(head.getBigUint64(8)) : given;
    if (size < 8) return false;
    hasMovie ||= typeOf(head) === "moov";
    at += size;
  }
  return hasMovie && at === file.size;
}

function typeOf(head: DataView): string {
  return String.fromCharCode(head.getUint8(4), head.getUint8(5), head.getUint8(6), head.getUint8(7));
}
