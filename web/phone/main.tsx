import { render } from "preact";
import "../shared/ui/base.css";
import { App } from "./app";

render(<App />, document.getElementById("app") as HTMLElement);

// After the first picture: sending is not what the technician waits for.
setTimeout(() => void import("./outbox/sender").then(({ startSender }) => startSender()), 0);
