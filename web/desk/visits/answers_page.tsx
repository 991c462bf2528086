import "./visits.css";
import { t } from "../../shared/i18n/i18n";
import type { PageProperties } from "../shell/page_properties";
import { type Route, withQuery } from "../shell/route";
import { Choice } from "../ui/choice";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { Toolbar } from "../ui/toolbar";
import { usePages } from "../ui/use_pages";
import { answers as words } from "../words/answers";
import { answersQueryOf } from "./answers_filter";
import { AnswerCard } from "./answer_card";
import { useNews } from "./news";

/** What customers said: first what nobody has dealt with, complaints before the rest. */
export default function AnswersPage({ route }: PageProperties) {
  const pages = usePages<"listCustomerResponses">("/v1/customer-responses", answersQueryOf(route.query));
  // Who has read on is not thrown back to the first page.
  useNews(["customer_response"], () => true, pages.refresh);
  return (
    <Page title={t(words.title)}>
      <Filters route={route} />
      {pages.rows.length === 0 && !pages.isLoading && !pages.failure && <p class="desk-empty">{t(words.none)}</p>}
      <div class="visits-answers">
        {pages.rows.map((response) => (
          <AnswerCard key={response.id} response={response} isAlone onDone={pages.reload} />
        ))}
      </div>
      <ListEnd {...pages} />
    </Page>
  );
}

function Filters({ route }: { route: Route }) {
  const bind = (name: string) => ({
    value: route.query.get(name) ?? "",
    onValue: (value: string) => withQuery(route, name, value),
  });
  return (
    <Toolbar>
      <Choice
        label={t(words.state)}
        all={t(words.toHandle)}
        options={[{ value: "handled", label: t(words.handledState) }, { value: "all", label: t(words.allStates) }]}
        {...bind("state")}
      />
      <Choice label={t(words.about)} all={t(words.concerns)} options={[{ value: "all", label: t(words.everything) }]} {...bind("about")} />
      <Choice
        label={t(words.kind)}
        all={t(words.allKinds)}
        options={[
          { value: "complaint", label: t(words.complaint) },
          { value: "decision", label: t(words.decision) },
          { value: "rating", label: t(words.rating) },
        ]}
        {...bind("kind")}
      />
      <Choice label={t(words.order)} all={t(words.urgentFirst)} options={[{ value: "newest", label: t(words.newestFirst) }]} {...bind("order")} />
    </Toolbar>
  );
}
