import { core } from "rprop";
import { mountData } from "./data/data.js";
import { mountSpeed } from "./speed/speed.js";
import { element } from "./ui/element.js";
import { followTheme } from "./ui/theme.js";

followTheme(element("theme", HTMLSelectElement));
element("core", HTMLOutputElement).value = core() === "wasm" ? "WebAssembly" : "JavaScript";
mountData();
mountSpeed();
