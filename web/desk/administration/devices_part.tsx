import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { api } from "../session";
import { withQuery } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { type Column, DataTable } from "../ui/data_table";
import { FormDialog } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { usePages } from "../ui/use_pages";
import { administration as words } from "../words/administration";
import { moment } from "./moments";

type Device = Schema<"UserDevice">;

const nameOf = (device: Device) => device.name ?? device.model ?? t(words.unnamed);

/** The phones that people log in on; one that was lost is locked out. */
export function DevicesPart({ person, route }: PageProperties) {
  const [asked, setAsked] = useState<Device | null>(null);
  const userId = route.query.get("user_id") ?? undefined;
  const pages = usePages<"listDevices">("/v1/devices", { user_id: userId });
  return (
    <>
      {userId && (
        <p class="row">
          {t(words.onlyOf)}
          <button type="button" class="button" onClick={() => withQuery(route, "user_id", "")}>
            {t(words.showAll)}
          </button>
        </p>
      )}
      <DataTable
        caption={t(words.devices)}
        columns={columnsFor(person.organisation.time_zone, setAsked)}
        rows={pages.rows}
        keyOf={(device) => device.id}
        empty={pages.isLoading ? "" : t(words.noDevices)}
      />
      <ListEnd {...pages} />
      {asked && <RevocationDialog device={asked} onClose={() => setAsked(null)} onDone={pages.reload} />}
    </>
  );
}

function columnsFor(timeZone: string, ask: (device: Device) => void): Column<Device>[] {
  return [
    {
      name: t(words.device),
      cell: (device) => (
        <>
          {nameOf(device)}
          <p class="quiet small">{[device.model, device.platform].filter(Boolean).join(" · ")}</p>
        </>
      ),
    },
    { name: t(words.person), cell: (device) => device.user.name },
    { name: t(words.appVersion), cell: (device) => device.app_version ?? "–" },
    { name: t(words.lastUsed), cell: (device) => (device.last_used_at ? moment(device.last_used_at, timeZone) : t(words.never)) },
    { name: t(words.state), cell: (device) => <State device={device} timeZone={timeZone} /> },
    {
      name: t(words.actions),
      cell: (device) => (
        <div class="administration-actions">
          <button type="button" class="button" aria-label={`${actionOf(device)}, ${nameOf(device)}, ${device.user.name}`} onClick={() => ask(device)}>
            {actionOf(device)}
          </button>
        </div>
      ),
    },
  ];
}

const actionOf = (device: Device) => t(device.revoked_at ? words.restore : words.revoke);

function State({ device, timeZone }: { device: Device; timeZone: string }) {
  if (device.revoked_at) {
    const values = { name: device.revoked_by?.name ?? "", time: moment(device.revoked_at, timeZone) };
    return <span class="tag tag-fail">{t(words.revokedBy, values)}</span>;
  }
  return <>{t(device.is_logged_in ? words.loggedIn : words.loggedOut)}</>;
}

function RevocationDialog({ device, onClose, onDone }: { device: Device; onClose: () => void; onDone: () => void }) {
  const isRevoked = device.revoked_at !== null;
  const values = { device: nameOf(device), name: device.user.name };
  const submit = async () => {
    if (isRevoked) await api.call<"restoreDevice">({ method: "POST", path: path`/v1/devices/${device.id}/restore` });
    else await api.call<"deleteDevice">({ method: "DELETE", path: path`/v1/devices/${device.id}` });
    onDone();
  };
  return (
    <FormDialog
      title={t(isRevoked ? words.restoreDevice : words.revokeDevice, values)}
      action={actionOf(device)}
      isDanger={!isRevoked}
      submit={submit}
      onClose={onClose}
    >
      {() => <p>{t(isRevoked ? words.restoreExplained : words.revokeExplained, values)}</p>}
    </FormDialog>
  );
}
