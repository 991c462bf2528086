import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { dayOf, distance, isoDayOf, listed, t, timeOfDay } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { useObservable } from "../../shared/ui/observable";
import type { Schema } from "../../shared/api/types";
import { retakeAddress, sheetAddress, siteAddress } from "../addresses";
import type { Progress } from "../at_site/checklist";
import { distanceM } from "../../shared/site/geodesic";
import { follow, followIfAllowed, here } from "../device/here";
import { fetchDay, readDay } from "../local/day";
import { listPhotosOf } from "../local/photos";
import { readSettings } from "../local/settings";
import type { NavigationApp, StoredDay, VisitDraft } from "../local/types";
import { useStored } from "../local/use_stored";
import { listVisits } from "../local/visits";
import { useOutbox } from "../outbox/use_outbox";
import { problemText } from "../problem_text";
import { useSession } from "../session_context";
import { correctionsToMake, finishedHere, progressHere, takenAgain } from "../today/local_progress";
import { navigationLink } from "../today/navigation";
import { isLate, planDay, positionOf, type WorkOrder } from "../today/plan_day";
import { roles } from "../../shared/words/roles";
import { WayButton } from "../today/way_button";
import { correction } from "../words/correction";
import { today as words } from "../words/today";

/** The technician's day: what was left open first, then the visits in their order. */
export default function TodayScreen() {
  const { user } = useSession();
  const day = useStored(["days"], async () => (await readDay(user.id)) ?? null, [user.id]);
  const visits = useStored(["visits"], () => listVisits(user.id), [user.id]) ?? [];
  const photos = useStored(["photos"], () => listPhotosOf(user.id), [user.id]) ?? [];
  const outbox = useOutbox(user.id) ?? [];
  const app = useStored(["settings"], readSettings)?.navigation_app ?? "geo";
  const { isBusy, trouble, refresh } = useRefresh(user.id);
  const from = useObservable(here);
  useEffect(() => {
    let stop = () => {};
    let isOver = false;
    void followIfAllowed().then((ending) => {
      stop = ending;
      if (isOver) stop();
    });
    return () => {
      isOver = true;
      stop();
    };
  }, []);

  if (day === undefined) return null;
  const left = finishedHere(visits, outbox, day?.fetched_at_ms ?? 0);
  const openVisits = visits.filter((visit) => visit.left_at === null);
  const open = new Set(openVisits.flatMap((visit) => visit.work_order_ids));
  const plan = planDay(day?.work_orders ?? [], Date.now(), from, left, open);
  const card = (order: WorkOrder) => (
    <OrderCard
      key={order.id}
      order={order}
      app={app}
      visit={visitFor(order, openVisits)}
      way={day && !left.has(order.id) && <WayButton order={order} day={day} userId={user.id} />}
      progress={progressHere(order, visits, photos, day?.retakes ?? [], outbox)}
    />
  );
  return (
    <main class="page">
      <div class="row row-spread">
        <h1>{t(words.title)}</h1>
        <button class="button" onClick={refresh} disabled={isBusy}>
          {t(isBusy ? words.refreshing : words.refresh)}
        </button>
      </div>
      {trouble && <Banner tone="warn">{trouble}</Banner>}
      {day && <p class="quiet small">{t(words.asOf, { time: asOf(day.fetched_at_ms) })}</p>}
      {!day && !isBusy && <p>{t(words.neverFetched)}</p>}
      {day && <Retakes retakes={openRetakes(day, takenAgain(photos, outbox))} />}
      {day && <Corrections corrections={correctionsToMake(day.corrections ?? [], visits)} />}
      {day && plan.today.length === 0 && <p>{t(words.nothing)}</p>}
      {plan.today.length > 0 && !from && "geolocation" in navigator && (
        <p>
          <button class="button" onClick={() => follow()}>
            {t(words.showDistances)}
          </button>
        </p>
      )}
      <ul class="list">{plan.today.map(card)}</ul>
      <Fold title={t(words.later, { count: plan.later.length })} orders={plan.later} card={card} />
      <Fold title={t(words.finished, { count: plan.finished.length })} orders={plan.finished} card={card} />
    </main>
  );
}

/** Fetches when the screen opens and when asked to. */
function useRefresh(userId: string) {
  const [isBusy, setBusy] = useState(true);
  const [trouble, setTrouble] = useState<string | null>(null);
  const refresh = () => {
    setBusy(true);
    fetchDay(userId)
      .then(
        () => setTrouble(null),
        // Without a network the notice above says so already.
        (error: unknown) => setTrouble(navigator.onLine ? problemText(error) : null),
      )
      .finally(() => setBusy(false));
  };
  useEffect(refresh, [userId]);
  return { isBusy, trouble, refresh };
}

const asOf = (ms: number) => (isoDayOf(ms) === isoDayOf(Date.now()) ? timeOfDay(ms) : `${dayOf(ms)} ${timeOfDay(ms)}`);

const visitFor = (order: WorkOrder, open: VisitDraft[]) => open.find((visit) => visit.work_order_ids.includes(order.id));

function Fold({ title, orders, card }: { title: string; orders: WorkOrder[]; card: (o: WorkOrder) => preact.JSX.Element }) {
  if (orders.length === 0) return null;
  return (
    <details class="section">
      <summary>{title}</summary>
      <ul class="list">{orders.map(card)}</ul>
    </details>
  );
}

const openRetakes = (day: StoredDay, taken: ReadonlySet<string>) =>
  day.retakes.filter(({ photo_id }) => !taken.has(photo_id));

