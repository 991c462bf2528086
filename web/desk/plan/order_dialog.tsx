import { useMemo } from "preact/hooks";
import { listed, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Dialog } from "../../shared/ui/dialog";
import { plan as words } from "../words/plan";
import { shell } from "../words/shell";
import type { Day, Stop, Technician } from "./board";
import { movableStops, movesOf, orderDay } from "./order_day";
import { STOPS_MAX } from "./propose";
import { durationText } from "./texts";
import type { Planning } from "./travel";
import type { Move } from "./use_plan";
import { clock, momentOf } from "./zone_time";

interface Properties {
  technician: Technician;
  day: Day;
  on: string;
  zone: string;
  planning: Planning;
  onAccept: (moves: Move[]) => void;
  onClose: () => void;
}

/** The day as it is beside the day as it could be visited; nothing changes before it is accepted. */
export function OrderDialog({ technician, day, on, zone, planning, onAccept, onClose }: Properties) {
  const isTooMuch = movableStops(day).length > STOPS_MAX;
  const order = useMemo(() => {
    const now = momentOf(Date.now(), zone);
    return isTooMuch ? null : orderDay(day, on, zone, planning, now.day === on ? now.minute : null);
  }, [day, on, zone, planning]);
  const saved = order ? order.travelNow - order.proposal.travelMinutes : 0;
  const accept = () => {
    if (order) onAccept(movesOf(order, on, zone));
    onClose();
  };
  return (
    <Dialog title={t(words.orderDayOf, { name: technician.name })} onClose={onClose}>
      {order ? (
        <div class="stack">
          <div class="plan-compare">
            <section>
              <h3>{t(words.orderNow)}</h3>
              <StopList stops={movableStops(day).map((stop) => ({ stop, start: stop.start, late: 0 }))} />
              <p>{t(words.orderTravel, { travel: durationText(order.travelNow) })}</p>
            </section>
            <section>
              <h3>{t(words.orderProposed)}</h3>
              <StopList stops={order.proposal.stops.map(({ id, start, late }) => ({ stop: order.stops.get(id) as Stop, start, late }))} />
              <p>{t(words.orderTravel, { travel: durationText(order.proposal.travelMinutes) })}</p>
            </section>
          </div>
          <p role="status">
            {saved > 0 ? t(words.orderSaves, { minutes: durationText(saved) }) : t(words.orderSavesNothing)}
          </p>
          {order.fixed.length > 0 && (
            <p>{t(words.orderKeeps, { numbers: listed(order.fixed.map((stop) => stop.order.number)) })}</p>
          )}
          <p class="quiet small">{t(words.orderHint)}</p>
        </div>
      ) : (
        <Banner tone="warn">{t(words.orderTooMany, { count: STOPS_MAX })}</Banner>
      )}
      <div class="row">
        {order && <button type="button" class="button button-primary" onClick={accept}>{t(words.accept)}</button>}
        <button type="button" class="button" onClick={onClose}>{t(shell.cancel)}</button>
      </div>
    </Dialog>
  );
}

function StopList({ stops }: { stops: readonly { stop: Stop; start: number; late: number }[] }) {
  return (
    <ol class="plan-order-list">
      {stops.map(({ stop, start, late }) => (
        <li key={stop.order.id}>
          {t(words.orderStop, { time: clock(start), number: stop.order.number, site: stop.site.name })}
          {late > 0 && <strong class="plan-remark"> {t(words.orderLate, { minutes: durationText(late) })}</strong>}
        </li>
      ))}
    </ol>
  );
}
