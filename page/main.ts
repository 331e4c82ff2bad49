import { core } from "rprop";
import { element } from "./ui/element.js";
import { followTheme } from "./ui/theme.js";

followTheme(element("theme", HTMLSelectElement));
element("core", HTMLOutputElement).value = core() === "wasm" ? "WebAssembly" : "JavaScript";

void import("./network/network.js").then(({ mountNetwork }) => mountNetwork());
