import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { hrefTo, type Route, withQuery } from "../shell/route";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { SearchField } from "../ui/search_field";
import { Toolbar } from "../ui/toolbar";
import type { QueryValues } from "../ui/use_answer";
import { usePages } from "../ui/use_pages";
import { places as words } from "../words/places";
import { AssetDialog } from "./asset_dialog";
import { RowActions } from "./contact_list";
import { SECTION, Tabs } from "./tabs";
import { RemoveDialog } from "./remove_dialog";

type Asset = Schema<"Asset">;
type Open = { kind: "new" } | { kind: "change" | "remove"; asset: Asset } | null;

/** All assets, by name. */
export function AssetList({ route }: { route: Route }) {
  const q = route.query.get("q") ?? undefined;
  const [isMaking, setMaking] = useState(false);
  const make = (
    <button type="button" class="button button-primary" onClick={() => setMaking(true)}>
      {t(words.newAsset)}
    </button>
  );
  return (
    <Page title={t(words.assets)} actions={make}>
      <Tabs route={route} />
      <Toolbar>
        <SearchField label={t(words.searchAssets)} value={q ?? ""} onValue={(text) => withQuery(route, "q", text)} />
      </Toolbar>
      <AssetTable query={{ q }} site={null} isMaking={isMaking} onMade={() => setMaking(false)} />
    </Page>
  );
}

interface Properties {
  query: QueryValues;
  /** The one whose assets they are; null: of all. */
  site: { id: string; name: string } | null;
  isMaking: boolean;
  onMade: () => void;
}

/** Assets of a list; new ones come to it. */
export function AssetTable({ query, site, isMaking, onMade }: Properties) {
  const pages = usePages<"listAssets">("/v1/assets", query);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const columns: readonly Column<Asset>[] = [
    { name: t(words.name), cell: ({ name }) => name },
    { name: t(words.model), cell: ({ model }) => model },
    { name: t(words.serial), cell: ({ serial }) => serial },
    { name: t(words.barcode), cell: ({ barcode }) => barcode },
    ...(site ? [] : [{ name: t(words.site), cell: (asset: Asset) => <a href={hrefTo(SECTION, ["sites", asset.site_id])}>{asset.site_name}</a> }]),
    { name: t(words.change), cell: (asset) => <RowActions name={asset.name} onOpen={(kind) => setOpen({ kind, asset })} /> },
  ];
  return (
    <>
      {(pages.rows.length > 0 || !pages.isLoading) && !pages.failure && (
        <DataTable caption={t(words.assets)} columns={columns} rows={pages.rows} keyOf={({ id }) => id} empty={t(words.noAssets)} />
      )}
      <ListEnd {...pages} />
      {isMaking && <AssetDialog asset={null} site={site} onClose={onMade} onSaved={pages.reload} />}
      {open?.kind === "change" && <AssetDialog asset={open.asset} site={site} onClose={close} onSaved={pages.reload} />}
      {open?.kind === "remove" && (
        <RemoveDialog name={open.asset.name} path={path`/v1/assets/${open.asset.id}`} onClose={close} onRemoved={pages.reload} />
      )}
    </>
  );
}
