import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { Choice } from "../ui/choice";
import { policy as words } from "../words/policy";
import type { Draft, ListName, Policy } from "./policy_change";

const SHOWN: readonly Policy["customer_page"]["photos"][] = ["none", "signed", "approved", "all"];

interface Properties {
  policy: Policy;
  draft: Draft;
  errors: Schema<"Problem">["errors"];
  onChange: (draft: Draft) => void;
}

/** What stands beside the limits: reasons to choose from, listed receivers, what customers see. */
export function OtherSettings({ policy, draft, errors, onChange }: Properties) {
  const errorAt = (start: string) => errors.find(({ pointer }) => pointer.startsWith(start))?.detail ?? null;
  const list = (name: ListName) => ({
    value: draft.lists?.[name] ?? policy[name].join("\n"),
    onValue: (typed: string) => onChange({ ...draft, lists: { ...draft.lists, [name]: typed } }),
    error: errorAt(`/${name}`),
    lines: 5,
  });
  return (
    <div class="administration-limits">
      <Field label={t(words.reviewReasons)} hint={t(words.reviewReasonsHint)} {...list("review_reasons")} />
      <Field label={t(words.receivers)} hint={t(words.receiversHint)} {...list("receiver_device_ids")} />
      <Choice
        label={t(words.shownPhotos)}
        options={SHOWN.map((value) => ({ value, label: t(words[value]) }))}
        value={draft.shownPhotos ?? policy.customer_page.photos}
        onValue={(value) => onChange({ ...draft, shownPhotos: value as Policy["customer_page"]["photos"] })}
        error={errorAt("/customer_page/photos")}
      />
      <Field
        label={t(words.linkDays)}
        hint={t(words.linkDaysHint)}
        value={draft.linkDays ?? String(policy.customer_page.link_days)}
        onValue={(linkDays) => onChange({ ...draft, linkDays })}
        error={errorAt("/customer_page/link_days")}
        attributes={{ inputMode: "numeric", maxLength: 6, autoComplete: "off" }}
      />
    </div>
  );
}
