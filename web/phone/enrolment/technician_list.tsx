import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import type { Schema } from "../../shared/api/types";
import { Banner } from "../../shared/ui/banner";
import { Field } from "../../shared/ui/field";
import { problemText } from "../problem_text";
import { enrolment as words } from "../words/enrolment";
import { managerApi } from "./manager_session";

type Page = Schema<"UserPage">;

const SHOWN_MOST = 50;
/** Typing goes on: the server is asked when it pauses. */
const PAUSE_MS = 250;

/** Technicians who can log in, by name; a button each. */
export function TechnicianList({ onChoose }: { onChoose: (technician: Schema<"User">) => void }) {
  const [part, setPart] = useState("");
  const [page, setPage] = useState<Page | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      readTechnicians(part, aborter.signal).then(
        (found) => {
          setPage(found);
          setTrouble(null);
        },
        (error: unknown) => !aborter.signal.aborted && setTrouble(problemText(error)),
      );
    }, part ? PAUSE_MS : 0);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [part]);
  return (
    <section class="stack">
      <Field label={t(words.search)} value={part} onValue={setPart} attributes={{ type: "search", maxLength: 100 }} />
      {trouble && <Banner tone="fail">{trouble}</Banner>}
      {page?.items.length === 0 && <p role="status">{t(words.nobody)}</p>}
      <ul class="list">
        {page?.items.map((technician) => (
          <li key={technician.id}>
            <button type="button" class="button button-wide" onClick={() => onChoose(technician)}>
              {technician.name}
              <span class="quiet small">{technician.log_in}</span>
            </button>
          </li>
        ))}
      </ul>
      {page?.next_cursor && <p class="quiet">{t(words.more)}</p>}
    </section>
  );
}

async function readTechnicians(part: string, signal: AbortSignal): Promise<Page> {
  const query = { role: "technician", disabled: "false", limit: SHOWN_MOST, q: part.trim() || undefined };
  const { body } = await managerApi.call<"listUsers">({ method: "GET", path: "/v1/users", query, signal });
  return body;
}
