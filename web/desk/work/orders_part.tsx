import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { listed, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { momentAt } from "../moments";
import { goTo, hrefTo, type Route, withQuery } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { Choice } from "../ui/choice";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { NameFilter } from "../ui/name_filter";
import { SearchField } from "../ui/search_field";
import { Day, Toolbar } from "../ui/toolbar";
import { useAnswer } from "../ui/use_answer";
import { FIRST_PAGE, usePages } from "../ui/use_pages";
import { useNews } from "../visits/news";
import { shell } from "../words/shell";
import { work as words } from "../words/work";
import { workStates } from "../words/work_states";
import { type Batch, BatchDialog, BatchMade } from "./batch_dialog";
import { OrderDialog } from "./order_dialog";
import { type Order, StateTag, windowText } from "./order_texts";
import { queryOf, WHICH } from "./orders_query";

type State = Schema<"WorkOrderState">;

/** The dispatcher's list; what it shows stands in the address. */
export function OrdersPart({ person, route }: PageProperties) {
  const [asked, setAsked] = useState<"one" | "many" | null>(null);
  const [made, setMade] = useState<Batch | null>(null);
  const zone = person.organisation.time_zone;
  const pages = usePages<"listWorkOrders">("/v1/work-orders", queryOf(route.query, zone));
  useNews(["work_order", "site", "customer", "user"], () => true, pages.refresh);
  const isSearch = route.query.get("q") !== null;
  return (
    <>
      <div class="row row-spread">
        <div class="row">
          <SearchField label={t(words.find)} value={route.query.get("q") ?? ""} onValue={(value) => withQuery(route, "q", value)} />
          <button type="button" class="button work-clear" disabled={[...route.query].length === 0} onClick={() => goTo("work", ["orders"])}>
            {t(words.clear)}
          </button>
        </div>
        <div class="row">
          <button type="button" class="button button-primary" onClick={() => setAsked("one")}>
            {t(words.newOrder)}
          </button>
          <button type="button" class="button" onClick={() => setAsked("many")}>
            {t(words.newBatch)}
          </button>
        </div>
      </div>
      <Filters route={route} />
      <DataTable
        caption={t(words.orders)}
        columns={columns()}
        rows={pages.rows}
        keyOf={(order) => order.id}
        hrefOf={(order) => hrefTo("work", ["orders", order.id])}
        empty={pages.isLoading ? "" : t(words.noOrders)}
      />
      {isSearch && pages.more && pages.rows.length < FIRST_PAGE && <Banner tone="info">{t(words.searchGoesOn)}</Banner>}
      <ListEnd {...pages} />
      {asked === "one" && (
        <OrderDialog order={null} onClose={() => setAsked(null)} onDone={(id) => goTo("work", ["orders", id])} />
      )}
      {asked === "many" && <BatchDialog onClose={() => setAsked(null)} onDone={(batch) => (setMade(batch), pages.reload())} />}
      {made && <BatchMade batch={made} onClose={() => setMade(null)} />}
    </>
  );
}

function columns(): Column<Order>[] {
  return [
    { name: t(words.number), cell: (order) => order.number },
    { name: t(words.subject), cell: (order) => order.title },
    { name: t(words.state), cell: (order) => <StateTag order={order} /> },
    { name: t(words.site), cell: ({ site }) => <div>{site.name}<div class="quiet small">{site.customer_name}</div></div> },
    { name: t(words.window), cell: windowText, isWhole: true },
    { name: t(words.due), cell: ({ due_at: due, site }) => (due ? momentAt(due, site.time_zone) : ""), isWhole: true },
    { name: t(words.technicians), cell: ({ assignees }) => listed(assignees.map(({ name }) => name)) || t(words.nobody) },
    { name: t(words.priority), cell: ({ priority }) => <span class="work-word">{priority === "high" || priority === "urgent" ? <strong>{t(words[priority])}</strong> : t(words[priority])}</span> },
  ];
}

function Filters({ route }: { route: Route }) {
  const { query } = route;
  const set = (name: string) => (value: string) => withQuery(route, name, value);
  const states = Object.keys(workStates) as State[];
  const technicians = useAnswer<"listUsers">("/v1/users", { role: "technician", limit: 200 }).body?.items ?? [];
  return (
    <Toolbar>
      <Choice
        label={t(words.which)}
        options={WHICH.map((value) => ({ value, label: t(value === "all" ? shell.all : words[value]) }))}
        value={query.get("which") ?? "open"}
        onValue={(value) => set("which")(value === "open" ? "" : value)}
      />
      <Choice
        label={t(words.state)}
        all={t(shell.all)}
        options={states.map((value) => ({ value, label: t(workStates[value]) }))}
        value={query.get("state") ?? ""}
        onValue={set("state")}
      />
      <Choice
        label={t(words.technician)}
        all={t(shell.all)}
        options={technicians.map(({ id, name }) => ({ value: id, label: name }))}
        value={query.get("technician") ?? ""}
        onValue={set("technician")}
      />
      <NameFilter label={t(words.customer)} all={t(shell.all)} list="/v1/customers" value={query.get("customer") ?? ""} onValue={set("customer")} />
      <NameFilter
        label={t(words.site)}
        all={t(shell.all)}
        list="/v1/sites"
        query={{ customer_id: query.get("customer") ?? undefined }}
        value={query.get("site") ?? ""}
        onValue={set("site")}
      />
      <Day label={t(words.from)} value={query.get("from") ?? ""} onValue={set("from")} />
      <Day label={t(words.to)} value={query.get("to") ?? ""} onValue={set("to")} />
      <Choice
        label={t(words.sort)}
        options={(["planned", "newest"] as const).map((value) => ({ value, label: t(words[value]) }))}
        value={query.get("sort") ?? "planned"}
        onValue={(value) => set("sort")(value === "planned" ? "" : value)}
      />
    </Toolbar>
  );
}
