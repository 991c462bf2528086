/** A signed document laid out for reading, in a language: labels are ours, what stands beside them is as it is. */
import { type Language, t, type Word } from "../../shared/i18n/i18n";
import { documentWords as words } from "../words/document";
import { roles } from "../../shared/words/roles";
import type { SheetDocument } from "./document";

/** A line of a section: a label and what it says, or only one of them. */
export interface Line {
  label: string | null;
  text: string;
  /** What belongs to the line above it, smaller. */
  isDetail?: boolean;
  /** The picture that the line is about. */
  photo?: SheetDocument["photos"][number];
}

export interface Section {
  title: string;
  lines: Line[];
}

/** A moment at the site: 2026-11-20 09:14:03, which every reader reads alike. */
function moment(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(new Date(at));
}

/** Digits enough for a metre. */
const degrees = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

export function documentSections(document: SheetDocument, language: Language): Section[] {
  const say = (word: Word, values: Record<string, string | number> = {}) => t(word, values, language);
  const when = (at: string) => moment(at, document.site.time_zone);
  const nothing: Line = { label: null, text: say(words.nothing) };
  const orNothing = (lines: Line[]): Line[] => (lines.length > 0 ? lines : [nothing]);
  const optional = (label: Word, text: string | null): Line[] =>
    text === null ? [] : [{ label: say(label), text, isDetail: true }];
  const orderOf = (id: string | null | undefined) => document.work_orders.find((order) => order.id === id);

  const sections: Section[] = [
    { title: say(words.title), lines: headLines(document, say, when) },
    {
      title: say(words.workOrders),
      lines: orNothing(document.work_orders.map(({ number, title }) => ({ label: number, text: title }))),
    },
    {
      title: say(words.attendance),
      lines: document.check_ins.flatMap((checkIn) => [
        { label: say(words[checkIn.kind]), text: when(checkIn.captured_at) },
        { label: null, text: fixText(checkIn, say), isDetail: true },
      ]),
    },
    {
      title: say(words.openBefore),
      lines: orNothing(document.open_before.map((text) => ({ label: null, text }))),
    },
    {
      title: say(words.done),
      lines: orNothing(
        document.done.flatMap((entry) => [
          { label: orderOf(entry.work_order_id)?.number ?? null, text: entry.what },
          ...optional(words.cause, entry.cause),
          ...optional(words.remedy, entry.remedy),
        ]),
      ),
    },
    {
      title: say(words.leftOpen),
      lines: orNothing(
        document.left_open.flatMap((entry) => [
          { label: null, text: entry.what },
          { label: say(words.plan), text: entry.plan, isDetail: true },
          ...optional(words.due, entry.due_at && when(entry.due_at)),
        ]),
      ),
    },
  ];
  if (document.parts.length > 0)
    sections.push({
      title: say(words.parts),
      lines: document.parts.map((part) => ({
        label: [part.quantity, part.unit ?? "×"].join(" "),
        text: [part.name, part.number].filter(Boolean).join(" · "),
      })),
    });
  if (document.scans.length > 0)
    sections.push({
      title: say(words.scans),
      lines: document.scans.flatMap((scan) => [
        { label: scan.symbology, text: scan.value },
        { label: null, text: when(scan.captured_at), isDetail: true },
      ]),
    });
  if (document.photos.length > 0)
    sections.push({
      title: say(words.photos),
      lines: document.photos.flatMap((photo) => [
        { label: say(roles[photo.role]), text: [when(photo.captured_at), photo.caption].filter(Boolean).join(" · "), photo },
        { label: null, text: photo.sha256 ?? say(words.photoUnbound), isDetail: true },
      ]),
    });
  return sections;
}

type Say = (word: Word, values?: Record<string, string | number>) => string;

function headLines(document: SheetDocument, say: Say, when: (at: string) => string): Line[] {
  const { site } = document;
  const lines: Line[] = [
    { label: say(words.company), text: document.organisation.name },
    { label: say(words.technician), text: document.technician.name },
    { label: say(words.customer), text: document.customer.name },
    { label: say(words.site), text: site.name },
  ];
  if (site.address) lines.push({ label: say(words.address), text: site.address });
  lines.push({ label: null, text: fenceText(site, say), isDetail: true });
  lines.push({ label: say(words.version), text: String(document.version) });
  if (document.corrects_version !== null)
    lines.push({ label: null, text: say(words.correction, { version: document.corrects_version }) });
  if (document.correction_reason) lines.push({ label: say(words.reason), text: document.correction_reason });
  if (document.evidence_until) lines.push({ label: say(words.evidenceUntil), text: when(document.evidence_until) });
  lines.push({ label: null, text: say(words.timesOf, { zone: site.time_zone }), isDetail: true });
  return lines;
}

function fenceText(site: SheetDocument["site"], say: Say): string {
  const position = degrees(site.position);
  if (site.radius_m !== null) return say(words.fenceRadius, { metres: site.radius_m, position });
  const ring = (site.polygon as { coordinates: number[][][] } | null)?.coordinates[0] ?? [];
  return say(words.fencePolygon, { corners: Math.max(0, ring.length - 1), position });
}

function fixText({ position, accuracy_m }: SheetDocument["check_ins"][number], say: Say): string {
  if (!position) return say(words.noPosition);
  const accuracy = accuracy_m === null ? "" : ` ${say(words.accuracy, { metres: Math.round(accuracy_m) })}`;
  return degrees(position) + accuracy;
}
