import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { listed, t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { hrefTo } from "../shell/route";
import { type Column, DataTable } from "../ui/data_table";
import { FormDialog } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { usePages } from "../ui/use_pages";
import { administration } from "../words/administration";
import { retention as words } from "../words/retention";
import { moment } from "./moments";
import { visitIdOf } from "./retention_rules";

type Hold = Schema<"Hold">;

/** Visits of which nothing is removed. */
export function Holds({ timeZone }: { timeZone: string }) {
  const pages = usePages<"listHolds">("/v1/holds");
  const [released, setReleased] = useState<Hold | null>(null);
  const [isAdding, setAdding] = useState(false);
  return (
    <section class="stack">
      <div class="administration-head">
        <h2>{t(words.holds)}</h2>
        <button type="button" class="button" onClick={() => setAdding(true)}>
          {t(words.hold)}
        </button>
      </div>
      <p class="quiet">{t(words.holdsExplained)}</p>
      <DataTable
        caption={t(words.holds)}
        columns={columnsFor(timeZone, setReleased)}
        rows={pages.rows}
        keyOf={(hold) => hold.visit_id}
        hrefOf={(hold) => hrefTo("visits", [hold.visit_id])}
        empty={pages.isLoading ? "" : t(words.noHolds)}
      />
      <ListEnd {...pages} />
      {isAdding && <HoldDialog onClose={() => setAdding(false)} onDone={pages.reload} />}
      {released && (
        <FormDialog
          title={t(words.releaseTitle, { site: released.site })}
          action={t(words.release)}
          submit={async () => {
            await api.call<"releaseVisit">({ method: "DELETE", path: path`/v1/visits/${released.visit_id}/hold` });
            pages.reload();
          }}
          onClose={() => setReleased(null)}
        >
          {() => <p>{t(words.releaseExplained)}</p>}
        </FormDialog>
      )}
    </section>
  );
}

function columnsFor(timeZone: string, release: (hold: Hold) => void): Column<Hold>[] {
  return [
    { name: t(words.site), cell: (hold) => hold.site },
    { name: t(words.technician), cell: (hold) => hold.technician.name },
    { name: t(words.at), cell: (hold) => moment(hold.first_seen_at, timeZone) },
    { name: t(words.reason), cell: (hold) => hold.reason },
    { name: t(words.heldBy), cell: (hold) => listed([hold.held_by.name, moment(hold.held_at, timeZone)]) },
    {
      name: t(administration.actions),
      cell: (hold) => (
        <div class="administration-actions">
          <button type="button" class="button" aria-label={`${t(words.release)}, ${hold.site}`} onClick={() => release(hold)}>
            {t(words.release)}
          </button>
        </div>
      ),
    },
  ];
}

function HoldDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [visit, setVisit] = useState("");
  const [reason, setReason] = useState("");
  const [isUnknown, setUnknown] = useState(false);
  const submit = async () => {
    const id = visitIdOf(visit);
    setUnknown(id === null);
    if (id === null) throw new Error(t(words.notAVisit));
    await api.call<"holdVisit">({ method: "PUT", path: path`/v1/visits/${id}/hold`, json: { reason: reason.trim() } });
    onDone();
  };
  return (
    <FormDialog title={t(words.hold)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <Field label={t(words.visit)} hint={t(words.visitHint)} value={visit} onValue={setVisit} error={isUnknown ? t(words.notAVisit) : null} attributes={{ maxLength: 500, autoComplete: "off" }} />
          <Field label={t(words.reason)} value={reason} onValue={setReason} error={errorOf("/reason")} lines={3} attributes={{ maxLength: 500 }} />
        </>
      )}
    </FormDialog>
  );
}
