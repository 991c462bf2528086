import "./board.css";
import { useEffect } from "preact/hooks";
import { isoDayOf, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { LiveStatus } from "../live/live_status";
import { hrefTo, type Route, withQuery } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { Choice } from "../ui/choice";
import { Page } from "../ui/page";
import { Day, Toolbar } from "../ui/toolbar";
import { board as words } from "../words/board";
import { desk } from "../words/desk";
import { workStates } from "../words/work_states";
import type { Board } from "./board_state";
import { BoardRow } from "./board_row";
import { type Corrections, countText, OpenCorrections, useOpenCorrections } from "./open_corrections";
import { OpenRetakes } from "./open_retakes";
import { type Count, countsOf, rowsOf, shownOf } from "./rows";
import { useBoard } from "./use_board";
import { useNow } from "./use_now";

/** Today at a glance: who has what in which state, who is where, what is late; it changes as things happen. */
export default function BoardPage({ route }: PageProperties) {
  const day = route.query.get("day") ?? "";
  const { board, failure, reload, aheadMs } = useBoard(day);
  const nowMs = useNow(aheadMs);
  useNewDay(day === "" ? board : null, nowMs, reload);
  return (
    <Page title={t(words.title)} status={<LiveStatus />}>
      {failure && (
        <Banner tone="fail">
          <p>{failure}</p>
          <button type="button" class="button" onClick={reload}>
            {t(desk.tryAgain)}
          </button>
        </Banner>
      )}
      {board ? <TheDay board={board} nowMs={nowMs} route={route} /> : !failure && <p aria-busy="true">{t(desk.loading)}</p>}
    </Page>
  );
}

function TheDay({ board, nowMs, route }: { board: Board; nowMs: number; route: Route }) {
  const choice = { show: route.query.get("show") ?? "", technician: route.query.get("technician") ?? "" };
  const shown = shownOf(board, nowMs);
  const rows = rowsOf(board, shown, choice);
  const corrections = useOpenCorrections();
  return (
    <>
      <Counts counts={countsOf(shown)} retakes={board.retakes?.length ?? 0} corrections={corrections} show={choice.show} route={route} />
      <div class="board-filter">
        <Toolbar>
          <Day label={t(words.day)} value={board.day} onValue={(value) => withQuery(route, "day", value)} />
          <Choice
            label={t(words.technician)}
            all={t(words.everybody)}
            options={board.technicians.map(({ id, name }) => ({ value: id, label: name }))}
            value={choice.technician}
            onValue={(value) => withQuery(route, "technician", value)}
          />
        </Toolbar>
      </div>
      {!board.is_complete && <Banner tone="warn">{t(words.incomplete)}</Banner>}
      <section aria-label={t(words.people)}>
        {rows.map((row) => (
          <BoardRow key={row.technician?.id ?? "nobody"} row={row} nowMs={nowMs} day={board.day} timeZone={board.time_zone} />
        ))}
        {rows.length === 0 && <p class="desk-empty">{t(choice.show ? words.nothingFits : words.nothing)}</p>}
      </section>
      <OpenRetakes retakes={board.retakes ?? []} nowMs={nowMs} />
      {corrections && <OpenCorrections corrections={corrections} nowMs={nowMs} />}
    </>
  );
}

interface CountsProperties {
  counts: readonly Count[];
  retakes: number;
  corrections: Corrections | null;
  show: string;
  route: Route;
}

function Counts({ counts, retakes, corrections, show, route }: CountsProperties) {
  const label = (name: string) => (name === "late" ? t(words.late) : name === "soon" ? t(words.soon) : t(workStates[name as keyof typeof workStates]));
  const href = (name: string) => {
    const query = new URLSearchParams(route.query);
    if (name === show) query.delete("show");
    else query.set("show", name);
    return hrefTo(route.section || "board", route.parts, query);
  };
  return (
    <nav class="board-counts" aria-label={t(words.counts)}>
      {counts.map(({ show: name, count }) => (
        <a key={name} class={`board-count board-count-${count > 0 ? name : "none"}`} href={href(name)} aria-current={name === show ? "true" : undefined}>
          <strong>{count}</strong> {label(name)}
        </a>
      ))}
      <button type="button" class="board-count" onClick={() => document.getElementById("retakes")?.scrollIntoView()}>
        <strong>{retakes}</strong> {t(words.retakes)}
      </button>
      {corrections && (
        <button type="button" class="board-count" onClick={() => document.getElementById("corrections")?.scrollIntoView()}>
          <strong>{countText(corrections)}</strong> {t(words.corrections)}
        </button>
      )}
    </nav>
  );
}

/** Today's board becomes another one at midnight, by the organisation's clock. */
function useNewDay(board: Board | null, nowMs: number, reload: () => void): void {
  const isOver = board !== null && isoDayOf(nowMs, board.time_zone) !== board.day;
  useEffect(() => {
    if (isOver) reload();
  }, [isOver]);
}
