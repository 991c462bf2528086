import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { t } from "../../shared/i18n/i18n";
import type { Person } from "../session";
import { hrefTo, type Route, withQuery } from "../shell/route";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { useAnswer } from "../ui/use_answer";
import { visits as words } from "../words/visits";
import { CustomerTab } from "./customer_tab";
import type { VisitFile } from "./file";
import { isAbout, useNews } from "./news";
import { Gallery } from "./gallery";
import { Held, HoldButton } from "./hold";
import { LargePhoto } from "./large_photo";
import { PackButton } from "./pack_button";
import { RecordTab } from "./record_tab";
import { SheetTab } from "./sheet_tab";
import { PhotoCounts, ReviewTag, Said, SheetState, VerdictTag } from "./tags";
import { TimelineView } from "./timeline_view";
import { VisitReview } from "./visit_review";
import { visitTime } from "./visit_list";

const TABS = ["timeline", "photos", "sheet", "customer", "record"] as const;
type Tab = (typeof TABS)[number];

const NAMES = { timeline: words.timeline, photos: words.gallery, sheet: words.sheet, customer: words.customerTab, record: words.record };

interface Properties {
  id: string;
  person: Person;
  route: Route;
}

/** Everything about one visit. */
export function VisitPage({ id, person, route }: Properties) {
  const answer = useAnswer<"getVisitFile">(path`/v1/visits/${id}/file`);
  useNews(["visit", "photo", "retake", "customer_response"], (news) => isAbout(news, id, answer.body), answer.reload);
  const file = answer.body;
  if (!file) {
    return (
      <Page title={t(words.title)} actions={<Back />}>
        <ListEnd more={null} {...answer} />
      </Page>
    );
  }
  return <Loaded file={file} person={person} route={route} reload={answer.reload} failure={answer.failure} />;
}

function Back() {
  return (
    <a class="button desk-quiet-button" href={hrefTo("visits")}>
      {t(words.back)}
    </a>
  );
}

interface LoadedProperties {
  file: VisitFile;
  person: Person;
  route: Route;
  reload: () => void;
  failure: string | null;
}

function Loaded({ file, person, route, reload, failure }: LoadedProperties) {
  const { visit } = file;
  const role = person.user.role;
  const mayAudit = role === "manager" || role === "administrator";
  const tabs = TABS.filter((tab) => tab !== "record" || mayAudit);
  const [, asked] = route.parts;
  const tab: Tab = tabs.find((name) => name === asked) ?? "timeline";
  // The photo that is large stands in the address: others link to it.
  const [shownPhoto, setShownPhoto] = useState(route.query.get("photo"));
  const showPhoto = (photoId: string | null) => {
    setShownPhoto(photoId);
    withQuery(route, "photo", photoId ?? "");
  };
  const actions = (
    <>
      {mayAudit && <HoldButton file={file} onDone={reload} />}
      {mayAudit && <PackButton visit={visit} />}
      <Back />
    </>
  );
  return (
    <Page title={t(words.titleOf, { site: visit.site.name })} status={visitTime(visit)} actions={actions}>
      <Held file={file} mayHold={mayAudit} onDone={reload} />
      <Facts file={file} />
      {role === "manager" && <VisitReview visit={visit} onDone={reload} />}
      <nav class="visits-tabs" aria-label={t(words.tabs)}>
        {tabs.map((name) => (
          <a key={name} href={hrefTo("visits", name === "timeline" ? [visit.id] : [visit.id, name])} aria-current={name === tab ? "page" : undefined}>
            {t(NAMES[name])}
          </a>
        ))}
      </nav>
      {failure && <ListEnd more={null} failure={failure} isLoading={false} reload={reload} />}
      {tab === "timeline" && <TimelineView file={file} onPhoto={showPhoto} />}
      {tab === "photos" && <Gallery file={file} onPhoto={showPhoto} />}
      {tab === "sheet" && <SheetTab file={file} route={route} mayAsk={mayAudit} onDone={reload} />}
      {tab === "customer" && <CustomerTab file={file} onDone={reload} />}
      {tab === "record" && <RecordTab file={file} />}
      {shownPhoto !== null && (
        <LargePhoto file={file} photoId={shownPhoto} mayDecide={role === "manager"} onShow={showPhoto} onClose={() => showPhoto(null)} onDone={reload} />
      )}
    </Page>
  );
}

function Facts({ file }: { file: VisitFile }) {
  const { visit } = file;
  return (
    <dl class="visits-facts">
      <Fact name={t(words.site)}>
        <a href={hrefTo("places", ["sites", visit.site.id])}>{visit.site.name}</a>
      </Fact>
      <Fact name={t(words.customer)}>
        <a href={hrefTo("places", ["customers", visit.site.customer_id])}>{visit.site.customer_name}</a>
      </Fact>
      <Fact name={t(words.technician)}>{visit.technician.name}</Fact>
      <Fact name={t(words.workOrders)}>
        {visit.work_orders.length === 0 && "–"}
        {visit.work_orders.map(({ id, number, title }) => (
          <a key={id} class="visits-order" href={hrefTo("work", ["orders", id])}>
            {number} {title}
          </a>
        ))}
      </Fact>
      <Fact name={t(words.verdict)}>
        <VerdictTag verdict={visit.verdict} /> <ReviewTag decision={visit.review_decision} />
      </Fact>
      <Fact name={t(words.photos)}>
        <PhotoCounts visit={visit} />
      </Fact>
      <Fact name={t(words.sheet)}>
        <SheetState visit={visit} />
      </Fact>
      <Fact name={t(words.said)}>
        <Said visit={visit} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
