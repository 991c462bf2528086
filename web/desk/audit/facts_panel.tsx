import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { byteSize, listed, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { saveFile } from "../save_file";
import { failureText } from "../failure_text";
import { momentAt } from "../moments";
import { PackButton } from "../visits/pack_button";
import { audit as words } from "../words/audit";
import { Findings } from "./findings";
import type { Item } from "./queue";
import { SitePlan } from "./site_plan";
import type { Site, Visit } from "./use_visit";

interface Properties {
  item: Item;
  visit: Visit | null;
  site: Site | null;
  mayDownload: boolean;
}

/** Why the photo is where it is in the queue, with its numbers; where it was; what else is known. */
export function FactsPanel({ item, visit, site, mayDownload }: Properties) {
  const { photo } = item;
  const checkIn = visit?.check_ins.find(({ id }) => id === photo.check_in_id) ?? null;
  return (
    <aside class="desk-facts" aria-label={t(words.findings)}>
      <h2>{t(words.findings)}</h2>
      <Findings title={t(words.findingsOfPhoto)} verdict={photo.verdict} findings={photo.findings} />
      {checkIn && <Findings title={t(words.findingsOfCheckIn)} verdict={checkIn.verdict} findings={checkIn.findings} />}
      {site && <SitePlan site={site} checkIn={checkIn} photo={photo} />}
      <Facts item={item} visit={visit} checkIn={checkIn} />
      {visit && <Downloads visit={visit} mayDownload={mayDownload} />}
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface FactsProperties {
  item: Item;
  visit: Visit | null;
  checkIn: Schema<"CheckIn"> | null;
}

function Facts({ item, visit, checkIn }: FactsProperties) {
  const { photo, time_zone } = item;
  const { exif, receipt, original } = photo;
  const workOrders = listed(visit?.work_orders.map(({ number, title }) => listed([number, title], " ")) ?? []);
  return (
    <section>
      <h3>{t(words.facts)}</h3>
      <dl class="desk-fact-list">
        <Fact name={t(words.site)}>{item.site.name}</Fact>
        <Fact name={t(words.customer)}>{item.customer.name}</Fact>
        <Fact name={t(words.technician)}>{item.technician.name}</Fact>
        <Fact name={t(words.workOrders)}>{workOrders}</Fact>
        <Fact name={t(words.captured)}>{momentAt(photo.captured_at, time_zone)}</Fact>
        <Fact name={t(words.exifTime)}>{exif?.taken_local?.replace("T", " ")}</Fact>
        <Fact name={t(words.received)}>{receipt && momentAt(receipt.stored_at, time_zone)}</Fact>
        <Fact name={t(words.camera)}>{listed([exif?.make, exif?.model], " ")}</Fact>
        <Fact name={t(words.software)}>{exif?.software}</Fact>
        <Fact name={t(words.size)}>
          {original && receipt && `${original.width_px} × ${original.height_px}, ${byteSize(receipt.bytes)}`}
        </Fact>
        <Fact name={t(words.note)}>{checkIn?.note}</Fact>
        <Fact name={t(words.hash)}>{receipt && <code>{receipt.sha256}</code>}</Fact>
      </dl>
    </section>
  );
}

function Downloads({ visit, mayDownload }: { visit: Visit; mayDownload: boolean }) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const download = async (address: string, name: string) => {
    setBusy(true);
    setFailure(null);
    await saveFile(address, name).catch((error: unknown) => setFailure(failureText(error)));
    setBusy(false);
  };
  return (
    <section class="stack">
      {mayDownload && <PackButton visit={visit} isWide />}
      {visit.sheet?.state === "signed" && (
        <button
          type="button"
          class="button button-wide"
          disabled={isBusy}
          onClick={() => void download(path`/v1/visits/${visit.id}/sheet.pdf`, `sheet-${visit.id}.pdf`)}
        >
          {t(words.pdf)}
        </button>
      )}
      {failure && <Banner tone="fail">{failure}</Banner>}
    </section>
  );
}
