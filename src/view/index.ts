/** Every public name of rprop/view: what people look at, with no library inside, for results of either one. */

export { type LossCurves, type PlotOptions, plot } from "./plot.js";
export { type Progress, type ProgressOptions, type ProgressStream, progress } from "./progress.js";
