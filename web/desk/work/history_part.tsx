import { path } from "../../shared/api/client";
import { t } from "../../shared/i18n/i18n";
import { momentAt, ownZone } from "../moments";
import { ListEnd } from "../ui/list_end";
import { useAnswer } from "../ui/use_answer";
import { usePages } from "../ui/use_pages";
import { work as words } from "../words/work";
import { changesIn, type Event, type NameOf, stateText } from "./history_texts";
import type { Order } from "./order_texts";

/** Who, when, what: from old to new. */
export function HistoryPart({ order }: { order: Order }) {
  const pages = usePages<"listWorkOrderHistory">(path`/v1/work-orders/${order.id}/history`, { limit: 200 });
  const people = useAnswer<"listUsers">("/v1/users", { role: "technician", limit: 200 }).body?.items ?? [];
  const nameOf: NameOf = (id) => people.find((one) => one.id === id)?.name ?? id;
  return (
    <section class="work-section">
      <h2>{t(words.history)}</h2>
      <ol class="work-history">
        {pages.rows.map((event) => (
          <li key={event.id}>
            <p>
              <strong>{t(words[event.kind])}</strong> · {event.actor?.name ?? t(words.system)} ·{" "}
              <time dateTime={event.happened_at}>{momentAt(event.happened_at, ownZone())}</time>
            </p>
            <What event={event} order={order} nameOf={nameOf} />
          </li>
        ))}
      </ol>
      <ListEnd {...pages} />
    </section>
  );
}

function What({ event, order, nameOf }: { event: Event; order: Order; nameOf: NameOf }) {
  return (
    <>
      {event.to_state && event.kind === "state_changed" && <p>{`${stateText(event.from_state)} → ${stateText(event.to_state)}`}</p>}
      {changesIn(event, order, nameOf).map(({ field, from, to }) => (
        <p key={field}>
          {field}: <del>{from}</del> → <ins>{to}</ins>
        </p>
      ))}
      {event.reason && <p class="quiet">{event.reason}</p>}
    </>
  );
}