function Retakes({ retakes }: { retakes: StoredDay["retakes"] }) {
  if (retakes.length === 0) return null;
  return (
    <section class="section" aria-labelledby="retakes">
      <h2 id="retakes">{t(words.retakes)}</h2>
      <ul class="list">
        {retakes.map((retake) => (
          <li class="card card-retake" key={retake.id}>
            <a class="card-title" href={retakeAddress(retake)}>
              <h3>{t(words.retake, { role: t(roles[retake.photo_role]) })}</h3>
              <p>{retake.site.name}</p>
            </a>
            <p>{retake.reason}</p>
            <p class="quiet small">{retake.requested_by.name}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Corrections({ corrections }: { corrections: readonly Schema<"Correction">[] }) {
  if (corrections.length === 0) return null;
  return (
    <section class="section" aria-labelledby="corrections">
      <h2 id="corrections">{t(correction.title)}</h2>
      <ul class="list">
        {corrections.map(({ id, visit_id, sheet_version, site, reason, requested_by }) => (
          <li class="card card-retake" key={id}>
            <a class="card-title" href={sheetAddress(visit_id)}>
              <h3>{t(correction.card, { version: sheet_version })}</h3>
              <p>{site.name}</p>
            </a>
            <p>{reason}</p>
            <p class="quiet small">{requested_by.name}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OrderCardProperties {
  order: WorkOrder;
  app: NavigationApp;
  /** The visit for it that was not left yet. */
  visit: VisitDraft | undefined;
  progress: Progress[];
  /** Saying that one is on the way. */
  way: ComponentChildren;
}

function OrderCard({ order, app, visit, progress, way }: OrderCardProperties) {
  const from = useObservable(here);
  const { site } = order;
  const late = isLate(order, Date.now());
  const contact = site.contacts.find(({ phone }) => phone);
  return (
    <li class={late ? "card card-late" : "card"}>
      <a class="card-title" href={siteAddress(order.id)}>
        <h2>{order.title}</h2>
        <p>
          <strong>{site.name}</strong> · {site.customer_name}
        </p>
      </a>
      <p class="row">
        <span>{planned(order)}</span>
        {late && <span class="tag tag-fail">{t(words.late)}</span>}
        {visit && <span class="tag tag-good">{t(words.onSite)}</span>}
        {order.priority === "urgent" && <span class="tag tag-fail">{t(words.urgent)}</span>}
        {order.priority === "high" && <span class="tag tag-warn">{t(words.high)}</span>}
      </p>
      <p class="quiet small">
        {listed([order.number, site.address, from && t(words.away, { distance: distance(distanceM(from, positionOf(site))) })], " · ")}
      </p>
      {visit && <p class="quiet small">{t(words.since, { time: timeOfDay(visit.started_at, site.time_zone) })}</p>}
      <Checklist progress={progress} />
      <div class="card-actions">
        <a class="button button-primary" href={siteAddress(order.id)}>
          {t(visit ? words.goOn : words.open)}
          <span class="unseen"> {order.title}</span>
        </a>
        {!visit && way}
        <a
          class="button"
          href={navigationLink(app, positionOf(site), site.name)}
          target={app === "geo" ? undefined : "_blank"}
          rel="noreferrer"
          aria-label={t(words.navigateTo, { site: site.name })}
        >
          {t(words.navigate)}
        </a>
        {contact && (
          <a class="button" href={`tel:${contact.phone}`}>
            {t(words.call, { name: contact.name })}
          </a>
        )}
      </div>
    </li>
  );
}

/** The plan, or else the window, in the site's own time; said so when the phone lives in another zone. */
function planned(order: WorkOrder): string {
  const zone = order.site.time_zone;
  const at = (time: string) => {
    const day = isoDayOf(time, zone) === isoDayOf(Date.now(), zone) ? "" : `${dayOf(time, zone)} `;
    return day + timeOfDay(time, zone);
  };
  const { planned_starts_at: begin, window_starts_at: starts, window_ends_at: ends, due_at: due } = order;
  let text: string;
  if (begin) {
    const promised = starts && ends && t(words.promised, { window: `${at(starts)}–${timeOfDay(ends, zone)}` });
    text = [t(words.plannedAt, { time: at(begin) }), promised].filter(Boolean).join(" · ");
  } else if (starts && ends) text = t(words.window, { from: at(starts), to: timeOfDay(ends, zone) });
  else if (starts) text = t(words.startsAt, { time: at(starts) });
  else if (ends ?? due) text = t(words.dueAt, { time: at((ends ?? due) as string) });
  else return t(words.noTime);
  const isElsewhere = timeOfDay(Date.now(), zone) !== timeOfDay(Date.now());
  return isElsewhere ? `${text} (${t(words.localTime)})` : text;
}

function Checklist({ progress }: { progress: Progress[] }) {
  if (progress.length === 0) return null;
  const done = progress.filter(({ isDone }) => isDone).length;
  return (
    <details>
      <summary>
        {t(words.evidence)}: {t(words.evidenceDone, { done, count: progress.length })}
      </summary>
      <ul class="checklist">
        {progress.map(({ item, isDone, wanted }) => (
          <li key={item.id}>
            <span class="checklist-mark" aria-hidden="true">
              {isDone ? "✓" : "○"}
            </span>
            <span>
              {t(item.kind === "photo" ? words.photo : words.scan)}: {item.label}
              {wanted > 1 && ` ×${wanted}`}
              {!item.required && <span class="quiet"> ({t(words.optional)})</span>}
              <span class="unseen"> ({t(isDone ? words.itemDone : words.itemMissing)})</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
