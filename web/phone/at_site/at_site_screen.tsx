import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { readDay } from "../local/day";
import { listVisits } from "../local/visits";
import { useStored } from "../local/use_stored";
import type { ScreenProperties } from "../router";
import { useSession } from "../session_context";
import { atSite as words } from "../words/at_site";
import { common } from "../words/common";
import "./at_site.css";
import { findSubject, type Subject } from "./subject";
import { VisitPage } from "./visit_page";

/** Being at a site, by the address of a work order or of a photo to take again: see addresses.ts. */
export default function AtSiteScreen({ parameters, query }: ScreenProperties) {
  const { user } = useSession();
  const { work_order_id = "" } = parameters;
  const retakePhotoId = query.get("retake");
  const [fixed, setFixed] = useState<Subject | null>(null);
  const stored = useStored(["days", "visits"], async () => ({
    day: (await readDay(user.id)) ?? null,
    visits: await listVisits(user.id),
  }));
  if (!stored) return null;
  const { day, visits } = stored;
  const visit = visits.find(({ work_order_ids }) => work_order_ids.includes(work_order_id)) ?? null;
  const current = findSubject(work_order_id, retakePhotoId, day, visit);
  /* The day may change under a technician's hands: what the screen was opened for stays. */
  if (current && !fixed) setFixed(current);
  const subject = current ?? fixed;
  if (!subject) {
    return (
      <main class="page">
        <Banner tone="warn">{t(words.notHere)}</Banner>
        <a class="button" href="#/">
          {t(common.toToday)}
        </a>
      </main>
    );
  }
  const elsewhere = visits.find(({ site, left_at }) => site.id !== subject.site.id && left_at === null) ?? null;
  return (
    <VisitPage
      key={subject.site.id}
      subject={subject}
      day={day}
      userId={user.id}
      retakePhotoId={retakePhotoId}
      elsewhere={elsewhere}
    />
  );
}
