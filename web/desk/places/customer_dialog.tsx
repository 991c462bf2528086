import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { BodyOf, Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { Choice } from "../ui/choice";
import { Finder } from "../ui/finder";
import { FormDialog } from "../ui/form_dialog";
import { places as words } from "../words/places";
import { changesOf, ifMatch, orNull } from "./changes";

type Customer = Schema<"Customer">;
type Tier = Schema<"Tier">;
type Fields = Omit<BodyOf<"createCustomer">, "id">;

const TIERS: readonly Tier[] = ["standard", "silver", "gold", "platinum"];
export const tierOptions = () => TIERS.map((tier) => ({ value: tier, label: t(words[tier]) }));
const languageOptions = () => [
  { value: "zh", label: t(words.chinese) },
  { value: "en", label: t(words.english) },
];

interface Properties {
  /** Null: a new one. */
  customer: Customer | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** Makes or changes a customer. */
export function CustomerDialog({ customer, onClose, onSaved }: Properties) {
  const [id] = useState(() => customer?.id ?? crypto.randomUUID());
  const [name, setName] = useState(customer?.name ?? "");
  const [code, setCode] = useState(customer?.code ?? "");
  const [tier, setTier] = useState<Tier>(customer?.tier ?? "standard");
  const [language, setLanguage] = useState<Schema<"Language">>(customer?.language ?? "zh");
  const [note, setNote] = useState(customer?.note ?? "");
  const [manager, setManager] = useState(
    customer?.service_manager_id ? { id: customer.service_manager_id, name: customer.service_manager_name ?? "" } : null,
  );
  const submit = async () => {
    const fields: Fields = {
      name: name.trim(), code: orNull(code), tier, language, service_manager_id: manager?.id ?? null, note: orNull(note),
    };
    if (customer === null) await api.call<"createCustomer">({ method: "POST", path: "/v1/customers", json: { id, ...fields } });
    else {
      const json = changesOf<Fields>(customer, fields);
      if (json) await api.call<"changeCustomer">({ method: "PATCH", path: path`/v1/customers/${id}`, json, headers: ifMatch(customer) });
    }
    onSaved(id);
  };
  const title = customer ? t(words.changeOf, { name: customer.name }) : t(words.newCustomer);
  return (
    <FormDialog title={title} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <Field label={t(words.name)} value={name} onValue={setName} error={errorOf("/name")} attributes={{ maxLength: 200, required: true }} />
          <Field label={t(words.code)} hint={t(words.codeHint)} value={code} onValue={setCode} error={errorOf("/code")} attributes={{ maxLength: 64 }} />
          <Choice label={t(words.tier)} options={tierOptions()} value={tier} onValue={(value) => setTier(value as Tier)} error={errorOf("/tier")} />
          <Choice
            label={t(words.language)}
            options={languageOptions()}
            value={language}
            onValue={(value) => setLanguage(value as Schema<"Language">)}
            error={errorOf("/language")}
          />
          <Finder
            label={t(words.serviceManager)}
            list="/v1/users"
            value={manager}
            onValue={setManager}
            none={t(words.nobody)}
            error={errorOf("/service_manager_id")}
          />
          <Field label={t(words.note)} value={note} onValue={setNote} lines={3} error={errorOf("/note")} attributes={{ maxLength: 4000 }} />
        </>
      )}
    </FormDialog>
  );
}
