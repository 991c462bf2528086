import type { PageProperties } from "../shell/page_properties";
import { AssetList } from "./asset_list";
import { CustomerList } from "./customer_list";
import { CustomerPage } from "./customer_page";
import { ImportPage } from "./import_page";
import "./places.css";
import { SiteEditor } from "./site_editor";
import { SiteList } from "./site_list";
import { SitePage } from "./site_page";

/** Customers, their sites and what stands there. */
export default function PlacesPage({ person, route }: PageProperties) {
  const [kind = "customers", id, action] = route.parts;
  if (kind === "import") return <ImportPage route={route} kind={id ?? "customers"} />;
  if (kind === "assets") return <AssetList route={route} />;
  if (kind === "sites" && id === "new") return <SiteEditor person={person} id={null} customerId={route.query.get("customer")} />;
  if (kind === "sites" && id && action === "change") return <SiteEditor key={id} person={person} id={id} customerId={null} />;
  if (kind === "sites" && id) return <SitePage key={id} person={person} id={id} />;
  if (kind === "sites") return <SiteList route={route} />;
  if (id) return <CustomerPage key={id} person={person} id={id} />;
  return <CustomerList route={route} />;
}
