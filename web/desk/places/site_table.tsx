import type { Schema } from "../../shared/api/types";
import { distance, t } from "../../shared/i18n/i18n";
import { hrefTo } from "../shell/route";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import type { QueryValues } from "../ui/use_answer";
import { usePages } from "../ui/use_pages";
import { places as words } from "../words/places";
import { site as siteWords } from "../words/site";
import { SECTION } from "./tabs";

type Site = Schema<"Site">;

/** The fence in a few words. */
export function fenceText({ radius_m, polygon }: Pick<Site, "radius_m" | "polygon">): string {
  if (radius_m !== null) return t(siteWords.circleOf, { radius: distance(radius_m) });
  return t(siteWords.polygonOf, { count: (polygon?.coordinates[0]?.length ?? 1) - 1 });
}

/** Sites of a list, by name. */
export function SiteTable({ query, hasCustomer }: { query: QueryValues; hasCustomer: boolean }) {
  const pages = usePages<"listSites">("/v1/sites", query);
  const columns: readonly Column<Site>[] = [
    { name: t(words.name), cell: ({ name }) => name },
    { name: t(words.code), cell: ({ code }) => code },
    ...(hasCustomer ? [{ name: t(words.customer), cell: (site: Site) => site.customer_name }] : []),
    { name: t(words.address), cell: ({ address }) => address },
    { name: t(siteWords.fence), cell: fenceText },
  ];
  return (
    <>
      {(pages.rows.length > 0 || !pages.isLoading) && !pages.failure && (
        <DataTable
          caption={t(words.sites)}
          columns={columns}
          rows={pages.rows}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => hrefTo(SECTION, ["sites", id])}
          empty={t(words.noSites)}
        />
      )}
      <ListEnd {...pages} />
    </>
  );
}
