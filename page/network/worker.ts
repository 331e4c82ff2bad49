/** Trains in slices, between which it obeys, and shows what has come of them. */
import type { Order, Report } from "./messages.js";
import { Training } from "./training.js";

/** How long an order may wait. */
const SLICE_MS = 8;
/** From one snapshot to the next, at least; and so many times as long as one takes. */
const FRAME_MS = 33;
const SPARING = 12;
/** Over how long speed is measured: the first time, and later. */
const RATES_MS = [50, 400] as const;

let run = 0;
let training: Training | null = null;
let running = false;
let showAt = 0;
let epochsPerSecond: number | null = null;
let measured = { at: 0, completed: 0 };

// A message to itself comes after those that the page has sent; a timer would wait for milliseconds.
const { port1: here, port2: there } = new MessageChannel();
let underway = false;

here.onmessage = () => {
  underway = false;
  attempt(work);
};

self.onmessage = ({ data }: MessageEvent<Order>) => attempt(() => obey(data));

function obey(order: Order): void {
  switch (order.order) {
    case "begin":
      training?.dispose();
      training = null;
      run = order.run;
      training = new Training(order.beginning);
      epochsPerSecond = null;
      measured = { at: performance.now(), completed: 0 };
      break;
    case "steer":
      training?.steer(order.steering);
      return;
    case "start":
      running = true;
      measured = { at: performance.now(), completed: training?.completed ?? 0 };
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

function work(): void {
  if (!running || training === null) return;
  training.work(SLICE_MS);
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
  there.postMessage(null);
}

function report(message: Report, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}
