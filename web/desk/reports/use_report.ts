import { useEffect, useState } from "preact/hooks";
import type { SuccessOf } from "../../shared/api/types";
import { currentLanguage } from "../../shared/i18n/i18n";
import { failureText } from "../failure_text";
import { read } from "../ui/use_answer";
import { type Asked, pathOf, queryOf, stepOf } from "./asked";

export type Report = SuccessOf<"getEvidenceReport"> | SuccessOf<"getServiceReport">;

/** What was answered, with what was asked: numbers are never shown under another question. */
export interface Shown {
  readonly asked: Asked;
  readonly trend: Report;
  /** Null: the groups are the days or weeks of the trend. */
  readonly groups: Report | null;
}

/** The report of an address; the one before stays until it is there. */
export function useReport(asked: Asked): { shown: Shown | null; failure: string | null; isLoading: boolean } {
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const { kind, days, by, filters } = asked;
  useEffect(() => {
    const aborter = new AbortController();
    const step = stepOf(asked);
    const ask = (group: Asked["by"]) =>
      read<"getEvidenceReport" | "getServiceReport">(pathOf(kind), queryOf(asked, group), aborter.signal);
    setLoading(true);
    Promise.all([ask(step), by === step ? null : ask(by)])
      .then(([trend, groups]) => {
        if (aborter.signal.aborted) return;
        setShown({ asked, trend, groups });
        setFailure(null);
      })
      .catch((error: unknown) => !aborter.signal.aborted && setFailure(failureText(error)))
      .finally(() => !aborter.signal.aborted && setLoading(false));
    return () => aborter.abort();
  }, [JSON.stringify([kind, days, by, filters, currentLanguage()])]);
  return { shown, failure, isLoading };
}
