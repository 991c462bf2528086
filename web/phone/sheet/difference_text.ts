/** Places in a document, in words: what the server found to differ from what was signed. Pure. */
import { t, type Word } from "../../shared/i18n/i18n";
import { differences as words } from "../words/differences";

/** Before the place inside the document: where the document stands in the request, in a batch further in. */
const PREFIX = /^.*?\/document(?=\/|$)/;

const WORDS: readonly [RegExp, Word][] = [
  [/^\/site\/(radius_m|position|polygon)/, words.fence],
  [/^\/site\/time_zone/, words.timeZone],
  [/^\/site/, words.site],
  [/^\/customer/, words.customer],
  [/^\/organisation/, words.organisation],
  [/^\/technician/, words.technician],
  [/^\/work_orders/, words.workOrders],
  [/^\/check_ins/, words.checkIns],
  [/^\/photos/, words.photos],
  [/^\/scans/, words.scans],
  [/^\/open_before/, words.openBefore],
  [/^\/done/, words.done],
  [/^\/left_open/, words.leftOpen],
  [/^\/parts/, words.parts],
  [/^\/(version|corrects_version|correction_reason)/, words.version],
  [/^\/evidence_until/, words.evidenceUntil],
];

/** What each place is about, once, in the order of the refusal; an unknown one is named as it is. */
export function differenceTexts(pointers: readonly string[]): string[] {
  const texts = pointers.map((pointer) => {
    const place = pointer.replace(PREFIX, "");
    const word = WORDS.find(([pattern]) => pattern.test(place))?.[1];
    return word ? t(word) : t(words.other, { place });
  });
  return [...new Set(texts)];
}
