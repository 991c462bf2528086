import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { hrefTo } from "../shell/route";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { usePages } from "../ui/use_pages";
import { useNews } from "../visits/news";
import { PhotoCounts, ReviewTag, SheetState, VerdictTag } from "../visits/tags";
import { visitTime } from "../visits/visit_list";
import { visits as words } from "../words/visits";
import { work } from "../words/work";

type Visit = Schema<"VisitSummary">;

const columns = (): Column<Visit>[] => [
  { name: t(words.when), cell: visitTime },
  { name: t(words.technician), cell: ({ technician }) => technician.name },
  { name: t(words.verdict), cell: ({ verdict, review_decision }) => <span><VerdictTag verdict={verdict} /> <ReviewTag decision={review_decision} /></span> },
  { name: t(words.photos), cell: (visit) => <PhotoCounts visit={visit} /> },
  { name: t(words.sheet), cell: (visit) => <SheetState visit={visit} /> },
];

/** The visits that were made for a work order, the newest first. */
export function VisitsPart({ orderId }: { orderId: string }) {
  const pages = usePages<"listVisits">("/v1/visits", { work_order_id: orderId });
  useNews(["visit"], () => true, pages.refresh);
  return (
    <section class="work-section">
      <h2>{t(words.title)}</h2>
      {pages.rows.length === 0 && !pages.isLoading && !pages.failure && <p class="quiet">{t(work.noVisits)}</p>}
      {pages.rows.length > 0 && (
        <DataTable caption={t(words.title)} columns={columns()} rows={pages.rows} keyOf={({ id }) => id} hrefOf={({ id }) => hrefTo("visits", [id])} />
      )}
      <ListEnd {...pages} />
    </section>
  );
}
