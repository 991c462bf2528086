import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { goTo, hrefTo, type Route, withQuery } from "../shell/route";
import { Choice } from "../ui/choice";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { SearchField } from "../ui/search_field";
import { Toolbar } from "../ui/toolbar";
import { usePages } from "../ui/use_pages";
import { places as words } from "../words/places";
import { shell } from "../words/shell";
import { CustomerDialog, tierOptions } from "./customer_dialog";
import { SECTION, Tabs } from "./tabs";

type Customer = Schema<"Customer">;

const columns = (): readonly Column<Customer>[] => [
  { name: t(words.name), cell: ({ name }) => name },
  { name: t(words.code), cell: ({ code }) => code },
  { name: t(words.tier), cell: ({ tier }) => t(words[tier]) },
  { name: t(words.serviceManager), cell: (customer) => customer.service_manager_name },
];

/** All customers, by name. */
export function CustomerList({ route }: { route: Route }) {
  const [isMaking, setMaking] = useState(false);
  const query = { q: route.query.get("q") ?? undefined, tier: route.query.get("tier") ?? undefined };
  const pages = usePages<"listCustomers">("/v1/customers", query);
  const make = (
    <button type="button" class="button button-primary" onClick={() => setMaking(true)}>
      {t(words.newCustomer)}
    </button>
  );
  return (
    <Page title={t(words.customers)} actions={make}>
      <Tabs route={route} />
      <Toolbar>
        <SearchField label={t(words.search)} value={query.q ?? ""} onValue={(text) => withQuery(route, "q", text)} />
        <Choice label={t(words.tier)} all={t(shell.all)} options={tierOptions()} value={query.tier} onValue={(tier) => withQuery(route, "tier", tier)} />
      </Toolbar>
      {(pages.rows.length > 0 || !pages.isLoading) && !pages.failure && (
        <DataTable
          caption={t(words.customers)}
          columns={columns()}
          rows={pages.rows}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => hrefTo(SECTION, ["customers", id])}
          empty={t(words.noCustomers)}
        />
      )}
      <ListEnd {...pages} />
      {isMaking && (
        <CustomerDialog customer={null} onClose={() => setMaking(false)} onSaved={(id) => goTo(SECTION, ["customers", id])} />
      )}
    </Page>
  );
}
