import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import type { Person } from "../session";
import { goTo, hrefTo } from "../shell/route";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { useAnswer } from "../ui/use_answer";
import { places as words } from "../words/places";
import { ContactList } from "./contact_list";
import { CustomerDialog } from "./customer_dialog";
import { Facts } from "./facts";
import { History } from "./history";
import { SECTION } from "./tabs";
import { RemoveDialog } from "./remove_dialog";
import { SiteTable } from "./site_table";

/** A customer: facts, contacts, sites. */
export function CustomerPage({ person, id }: { person: Person; id: string }) {
  const answer = useAnswer<"getCustomer">(path`/v1/customers/${id}`);
  const [dialog, setDialog] = useState<"change" | "remove" | null>(null);
  const customer = answer.body;
  const close = () => setDialog(null);
  const actions = customer && (
    <>
      <button type="button" class="button" onClick={() => setDialog("change")}>
        {t(words.change)}
      </button>
      <button type="button" class="button button-danger" onClick={() => setDialog("remove")}>
        {t(words.remove)}
      </button>
    </>
  );
  return (
    <Page title={customer?.name ?? t(words.customer)} actions={actions}>
      <p>
        <a href={hrefTo(SECTION, ["customers"])}>{t(words.customers)}</a>
      </p>
      {customer ? <Parts customer={customer} person={person} /> : <ListEnd {...answer} more={null} />}
      {customer && dialog === "change" && <CustomerDialog customer={customer} onClose={close} onSaved={answer.reload} />}
      {customer && dialog === "remove" && (
        <RemoveDialog
          name={customer.name}
          path={path`/v1/customers/${id}`}
          onClose={close}
          onRemoved={() => goTo(SECTION, ["customers"], {}, { replace: true })}
        />
      )}
    </Page>
  );
}

function Parts({ customer, person }: { customer: Schema<"Customer">; person: Person }) {
  const { id } = customer;
  return (
    <>
      <section class="places-part">
        <Facts
          facts={[
            [t(words.code), customer.code],
            [t(words.tier), t(words[customer.tier])],
            [t(words.serviceManager), customer.service_manager_name],
            [t(words.language), t(customer.language === "zh" ? words.chinese : words.english)],
            [t(words.note), customer.note],
          ]}
        />
      </section>
      <ContactList customerId={id} />
      <section class="places-part">
        <div class="row row-spread">
          <h2>{t(words.sites)}</h2>
          <a class="button" href={hrefTo(SECTION, ["sites", "new"], { customer: id })}>
            {t(words.newSite)}
          </a>
        </div>
        <SiteTable query={{ customer_id: id }} hasCustomer={false} />
      </section>
      <History person={person} id={id} version={customer.version} />
    </>
  );
}
