import { core } from "rprop";
import { mountSpeed } from "./speed/speed.js";
import { element } from "./ui/element.js";
import { followTheme } from "./ui/theme.js";

followTheme(element("theme", HTMLSelectElement));
element("core", HTMLOutputElement).value = core() === "wasm" ? "WebAssembly" : "JavaScript";
mountSpeed();
