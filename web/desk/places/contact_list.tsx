import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { BodyOf, Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { type Column, DataTable } from "../ui/data_table";
import { FormDialog } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { usePages } from "../ui/use_pages";
import { places as words } from "../words/places";
import { changesOf, ifMatch, orNull } from "./changes";
import { RemoveDialog } from "./remove_dialog";

type Contact = Schema<"Contact">;
type Fields = Omit<BodyOf<"createContact">, "id" | "customer_id">;
type Open = { kind: "new" } | { kind: "change" | "remove"; contact: Contact } | null;

/** The people at a customer whom one may call. */
export function ContactList({ customerId }: { customerId: string }) {
  const pages = usePages<"listContacts">("/v1/contacts", { customer_id: customerId });
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const columns: readonly Column<Contact>[] = [
    { name: t(words.name), cell: ({ name }) => name },
    { name: t(words.contactTitle), cell: ({ title }) => title },
    { name: t(words.phone), cell: ({ phone }) => phone && <a href={`tel:${phone}`}>{phone}</a> },
    { name: t(words.email), cell: ({ email }) => email && <a href={`mailto:${email}`}>{email}</a> },
    { name: t(words.change), cell: (contact) => <RowActions name={contact.name} onOpen={(kind) => setOpen({ kind, contact })} /> },
  ];
  return (
    <section class="places-part">
      <div class="row row-spread">
        <h2>{t(words.contacts)}</h2>
        <button type="button" class="button" onClick={() => setOpen({ kind: "new" })}>
          {t(words.newContact)}
        </button>
      </div>
      {(pages.rows.length > 0 || !pages.isLoading) && !pages.failure && (
        <DataTable caption={t(words.contacts)} columns={columns} rows={pages.rows} keyOf={({ id }) => id} empty={t(words.noContacts)} />
      )}
      <ListEnd {...pages} />
      {open?.kind === "new" && <ContactDialog customerId={customerId} contact={null} onClose={close} onSaved={pages.reload} />}
      {open?.kind === "change" && <ContactDialog customerId={customerId} contact={open.contact} onClose={close} onSaved={pages.reload} />}
      {open?.kind === "remove" && (
        <RemoveDialog name={open.contact.name} path={path`/v1/contacts/${open.contact.id}`} onClose={close} onRemoved={pages.reload} />
      )}
    </section>
  );
}

/** Change and delete, at the end of a row. */
export function RowActions({ name, onOpen }: { name: string; onOpen: (kind: "change" | "remove") => void }) {
  return (
    <span class="row">
      <button type="button" class="button desk-quiet-button" aria-label={t(words.changeOf, { name })} onClick={() => onOpen("change")}>
        {t(words.change)}
      </button>
      <button type="button" class="button desk-quiet-button" aria-label={t(words.removeOf, { name })} onClick={() => onOpen("remove")}>
        {t(words.remove)}
      </button>
    </span>
  );
}

interface DialogProperties {
  customerId: string;
  contact: Contact | null;
  onClose: () => void;
  onSaved: () => void;
}

function ContactDialog({ customerId, contact, onClose, onSaved }: DialogProperties) {
  const [id] = useState(() => contact?.id ?? crypto.randomUUID());
  const [name, setName] = useState(contact?.name ?? "");
  const [title, setTitle] = useState(contact?.title ?? "");
  const [phone, setPhone] = useState(contact?.phone ?? "");
  const [email, setEmail] = useState(contact?.email ?? "");
  const submit = async () => {
    const fields: Fields = { name: name.trim(), title: orNull(title), phone: orNull(phone), email: orNull(email) };
    if (contact === null) {
      await api.call<"createContact">({ method: "POST", path: "/v1/contacts", json: { id, customer_id: customerId, ...fields } });
    } else {
      const json = changesOf<Fields>(contact, fields);
      if (json) await api.call<"changeContact">({ method: "PATCH", path: path`/v1/contacts/${id}`, json, headers: ifMatch(contact) });
    }
    onSaved();
  };
  return (
    <FormDialog title={contact ? t(words.changeOf, { name: contact.name }) : t(words.newContact)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <Field label={t(words.name)} value={name} onValue={setName} error={errorOf("/name")} attributes={{ maxLength: 200, required: true }} />
          <Field label={t(words.contactTitle)} value={title} onValue={setTitle} error={errorOf("/title")} attributes={{ maxLength: 100 }} />
          <Field label={t(words.phone)} value={phone} onValue={setPhone} error={errorOf("/phone")} attributes={{ maxLength: 40, type: "tel" }} />
          <Field label={t(words.email)} value={email} onValue={setEmail} error={errorOf("/email")} attributes={{ maxLength: 254, type: "email" }} />
        </>
      )}
    </FormDialog>
  );
}
