import { fingerprint } from "rprop";
import { expect, test } from "vitest";
import type { NetworkShape } from "../../page/network/messages.js";
import { pointsOf } from "../../page/network/points.js";
import { number } from "../../page/ui/number.js";
import {
  choose,
  epochs,
  hears,
  press,
  ready,
  SPIRALS,
  sees,
  slide,
  straight,
  text,
  write,
} from "../support/network-person.js";
import { describePage } from "./person.js";

describePage("the network", ({ open }) => {
  test("trains at full speed to the bits that the library has in Node, and stops at once", async () => {
    const page = await ready(open);
    await choose(page, "pace", "");
    await write(page, "target", "");
    await press(page, "play");
    await page.waitForFunction(() => document.querySelector("#network-epochs")?.textContent !== "0");
    expect(await text(page, "fingerprint")).toBe("–");
    await sees(page, "rate", /\d/);
    await press(page, "play");
    await sees(page, "state", /Paused/);
    await sees(page, "fingerprint", /^[0-9a-f]{16}$/);
    const completed = await epochs(page);
    const { model, result } = straight(SPIRALS, completed);
    expect(await text(page, "fingerprint")).toBe(fingerprint(model));
    const { losses } = result as { losses: Float64Array };
    const [first, last] = [losses[0], losses.at(-1)].map((loss) => number(loss as number));
    const words = `${completed.toLocaleString("en")} epochs, training loss from ${first} to ${last}`;
    await hears(page, "#network-losses [role=img]", new RegExp(`${words}$`));
  });

  test("takes one epoch at a time, with the options of the moment, and begins again", async () => {
    const page = await ready(open);
    const { model, optimizer, train } = straight(SPIRALS, 0);
    const beginning = fingerprint(model);
    expect(await text(page, "fingerprint")).toBe(beginning);
    for (const epoch of ["1", "2", "3"]) {
      await press(page, "step");
      await sees(page, "epochs", new RegExp(`^${epoch}$`));
    }
    train(3);
    expect(await text(page, "fingerprint")).toBe(fingerprint(model));

    await choose(page, "variant", "rprop+");
    await write(page, "eta-minus", "0.7");
    await write(page, "eta-plus", "1.1");
    await write(page, "min", "1e-5");
    await write(page, "max", "0.1");
    await write(page, "decay", "0.01");
    for (const epoch of ["4", "5"]) {
      await press(page, "step");
      await sees(page, "epochs", new RegExp(`^${epoch}$`));
    }
    const steered = { variant: "rprop+", etas: [0.7, 1.1], stepSizes: [1e-5, 0.1], weightDecay: 0.01 };
    Object.assign(optimizer.paramGroups[0] as object, steered);
    train(2);
    expect(await text(page, "fingerprint")).toBe(fingerprint(model));

    await press(page, "reset");
    await sees(page, "epochs", /^0$/);
    expect(await text(page, "fingerprint")).toBe(beginning);
  });

  test("begins anew with other points and another network, drawn by the seed", async () => {
    const page = await ready(open);
    await press(page, "step");
    await sees(page, "epochs", /^1$/);
    await choose(page, "shape", "moons");
    await slide(page, "count", -5);
    await slide(page, "noise", 2);
    await slide(page, "layers", 1);
    await slide(page, "width", -7);
    await choose(page, "activation", "SiLU");
    await write(page, "seed", "8");
    const architecture: NetworkShape = { hiddenLayers: 3, width: 5, activation: "SiLU", seed: 8 };
    const { model } = straight(pointsOf("moons", 150, 0.05, 8), 0, architecture);
    await sees(page, "fingerprint", new RegExp(fingerprint(model)));
    expect(await epochs(page)).toBe(0);
    await press(page, "step");
    await sees(page, "epochs", /^1$/);
    const { model: trained } = straight(pointsOf("moons", 150, 0.05, 8), 1, architecture);
    expect(await text(page, "fingerprint")).toBe(fingerprint(trained));
  });

  test("ends at the loss that was asked for, or where nothing moves any more, and shows the validation points", async () => {
    const page = await ready(open);
    await choose(page, "pace", "1000");
    await slide(page, "share", 4);
    await choose(page, "shape", "circles");
    await press(page, "play");
    await sees(page, "state", /Reached the loss/);
    await sees(page, "accuracy", /^100\.0 %$/);
    await sees(page, "validation", /^\d+\.\d %$/);
    await hears(page, "#network-losses [role=img]", /training loss from .* validation loss from/);

    await write(page, "target", "");
    await slide(page, "count", "least");
    await slide(page, "noise", "least");
    await choose(page, "pace", "");
    await press(page, "play");
    await sees(page, "state", /Converged/);
  });

  test("keeps to its pace", async () => {
    const page = await ready(open);
    await choose(page, "pace", "10");
    await press(page, "play");
    await new Promise((resolve) => setTimeout(resolve, 700));
    await press(page, "play");
    await sees(page, "state", /Paused/);
    const completed = await epochs(page);
    expect(completed).toBeGreaterThan(0);
    expect(completed).toBeLessThan(60);
  });

  test("says what was refused, and what to do where the loss is infinite", async () => {
    const page = await ready(open);
    await choose(page, "pace", "");
    await write(page, "lr", "-1");
    await sees(page, "message", /^First step size: ./);
    await write(page, "lr", "1e20");
    await sees(page, "message", /^$/);
    await choose(page, "activation", "ReLU");
    await write(page, "max", "1e38");
    await press(page, "play");
    await sees(page, "state", /Diverged/);
    await sees(page, "message", /not a finite number.*Reset/);

    await write(page, "eta-minus", "3");
    await sees(page, "message", /^Step × where the sign flips: ./);
    await write(page, "eta-minus", "0.5");
    await write(page, "lr", "0.01");
    await sees(page, "message", /^$/);
    await press(page, "play");
    await sees(page, "state", /Reached the loss/);
  });

  test("does not begin with a field that is wrong, and begins when that is mended", async () => {
    const page = await ready(open);
    await write(page, "seed", "");
    await sees(page, "message", /^Seed of points and weights: ./);
    await press(page, "play");
    await press(page, "step");
    expect(await text(page, "state")).toBe("Not begun");
    expect(await text(page, "play")).toBe("Play");
    await write(page, "seed", "1");
    await sees(page, "state", /Ready/);
    await press(page, "step");
    await sees(page, "epochs", /^1$/);
    expect(await text(page, "fingerprint")).toBe(fingerprint(straight(SPIRALS, 1).model));
  });

  test("rests while it is out of sight", async () => {
    const page = await ready(open, { width: 1280, height: 200 });
    await write(page, "target", "");
    await press(page, "play");
    await sees(page, "epochs", /[1-9]/);
    await page.evaluate(() => scrollTo(0, 0));
    await sees(page, "fingerprint", /^[0-9a-f]{16}$/);
    const before = await epochs(page);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await epochs(page)).toBe(before);
    await page.$eval("#network", (section) => section.scrollIntoView());
    await sees(page, "fingerprint", /–/);
    await page.waitForFunction(
      (before) =>
        Number(document.querySelector("#network-epochs")?.textContent?.replaceAll(",", "")) > before,
      {},
      before,
    );
  });
});
