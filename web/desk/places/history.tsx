import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { dayOf, t } from "../../shared/i18n/i18n";
import { timeAt } from "../moments";
import type { Person } from "../session";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { usePages } from "../ui/use_pages";
import { places as words } from "../words/places";

type Event = Schema<"AuditEvent">;

/** Who changed what; for those who may read the trail, once they ask. */
export function History({ person, id, version }: { person: Person; id: string; version: number }) {
  const [isOpen, setOpen] = useState(false);
  if (person.user.role !== "manager" && person.user.role !== "administrator") return null;
  return (
    <section class="places-part">
      <h2>{t(words.history)}</h2>
      {isOpen ? (
        <Trail key={version} id={id} timeZone={person.organisation.time_zone} />
      ) : (
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {t(words.historyShow)}
        </button>
      )}
    </section>
  );
}

function actionText(action: Event["action"]): string {
  if (action === "created" || action === "changed" || action === "deleted") return t(words[action]);
  return action;
}

function Changes({ event }: { event: Event }) {
  return (
    <>
      {actionText(event.action)}
      {event.changes.map(({ field, from, to }) => (
        <div key={field} class="small">
          <code>{field}</code>: {from ?? "–"} → {to ?? "–"}
        </div>
      ))}
    </>
  );
}

function Trail({ id, timeZone }: { id: string; timeZone: string }) {
  const pages = usePages<"listAuditTrail">("/v1/audit-trail", { entity_id: id });
  const columns: readonly Column<Event>[] = [
    { name: t(words.when), cell: ({ happened_at }) => `${dayOf(happened_at, timeZone)} ${timeAt(happened_at, timeZone)}` },
    { name: t(words.who), cell: ({ actor }) => actor?.name },
    { name: t(words.what), cell: (event) => <Changes event={event} /> },
  ];
  return (
    <>
      {(pages.rows.length > 0 || !pages.isLoading) && !pages.failure && (
        <DataTable caption={t(words.history)} columns={columns} rows={pages.rows} keyOf={(event) => event.id} empty={t(words.noHistory)} />
      )}
      <ListEnd {...pages} />
    </>
  );
}
