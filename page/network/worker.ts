/** Trains in slices, between which it obeys, and shows what has come of them. */
import type { NetworkReport, Order } from "./messages.js";
import { Training } from "./training.js";

/** How long an order may wait. */
const SLICE_MS = 8;
/** From one snapshot to the next, at least; and so many times as long as one takes. */
const FRAME_MS = 33;
const SPARING = 20;
/** How long to rest where the pace allows no epoch yet. */
const WAIT_MS = 4;
/** Over how long speed is measured: the first time, and later. */
const RATES_MS = [50, 400] as const;

let run = 0;
let training: Training | null = null;
let running = false;
let showAt = 0;
let epochsPerSecond: number | null = null;
let measured = { at: 0, completed: 0 };
/** The maximum of epochs a second; when they began to be counted. */
let pace: number | null = null;
let counted = measured;

// A message to itself comes after those that the page has sent; a timer would wait for milliseconds.
const { port1: here, port2: there } = new MessageChannel();
let underway = false;

here.onmessage = goOn;

function goOn(): void {
  underway = false;
  attempt(work);
}

self.onmessage = ({ data }: MessageEvent<Order>) => attempt(() => obey(data));

function obey(order: Order): void {
  switch (order.order) {
    case "begin":
      training?.dispose();
      training = null;
      run = order.run;
      training = new Training(order.beginning);
      epochsPerSecond = null;
      restartClocks();
      break;
    case "steer":
      training?.steer(order.steering);
      return;
    case "start":
      running = true;
      restartClocks();
      return;
    case "pace":
      pace = order.pace;
      restartClocks();
      return;
    case "pause":
      running = false;
      break;
    case "step":
      training?.step();
      break;
  }
  show();
}

function restartClocks(): void {
  measured = counted = { at: performance.now(), completed: training?.completed ?? 0 };
}

/** How many epochs the pace allows now. */
function allowed(completed: number): number {
  if (pace === null) return Infinity;
  return Math.floor(((performance.now() - counted.at) / 1000) * pace) - (completed - counted.completed);
}

function work(): void {
  if (!running || training === null) return;
  const most = allowed(training.completed);
  if (most < 1) return;
  training.work(SLICE_MS, most);
  running = training.stopReason === null;
  measure(training.completed);
  if (!running || performance.now() >= showAt) show();
}

function measure(completed: number): void {
  const now = performance.now();
  const passed = now - measured.at;
  if (passed < RATES_MS[epochsPerSecond === null ? 0 : 1]) return;
  epochsPerSecond = (1000 * (completed - measured.completed)) / passed;
  measured = { at: now, completed };
}

function show(): void {
  if (training === null) return;
  const begin = performance.now();
  const seen = training.look();
  const fingerprint = running ? null : training.fingerprint;
  const numbers = [seen.logits, seen.losses, seen.validationLosses ?? []];
  report(
    { report: "snapshot", run, snapshot: { ...seen, running, epochsPerSecond, fingerprint } },
    numbers.flatMap((array) => ("buffer" in array ? [array.buffer] : [])),
  );
  const end = performance.now();
  showAt = Math.max(begin + FRAME_MS, end + SPARING * (end - begin));
}

/** Does something, tells the page what went wrong, and goes on training. */
function attempt(something: () => void): void {
  try {
    something();
  } catch (error) {
    running = false;
    report({ report: "refused", run, begun: training !== null, message: (error as Error).message });
  }
  if (!running || training === null || underway) return;
  underway = true;
  if (allowed(training.completed) >= 1) there.postMessage(null);
  else setTimeout(goOn, WAIT_MS);
}

function report(message: NetworkReport, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}
