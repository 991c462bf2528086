import { useEffect, useMemo, useState } from "preact/hooks";
import { dayOf, isoDayOf, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Field as TextField } from "../../shared/ui/field";
import { LiveStatus } from "../live/live_status";
import { goTo, hrefTo, type Route, withQuery } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { Day as DayField, Toolbar } from "../ui/toolbar";
import { plan as words } from "../words/plan";
import { dayOfBoard, type Order, type Technician } from "./board";
import { HELP_ID } from "./card";
import type { Field } from "./carry";
import { ConflictDialog } from "./conflict_dialog";
import { DayGrid } from "./day_grid";
import { OrderDialog } from "./order_dialog";
import "./plan.css";
import { PlanDialog } from "./plan_dialog";
import { useCarry } from "./use_carry";
import { type PlanState, usePlan } from "./use_plan";
import { WaitingList } from "./waiting_list";
import { WeekGrid } from "./week_grid";
import { addDays, clock, daysBetween, isDay, mondayOf } from "./zone_time";

/** What the address asks for: the days of a view. */
function viewOf(route: Route, today: string) {
  const isWeek = route.parts[0] !== "day";
  const asked = route.query.get("day") ?? "";
  const day = isDay(asked) ? asked : today;
  const first = isWeek ? mondayOf(day) : day;
  return { isWeek, day, first, last: isWeek ? addDays(first, 6) : first };
}

/** An arrow's way within a day, minutes. */
const STEP_MINUTES = 15;

/** Who does what when: drawn about with the mouse, carried with the keys, or typed. */
export default function PlanPage({ person, route }: PageProperties) {
  const today = isoDayOf(Date.now(), person.organisation.time_zone);
  const view = viewOf(route, today);
  const state = usePlan(view.first, view.last, today);
  const { plan, planning, board } = state;
  const found = (route.query.get("technician") ?? "").trim().toLowerCase();
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const matching = useMemo(
    () => (plan?.technicians ?? []).filter(({ name }) => name.toLowerCase().includes(found)),
    [plan?.technicians, found],
  );
  const technicians = useMemo(() => matching.slice(0, most), [matching, most]);
  const [open, setOpen] = useState<{ order: Order; from: string | null } | null>(null);
  const [ordering, setOrdering] = useState<Technician | null>(null);
  const field: Field | null = useMemo(
    () =>
      plan && planning && board && plan.from === view.first && plan.to === view.last
        ? {
            board, planning, zone: plan.time_zone, today, technicians: technicians.map(({ id }) => id),
            days: daysBetween(view.first, view.last), stepMinutes: view.isWeek ? null : STEP_MINUTES,
          }
        : null,
    [plan, planning, board, technicians, view.first, view.last, view.isWeek, today],
  );
  const handles = useCarry({
    field, technicians: plan?.technicians ?? [], perform: state.perform, open: (order, from) => setOpen({ order, from }),
  });
  useUndoKey(state.undo);

  const title = view.isWeek
    ? `${dayOf(`${view.first}T12:00:00Z`, "UTC")} – ${dayOf(`${view.last}T12:00:00Z`, "UTC")}`
    : dayOf(`${view.first}T12:00:00Z`, "UTC");
  return (
    <Page title={t(words.title)} status={<>{title} · <LiveStatus /></>} actions={<Views route={route} view={view} today={today} state={state} />}>
      <Filters route={route} day={view.day} />
      <Notices state={state} />
      <p class="unseen" id={HELP_ID}>{t(words.cardHelp)}</p>
      <p class="unseen" role="status" aria-live="assertive">{handles.announcement}</p>
      {field && (
        <div class={handles.carried?.pointer ? "plan-work plan-dragging" : "plan-work"}>
          <div class="plan-main">
            {matching.length === 0 && <p class="desk-empty">{t(words.noTechnicians)}</p>}
            {view.isWeek ? (
              <WeekGrid field={field} technicians={technicians} handles={handles} />
            ) : (
              <DayGrid field={field} technicians={technicians} handles={handles} onOrder={setOrdering} />
            )}
            {matching.length > most && (
              <button type="button" class="button" onClick={() => setMost(most + ROWS_AT_ONCE)}>
                {t(words.moreTechnicians, { count: matching.length - most })}
              </button>
            )}
            <p class="quiet small">{t(words.help)}</p>
            <p class="quiet small">
              {t(words.estimate, { factor: field.planning.detour_factor, speed: field.planning.travel_speed_kmh })}
            </p>
          </div>
          <WaitingList board={field.board} zone={field.zone} handles={handles} />
        </div>
      )}
      <ListEnd more={null} failure={state.failure} isLoading={!field && state.isLoading} reload={state.reload} />
      {handles.carried?.pointer && (
        <p class="plan-hand" style={{ left: handles.carried.pointer.x, top: handles.carried.pointer.y }} aria-hidden="true">
          {handles.carried.target?.technician && `${clock(handles.carried.target.minute)} `}
          {handles.carried.order.number} {handles.carried.order.title}
        </p>
      )}
      {open && field && plan && (
        <PlanDialog
          order={open.order}
          from={open.from}
          technicians={plan.technicians}
          planning={field.planning}
          zone={field.zone}
          day={field.days.includes(today) ? today : view.first}
          onSave={(change) => void state.perform([{ seen: open.order, change }])}
          onClose={() => setOpen(null)}
        />
      )}
      {ordering && field && (
        <OrderDialog
          technician={ordering}
          day={dayOfBoard(field.board, ordering.id, view.first)}
          on={view.first}
          zone={field.zone}
          planning={field.planning}
          onAccept={(moves) => void state.perform(moves)}
          onClose={() => setOrdering(null)}
        />
      )}
      {state.conflict && plan && (
        <ConflictDialog conflict={state.conflict} technicians={plan.technicians} zone={plan.time_zone} onResolve={state.resolve} />
      )}
    </Page>
  );
}

