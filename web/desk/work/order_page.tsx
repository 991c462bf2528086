import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { listed, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { desk } from "../words/desk";
import { roles } from "../../shared/words/roles";
import { momentAt, ownZone } from "../moments";
import type { News } from "../live/connection";
import { LiveStatus } from "../live/live_status";
import type { Person } from "../session";
import { hrefTo } from "../shell/route";
import { Page } from "../ui/page";
import { useAnswer } from "../ui/use_answer";
import { useNews } from "../visits/news";
import { work as words } from "../words/work";
import { AssignDialog } from "./assign_dialog";
import { HistoryPart } from "./history_part";
import { OrderDialog } from "./order_dialog";
import { type Order, StateTag, windowText } from "./order_texts";
import { StepDialog } from "./step_dialog";
import { type State, stepName, stepsFrom } from "./steps";
import { VisitsPart } from "./visits_part";

type Asked = { readonly what: "change" | "assign" } | { readonly what: "step"; readonly to: State };

/** One work order: what it says, what can be done with it, what became of it. */
export function OrderPage({ person, id }: { person: Person; id: string }) {
  const { body: order, failure, reload } = useAnswer<"getWorkOrder">(path`/v1/work-orders/${id}`);
  useNews(["work_order", "site", "customer", "user"], (news) => isAboutOrder(news, id, order), reload);
  const [asked, setAsked] = useState<Asked | null>(null);
  if (!order) {
    return <Page title={t(words.title)}>{failure ? <Banner tone="fail">{failure}</Banner> : <p role="status">{t(desk.loading)}</p>}</Page>;
  }
  const close = () => setAsked(null);
  const steps = stepsFrom(order.state, person.user.role, order.assignees.length > 0);
  return (
    <Page
      title={listed([order.number, order.title], " · ")}
      status={
        <>
          <StateTag order={order} /> <LiveStatus />
        </>
      }
      actions={
        <>
          <button type="button" class="button button-primary" onClick={() => setAsked({ what: "assign" })}>
            {t(words.assign)}
          </button>
          <button type="button" class="button" onClick={() => setAsked({ what: "change" })}>
            {t(words.change)}
          </button>
        </>
      }
    >
      <p>
        <a href={hrefTo("work", ["orders"])}>{t(words.back)}</a>
      </p>
      <Facts order={order} />
      <section class="work-section">
        <h2>{t(words.steps)}</h2>
        <div class="row">
          {steps.map(({ to }) => (
            <button key={to} type="button" class={`button ${to === "cancelled" ? "button-danger" : ""}`} onClick={() => setAsked({ what: "step", to })}>
              {stepName(order.state, to)}
            </button>
          ))}
        </div>
      </section>
      <Checklist order={order} />
      <VisitsPart orderId={order.id} />
      <HistoryPart key={order.version} order={order} />
      {asked?.what === "change" && <OrderDialog order={order} onClose={close} onDone={reload} />}
      {asked?.what === "assign" && <AssignDialog order={order} onClose={close} onDone={reload} />}
      {asked?.what === "step" && <StepDialog order={order} to={asked.to} onClose={close} onDone={reload} />}
    </Page>
  );
}

/** Whether news are about this order, or about a name that stands on its page. */
export function isAboutOrder(news: News, id: string, order: Order | null): boolean {
  if (news === "everything") return true;
  const named = new Set([id, order?.site.id, order?.site.customer_id, ...(order?.assignees.map((person) => person.id) ?? [])]);
  return news.some((change) => change.id === null || named.has(change.id));
}

function Facts({ order }: { order: Order }) {
  const { site } = order;
  const facts: readonly (readonly [string, string, string?])[] = [
    [t(words.site), site.name, hrefTo("places", ["sites", site.id])],
    [t(words.customer), site.customer_name, hrefTo("places", ["customers", site.customer_id])],
    [t(words.technicians), listed(order.assignees.map(({ name }) => name)) || t(words.nobody)],
    [t(words.window), windowText(order)],
    [t(words.due), order.due_at ? momentAt(order.due_at, site.time_zone) : ""],
    [t(words.priority), t(words[order.priority])],
    [t(words.description), order.description ?? ""],
    [t(words.createdBy), listed([order.created_by.name, momentAt(order.created_at, ownZone())])],
  ];
  return (
    <dl class="work-facts">
      {facts.filter(([, value]) => value !== "").map(([name, value, href]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{href ? <a href={href}>{value}</a> : value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Checklist({ order }: { order: Order }) {
  return (
    <section class="work-section">
      <h2>{t(words.checklist)}</h2>
      {order.checklist.length === 0 && <p class="quiet">{t(words.noChecklist)}</p>}
      <ul>
        {order.checklist.map((item) => (
          <li key={item.id}>
            {item.label}{" "}
            <span class="quiet small">
              {listed([t(words[item.kind]), item.photo_role && t(roles[item.photo_role]), item.asset_name, item.minimum_count > 1 && t(words.timesCount, { count: item.minimum_count }), !item.required && t(words.optional)], " · ")}
            </span>{" "}
            {item.done && <span class="tag tag-good">{t(words.isDone)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
