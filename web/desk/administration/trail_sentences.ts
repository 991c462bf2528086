/** The audit trail in words. */
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { findingTitles, otherFindingTitles } from "../words/findings";
import { thresholdTitles } from "../words/thresholds";
import { actions, fieldNames, logInFailures, things, trail as words } from "../words/trail";

export type AuditEvent = Schema<"AuditEvent">;
export type AuditChange = Schema<"AuditChange">;

const known = (dictionary: Record<string, Word>, name: string): Word | undefined =>
  Object.hasOwn(dictionary, name) ? dictionary[name] : undefined;

/** "the person “王芳”" */
function thingOf({ entity }: AuditEvent): string {
  if (entity.kind === "user" && entity.name === null) return t(words.unknownLogIn);
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

/** Why a log-in failed, in words; anything else as it is. */
export function valueOf(event: AuditEvent, change: AuditChange, value: string): string {
  const word = event.action === "log_in_failed" && change.field === "reason" ? known(logInFailures, value) : undefined;
  return word ? t(word) : value;
}
