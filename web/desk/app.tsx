import { useEffect, useState } from "preact/hooks";
import { t, useLanguage } from "../shared/i18n/i18n";
import { LogInPage } from "./log_in_page";
import { currentPerson, onPersonChange } from "./session";
import { Shell } from "./shell/shell";
import { desk as words } from "./words/desk";

/** The desk of whoever is logged in. */
export function App() {
  useLanguage();
  const [person, setPerson] = useState(currentPerson);
  useEffect(() => onPersonChange(() => setPerson(currentPerson())), []);
  useEffect(() => {
    if (!person) sessionStorage.clear(); // what the tab kept was of whoever was logged in
  }, [person]);
  if (person) return <Shell key={person.user.id} person={person} />;
  document.title = t(words.title);
  return <LogInPage />;
}
