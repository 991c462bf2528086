import { t } from "../../shared/i18n/i18n";
import { hrefTo, type Route, withQuery } from "../shell/route";
import { NameFilter } from "../ui/name_filter";
import { Page } from "../ui/page";
import { SearchField } from "../ui/search_field";
import { Toolbar } from "../ui/toolbar";
import { places as words } from "../words/places";
import { shell } from "../words/shell";
import { SECTION, Tabs } from "./tabs";
import { SiteTable } from "./site_table";

/** All sites, by name. */
export function SiteList({ route }: { route: Route }) {
  const q = route.query.get("q") ?? undefined;
  const customerId = route.query.get("customer") ?? undefined;
  const make = (
    <a class="button button-primary" href={hrefTo(SECTION, ["sites", "new"], { customer: customerId })}>
      {t(words.newSite)}
    </a>
  );
  return (
    <Page title={t(words.sites)} actions={make}>
      <Tabs route={route} />
      <Toolbar>
        <SearchField label={t(words.searchSites)} value={q ?? ""} onValue={(text) => withQuery(route, "q", text)} />
        <NameFilter
          label={t(words.customer)}
          all={t(shell.all)}
          list="/v1/customers"
          value={customerId ?? ""}
          onValue={(id) => withQuery(route, "customer", id)}
        />
      </Toolbar>
      <SiteTable query={{ q, customer_id: customerId }} hasCustomer />
    </Page>
  );
}
