import { t } from "../../shared/i18n/i18n";
import { goTo } from "../shell/route";
import { ListEnd } from "../ui/list_end";
import { type QueryValues } from "../ui/use_answer";
import { usePages } from "../ui/use_pages";
import { trail as words } from "../words/trail";
import { exactMoment } from "./moments";
import { type AuditChange, type AuditEvent, deviceOf, fieldOf, isTold, sentenceOf, valueOf } from "./trail_sentences";

/** Lines of the audit trail, newest first, as sentences with old and new values. */
export function EventList({ query, timeZone }: { query: QueryValues; timeZone: string }) {
  const pages = usePages<"listAuditTrail">("/v1/audit-trail", query);
  return (
    <>
      {pages.rows.length === 0 && !pages.isLoading && !pages.failure && <p class="desk-empty">{t(words.nothing)}</p>}
      <ol class="list">
        {pages.rows.map((event) => (
          <EventLine key={event.id} event={event} timeZone={timeZone} />
        ))}
      </ol>
      <ListEnd {...pages} />
    </>
  );
}

function EventLine({ event, timeZone }: { event: AuditEvent; timeZone: string }) {
  const { actor, entity } = event;
  return (
    <li class="administration-event">
      <p>{sentenceOf(event)}</p>
      <Changes event={event} timeZone={timeZone} />
      <p class="quiet small row">
        <time dateTime={event.happened_at}>{exactMoment(event.happened_at, timeZone)}</time>
        {event.address && <span>{t(words.fromAddress, { address: event.address })}</span>}
        {event.device_name && <span>{t(words.onDevice, { device: deviceOf(event.device_name) })}</span>}
        {actor && <Narrow label={t(words.onlyThem)} name="user_id" id={actor.id} of={actor.name} />}
        {entity.id && <Narrow label={t(words.onlyThis)} name="entity_id" id={entity.id} of={entity.name ?? ""} />}
      </p>
    </li>
  );
}

function Narrow({ label, name, id, of }: { label: string; name: string; id: string; of: string }) {
  const narrow = (click: Event) => {
    click.preventDefault();
    goTo("administration", ["trail"], { [name]: id });
  };
  return (
    <a href={`#/administration/trail?${name}=${id}`} aria-label={`${label}: ${of}`} onClick={narrow}>
      {label}
    </a>
  );
}

function Changes({ event, timeZone }: { event: AuditEvent; timeZone: string }) {
  const changes = event.changes.filter((change) => isTold(event, change));
  if (changes.length === 0) return null;
  return (
    <ul class="administration-changes">
      {changes.map((change) => (
        <li key={change.field}>
          <ChangeOf event={event} change={change} timeZone={timeZone} />
        </li>
      ))}
    </ul>
  );
}

function ChangeOf({ event, change, timeZone }: { event: AuditEvent; change: AuditChange; timeZone: string }) {
  const { from, to } = change;
  if (change.field === "password") return <>{t(words.newPassword)}</>;
  const field = fieldOf(change.field);
  return (
    <>
      {field}
      {t(words.colon)}
      {from !== null && <del>{valueOf(event, change, from, timeZone)}</del>}
      {from !== null && to !== null && " → "}
      {to !== null && <ins>{valueOf(event, change, to, timeZone)}</ins>}
    </>
  );
}
