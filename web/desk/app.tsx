import { useEffect, useState } from "preact/hooks";
import { t, useLanguage } from "../shared/i18n/i18n";
import { AuditPage } from "./audit/audit_page";
import { LogInPage } from "./log_in_page";
import { currentPerson, onPersonChange } from "./session";
import { desk as words } from "./words/desk";

/** The desk of whoever is logged in. */
export function App() {
  useLanguage();
  const [person, setPerson] = useState(currentPerson);
  useEffect(() => onPersonChange(() => setPerson(currentPerson())), []);
  document.title = t(words.title);
  return person ? <AuditPage key={person.user.id} person={person} /> : <LogInPage />;
}