/** Rows that are drawn before somebody asks for more. */
const ROWS_AT_ONCE = 40;

interface ViewsProperties {
  route: Route;
  view: ReturnType<typeof viewOf>;
  today: string;
  state: PlanState;
}

function Views({ route, view, today, state }: ViewsProperties) {
  const query = (day: string) => {
    const kept = new URLSearchParams(route.query);
    kept.set("day", day);
    return kept;
  };
  const name = view.isWeek ? "week" : "day";
  const step = view.isWeek ? 7 : 1;
  const go = (day: string) => () => goTo("plan", [name], query(day), { replace: true });
  return (
    <>
      <nav class="row plan-views" aria-label={t(words.view)}>
        <a class="button desk-quiet-button" href={hrefTo("plan", ["week"], query(view.day))} aria-current={view.isWeek ? "page" : undefined}>
          {t(words.week)}
        </a>
        <a class="button desk-quiet-button" href={hrefTo("plan", ["day"], query(view.day))} aria-current={view.isWeek ? undefined : "page"}>
          {t(words.day)}
        </a>
      </nav>
      <button type="button" class="button desk-quiet-button" onClick={go(addDays(view.first, -step))}>← {t(words.before)}</button>
      <button type="button" class="button desk-quiet-button" onClick={go(today)}>{t(words.today)}</button>
      <button type="button" class="button desk-quiet-button" onClick={go(addDays(view.first, step))}>{t(words.after)} →</button>
      <button type="button" class="button desk-quiet-button" disabled={state.undoable === 0} onClick={state.undo}>
        {state.undoable === 0 ? t(words.undo) : t(words.undoCount, { count: state.undoable })}
      </button>
    </>
  );
}

function Filters({ route, day }: { route: Route; day: string }) {
  return (
    <Toolbar>
      <DayField label={t(words.dayField)} value={day} onValue={(chosen) => isDay(chosen) && withQuery(route, "day", chosen)} />
      <TextField
        label={t(words.findTechnician)}
        value={route.query.get("technician") ?? ""}
        onValue={(name) => withQuery(route, "technician", name)}
        attributes={{ type: "search" }}
      />
    </Toolbar>
  );
}

function Notices({ state }: { state: PlanState }) {
  return (
    <>
      {state.refusal && <Banner tone="fail">{state.refusal}</Banner>}
      {state.plan && !state.plan.is_complete && <Banner tone="warn">{t(words.incomplete)}</Banner>}
    </>
  );
}

/** Ctrl+Z (⌘Z) where nobody is writing. */
function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isWriting = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, dialog");
      if (isWriting || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      undo();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [undo]);
}
