import type { Schema } from "../../shared/api/types";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import { dayAt, timeAt } from "../moments";
import { hrefTo, type Route } from "../shell/route";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { usePages } from "../ui/use_pages";
import { visits as words } from "../words/visits";
import { useNews } from "./news";
import { PhotoCounts, ReviewTag, Said, SheetState, VerdictTag } from "./tags";
import { visitQueryOf } from "./visit_filter";
import { VisitFilters } from "./visit_filters";

type Visit = Schema<"VisitSummary">;

/** "Fri, 20 Nov, 09:14–10:40" by the site's clock. */
export function visitTime({ site, arrived_at, departed_at, first_seen_at }: Visit): string {
  const zone = site.time_zone;
  const arrival = arrived_at ?? first_seen_at;
  const values = { day: dayAt(arrival, zone), arrival: departed_at ? timeOfDay(arrival, zone) : timeAt(arrival, zone) };
  return departed_at ? t(words.time, { ...values, departure: timeAt(departed_at, zone) }) : t(words.timeOpen, values);
}

const columns = (): Column<Visit>[] => [
  { name: t(words.site), cell: ({ site }) => site.name },
  { name: t(words.customer), cell: ({ site }) => site.customer_name },
  { name: t(words.when), cell: visitTime },
  { name: t(words.technician), cell: ({ technician }) => technician.name },
  {
    name: t(words.verdict),
    cell: (visit) => (
      <span class="visits-said">
        <VerdictTag verdict={visit.verdict} />
        <ReviewTag decision={visit.review_decision} />
      </span>
    ),
  },
  { name: t(words.photos), cell: (visit) => <PhotoCounts visit={visit} /> },
  { name: t(words.sheet), cell: (visit) => <SheetState visit={visit} /> },
  { name: t(words.said), cell: (visit) => <Said visit={visit} /> },
];

/** All visits, the newest first, narrowed by what stands in the address. */
export function VisitList({ route }: { route: Route }) {
  const pages = usePages<"listVisits">("/v1/visits", visitQueryOf(route.query));
  // Who has read on is not thrown back to the first page.
  useNews(["visit", "customer_response"], () => true, pages.refresh);
  return (
    <Page title={t(words.title)}>
      <VisitFilters route={route} rows={pages.rows} />
      {(pages.rows.length > 0 || (!pages.isLoading && !pages.failure)) && (
        <DataTable
          caption={t(words.title)}
          columns={columns()}
          rows={pages.rows}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => hrefTo("visits", [id])}
          empty={t(words.none)}
        />
      )}
      <ListEnd {...pages} />
    </Page>
  );
}
