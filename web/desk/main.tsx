import { render } from "preact";
import "../shared/ui/base.css";
import "./desk.css";
import { currentLanguage, setLanguage } from "../shared/i18n/i18n";
import { applyTheme } from "../shared/ui/theme";
import { App } from "./app";
import { currentPerson, keptLanguage } from "./session";
import { keptTheme } from "./shell/theme_choice";

setLanguage(keptLanguage() ?? currentPerson()?.user.language ?? currentLanguage());
applyTheme(keptTheme());
render(<App />, document.getElementById("app") as HTMLElement);
