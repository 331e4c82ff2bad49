/** Of what is written in pictures. */
export const FONT = "12px system-ui, sans-serif";

/** A colour of style.css, by its name there, as the theme of the moment has it. */
export function color(name: string): string {
  let known = resolved.get(name);
  if (known === undefined) {
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    known = getComputedStyle(probe).color;
    probe.remove();
    resolved.set(name, known);
  }
  return known;
}

/** Calls when colours have changed, by the system or in the page. */
export function onThemeChange(call: () => void): void {
  listeners.push(call);
}

/** Lets the person choose between the system's theme, light and dark, and remembers it. */
export function followTheme(select: HTMLSelectElement): void {
  const change = () => {
    document.documentElement.style.colorScheme = select.value;
    resolved.clear();
    for (const call of listeners) call();
  };
  select.value = read() ?? select.value;
  change();
  select.addEventListener("change", () => {
    keep(select.value);
    change();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
}

const KEY = "theme";
const probe = document.createElement("span");
const resolved = new Map<string, string>();
const listeners: (() => void)[] = [];

// Storage may be forbidden; then the choice lasts as long as the page.
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(value: string): void {
  try {
    localStorage.setItem(KEY, value);
  } catch {}
}
