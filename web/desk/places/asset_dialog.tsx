import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { BodyOf, Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { Finder, type Found } from "../ui/finder";
import { FormDialog } from "../ui/form_dialog";
import { places as words } from "../words/places";
import { changesOf, ifMatch, orNull } from "./changes";

type Asset = Schema<"Asset">;
type Fields = Omit<BodyOf<"createAsset">, "id">;

interface Properties {
  asset: Asset | null;
  /** Where a new one stands; null: to be chosen. */
  site: Found | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Makes or changes an asset; one that moved gets another site. */
export function AssetDialog({ asset, site, onClose, onSaved }: Properties) {
  const [id] = useState(() => asset?.id ?? crypto.randomUUID());
  const [place, setPlace] = useState<Found | null>(asset ? { id: asset.site_id, name: asset.site_name } : site);
  const [name, setName] = useState(asset?.name ?? "");
  const [model, setModel] = useState(asset?.model ?? "");
  const [serial, setSerial] = useState(asset?.serial ?? "");
  const [barcode, setBarcode] = useState(asset?.barcode ?? "");
  const [note, setNote] = useState(asset?.note ?? "");
  const submit = async () => {
    const fields: Fields = {
      site_id: place?.id ?? "", name: name.trim(), model: orNull(model), serial: orNull(serial), barcode: orNull(barcode), note: orNull(note),
    };
    if (asset === null) await api.call<"createAsset">({ method: "POST", path: "/v1/assets", json: { id, ...fields } });
    else {
      const json = changesOf<Fields>(asset, fields);
      if (json) await api.call<"changeAsset">({ method: "PATCH", path: path`/v1/assets/${id}`, json, headers: ifMatch(asset) });
    }
    onSaved();
  };
  return (
    <FormDialog title={asset ? t(words.changeOf, { name: asset.name }) : t(words.newAsset)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <Field label={t(words.name)} value={name} onValue={setName} error={errorOf("/name")} attributes={{ maxLength: 200, required: true }} />
          <Field label={t(words.model)} value={model} onValue={setModel} error={errorOf("/model")} attributes={{ maxLength: 100 }} />
          <Field label={t(words.serial)} value={serial} onValue={setSerial} error={errorOf("/serial")} attributes={{ maxLength: 100 }} />
          <Field
            label={t(words.barcode)}
            hint={t(words.barcodeHint)}
            value={barcode}
            onValue={setBarcode}
            error={errorOf("/barcode")}
            attributes={{ maxLength: 200 }}
          />
          <Finder label={t(words.site)} list="/v1/sites" value={place} onValue={setPlace} error={errorOf("/site_id")} />
          <Field label={t(words.note)} value={note} onValue={setNote} lines={3} error={errorOf("/note")} attributes={{ maxLength: 4000 }} />
        </>
      )}
    </FormDialog>
  );
}
