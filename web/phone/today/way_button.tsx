import { useState } from "preact/hooks";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import { enqueueOnTheWay } from "../outbox/enqueue";
import { useOutbox } from "../outbox/use_outbox";
import type { StoredDay } from "../local/types";
import { today as words } from "../words/today";
import { canBeGoneTo, onTheWaySince, unsentReports } from "./on_the_way";
import type { WorkOrder } from "./plan_day";
import { newId } from "../../shared/new_id";

interface Properties {
  order: WorkOrder;
  day: StoredDay;
  userId: string;
}

/** Says that one is on the way, or takes it back; the customer's page shows it. Works without a network. */
export function WayButton({ order, day, userId }: Properties) {
  const outbox = useOutbox(userId);
  const [isBusy, setBusy] = useState(false);
  if (!outbox || !canBeGoneTo(order)) return null;
  const since = onTheWaySince(order, day.work_orders, outbox, userId, day.fetched_at_ms);
  const say = () => {
    setBusy(true);
    const body = { id: newId(), since: since === null ? new Date().toISOString() : null };
    void enqueueOnTheWay(userId, order, body, unsentReports(outbox, order.id)).finally(() => setBusy(false));
  };
  return (
    <>
      <span role="status" class={since === null ? undefined : "tag tag-info"}>
        {since !== null && t(words.onTheWaySince, { time: timeOfDay(since, order.site.time_zone) })}
      </span>
      <button type="button" class="button" onClick={say} disabled={isBusy}>
        {t(since === null ? words.onTheWay : words.notOnTheWay)}
        <span class="unseen"> {order.title}</span>
      </button>
    </>
  );
}
