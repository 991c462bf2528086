import { render } from "preact";
import "../shared/ui/base.css";
import "./desk.css";
import { currentLanguage, setLanguage } from "../shared/i18n/i18n";
import { App } from "./app";
import { currentPerson, keptLanguage } from "./session";

setLanguage(keptLanguage() ?? currentPerson()?.user.language ?? currentLanguage());
render(<App />, document.getElementById("app") as HTMLElement);
