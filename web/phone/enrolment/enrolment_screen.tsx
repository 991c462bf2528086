import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import type { Schema } from "../../shared/api/types";
import { openScreen } from "../router";
import { enrolment as words } from "../words/enrolment";
import { CodeCard } from "../../shared/enrolment/code_card";
import type { Enrolling } from "../../shared/enrolment/use_enrolment";
import { problemText } from "../problem_text";
import { logOutManager, manager, managerApi } from "./manager_session";
import { TechnicianList } from "./technician_list";

const enrolling: Enrolling = { api: managerApi, failureText: problemText };

/** For managers and administrators: lets technicians' phones in by a QR code. */
export default function EnrolmentScreen() {
  const [technician, setTechnician] = useState<Schema<"User"> | null>(null);
  const user = manager();
  if (!user) return <LogInFirst />;
  const logOut = () => {
    void logOutManager()
      .catch(() => undefined)
      .then(() => openScreen("/log-in", { replace: true }));
  };
  return (
    <main class="page page-narrow stack">
      <h1>{t(words.title)}</h1>
      {technician ? (
        <CodeCard
          technician={technician}
          enrolling={enrolling}
          backLabel={t(words.another)}
          onBack={() => setTechnician(null)}
        />
      ) : (
        <>
          <p>{t(words.explanation)}</p>
          <TechnicianList onChoose={setTechnician} />
        </>
      )}
      <div class="row row-spread">
        <span class="quiet">{t(words.loggedInAs, { name: user.name })}</span>
        <button type="button" class="button" onClick={logOut}>
          {t(words.logOut)}
        </button>
      </div>
    </main>
  );
}

function LogInFirst() {
  return (
    <main class="page page-narrow stack">
      <h1>{t(words.title)}</h1>
      <p>{t(words.logInFirst)}</p>
      <a class="button button-primary" href="#/log-in">
        {t(words.toLogIn)}
      </a>
    </main>
  );
}
