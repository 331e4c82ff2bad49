import { everything, type Trained } from "../package/engines.js";
import { runModule } from "../package/program.js";

/** An AudioWorklet that trains, where browsers give fewer globals than anywhere else, and says what it comes to. */
export function worklet(library: string): string {
  return `
    ${everything(library)}
    registerProcessor("trainer", class extends AudioWorkletProcessor {
      constructor() {
        super();
        result.catch(String).then((trained) => this.port.postMessage(trained));
      }
      process() {
        return false;
      }
    });`;
}

/** The module of a page that starts such a worklet, and prints as a consumer does. */
export function workletStarter(file: string): string {
  return `
    const context = new OfflineAudioContext(1, 128, 44100);
    await context.audioWorklet.addModule("${file}");
    new AudioWorkletNode(context, "trainer").port.onmessage = ({ data }) => {
      console.log(JSON.stringify(data));
      console.log(data.fingerprint);
    };
    await context.startRendering();`;
}

/** What the worklet comes to in Node. */
export function inNode(folder: string): Trained {
  const source = `${everything("rprop")} console.log(JSON.stringify(await result));`;
  return runModule<Trained>(source, { cwd: folder });
}
