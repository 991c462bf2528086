import { t } from "../../shared/i18n/i18n";
import { answers as words } from "../words/answers";
import { AnswerCard } from "./answer_card";
import { Calls } from "./calls";
import type { VisitFile } from "./file";
import { Links } from "./links";

interface Properties {
  file: VisitFile;
  onDone: () => void;
}

/** What the customer said and was told: answers, calls, links. */
export function CustomerTab({ file, onDone }: Properties) {
  const zone = file.visit.site.time_zone;
  return (
    <div class="visits-customer">
      <section>
        <h2>{t(words.ofVisit)}</h2>
        {file.responses.length === 0 && <p class="quiet">{t(words.noneOfVisit)}</p>}
        <div class="visits-answers">
          {[...file.responses].reverse().map((response) => (
            <AnswerCard key={response.id} response={response} zone={zone} onDone={onDone} />
          ))}
        </div>
      </section>
      <Calls file={file} onDone={onDone} />
      <Links file={file} onDone={onDone} />
    </div>
  );
}
