import { core } from "rprop";
import { mountCurves } from "./curves/mount.js";
import { element } from "./ui/element.js";
import { followTheme } from "./ui/theme.js";

followTheme(element("theme", HTMLSelectElement));
element("core", HTMLOutputElement).value = core() === "wasm" ? "WebAssembly" : "JavaScript";

// What is seen first is there first.
mountCurves();
void import("./valley/mount.js").then(({ mountValley }) => mountValley());
void import("./network/network.js").then(({ mountNetwork }) => mountNetwork());
void import("./data/data.js").then(({ mountData }) => mountData());
void import("./speed/speed.js").then(({ mountSpeed }) => mountSpeed());
