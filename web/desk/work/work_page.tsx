import type { ComponentType } from "preact";
import { t, type Word } from "../../shared/i18n/i18n";
import { LiveStatus } from "../live/live_status";
import { hrefTo } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { Page } from "../ui/page";
import { work as words } from "../words/work";
import { OrderPage } from "./order_page";
import { OrdersPart } from "./orders_part";
import { SchedulesPart } from "./schedules_part";
import { TemplatesPart } from "./templates_part";
import { UploadPart } from "./upload_part";
import "./work.css";

interface Part {
  readonly id: string;
  readonly label: Word;
  readonly view: ComponentType<PageProperties>;
}

/** The first one is shown when the address names none. */
const PARTS: readonly Part[] = [
  { id: "orders", label: words.orders, view: OrdersPart },
  { id: "recurring", label: words.recurring, view: SchedulesPart },
  { id: "templates", label: words.templates, view: TemplatesPart },
  { id: "upload", label: words.upload, view: UploadPart },
];

/** Other sections link to `#/work/ID`. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is to be done: work orders one by one, many at once, recurring ones, and their templates. */
export default function WorkPage({ person, route }: PageProperties) {
  const [part, second] = route.parts;
  const id = part === "orders" ? second : part?.match(ID)?.[0];
  if (id !== undefined) return <OrderPage key={id} person={person} id={id} />;
  const shown = PARTS.find((known) => known.id === part) ?? PARTS[0];
  if (!shown) return null;
  const View = shown.view;
  return (
    <Page title={t(shown.label)} status={shown.view === OrdersPart && <LiveStatus />}>
      <nav class="section-parts" aria-label={t(words.parts)}>
        {PARTS.map((known) => (
          <a key={known.id} href={hrefTo("work", [known.id])} aria-current={known.id === shown.id ? "page" : undefined}>
            {t(known.label)}
          </a>
        ))}
      </nav>
      <View key={shown.id} person={person} route={route} />
    </Page>
  );
}
