/** The audit trail in words. */
import type { Schema } from "../../shared/api/types";
import { listed, t, type Word } from "../../shared/i18n/i18n";
import { findingTitles, otherFindingTitles } from "../words/findings";
import { thresholdTitles } from "../words/thresholds";
import { administration } from "../words/administration";
import { policy } from "../words/policy";
import { exactMoment } from "./moments";
import { actions, exportedLists, fieldNames, logInFailures, things, trail as words } from "../words/trail";

export type AuditEvent = Schema<"AuditEvent">;
export type AuditChange = Schema<"AuditChange">;

const known = (dictionary: Record<string, Word>, name: string): Word | undefined =>
  Object.hasOwn(dictionary, name) ? dictionary[name] : undefined;

/** "the person “王芳”" */
function thingOf({ action, entity }: AuditEvent): string {
  if (entity.kind === "user" && entity.name === null) return t(words.unknownLogIn);
  const list = action === "exported" && entity.name !== null ? known(exportedLists, entity.name) : undefined;
  if (list) return t(list);
  return t(things[entity.kind], { name: entity.name ?? "" }).trim();
}

/** "李伟 changed the person “王芳”" */
export function sentenceOf(event: AuditEvent): string {
  return t(actions[event.action], { actor: event.actor?.name ?? t(words.somebody), thing: thingOf(event) });
}

/** What a field is called: the last part of a policy's path by its own words. */
export function fieldOf(field: string): string {
  const [group, name] = field.split(".");
  const word =
    group === "thresholds" && name ? known(thresholdTitles, name)
    : group === "verdicts" && name ? known({ ...findingTitles, ...otherFindingTitles }, name)
    : known(fieldNames, field);
  return word ? t(word) : field;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A time by the reader's calendar, a role or why a log-in failed in words; anything else as it is. */
export function valueOf(event: AuditEvent, change: AuditChange, value: string, timeZone: string): string {
  if (change.field.endsWith("_at") && TIME.test(value)) return exactMoment(value, timeZone);
  const word =
    event.action === "log_in_failed" && change.field === "reason" ? known(logInFailures, value)
    : event.entity.kind === "user" && (change.field === "role" || change.field === "language") ? known(administration, value)
    : change.field.startsWith("verdicts.") ? known(policy, value)
    : undefined;
  return word ? t(word) : value;
}

/** An id of somebody says nothing to people; the sentence names them. */
export const isTold = (event: AuditEvent, { field }: AuditChange): boolean =>
  !(field === "user_id" && (event.entity.kind === "enrolment" || event.entity.kind === "device"));

const BROWSERS = [[/Edg\//, "Edge"], [/OPR\//, "Opera"], [/Firefox\//, "Firefox"], [/Chrome\//, "Chrome"], [/Safari\//, "Safari"]] as const;
const SYSTEMS = [[/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Windows/, "Windows"], [/Mac OS X/, "macOS"], [/Linux/, "Linux"]] as const;

/** "Chrome, Windows" of what a browser calls itself; another device as it was named. */
export function deviceOf(name: string): string {
  if (!name.startsWith("Mozilla/")) return name;
  const found = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(name))?.[1]).filter(Boolean);
  return found.length > 0 ? listed(found) : name;
}
