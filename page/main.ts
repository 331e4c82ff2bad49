import { core } from "rprop";
import { mountCurves } from "./curves/mount.js";
import { mountData } from "./data/data.js";
import { mountNetwork } from "./network/network.js";
import { mountSpeed } from "./speed/speed.js";
import { element } from "./ui/element.js";
import { followTheme } from "./ui/theme.js";
import { mountValley } from "./valley/mount.js";

followTheme(element("theme", HTMLSelectElement));
element("core", HTMLOutputElement).value = core() === "wasm" ? "WebAssembly" : "JavaScript";

// All of it before the page counts as loaded: a control that is seen is one that works.
mountCurves();
mountValley();
mountNetwork();
mountData();
mountSpeed();
