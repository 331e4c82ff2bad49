import { describe, expect, test } from "vitest";
import { decode as decodeModel, encode, fingerprint } from "../../src/index.js";
import { shareOfYear, weekdayOf } from "../../src/table/dates/calendar.js";
import { type DateForm, parseDate } from "../../src/table/dates/forms.js";
import {
  type DateInput,
  decode,
  describeTable,
  type TrainTableOptions,
  trainTable,
} from "../../src/table/index.js";
import { inputNames, inputTexts } from "../../src/table/schema.js";

const QUICK = { target: "y", epochs: 2, networks: 1, folds: 0 } as const;

/** A table of a column of texts, and numbers. */
function table(texts: readonly string[], name = "day"): string {
  return `b,${name},y\n${texts.map((text, i) => `${i % 7},"${text}",${(i * 11) % 17}\n`).join("")}`;
}

/** The first dates of many months. */
function months(count: number, text: (year: number, month: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => text(2015 + Math.floor(i / 12), (i % 12) + 1));
}

/** Days from 1 January of a year that is no leap year, as texts. */
function days(count: number, text: (month: number, day: number) => string): string[] {
  const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const all = lengths.flatMap((length, m) => Array.from({ length }, (_, d) => text(m + 1, d + 1)));
  return all.slice(0, count);
}

const two = (value: number) => String(value).padStart(2, "0");

async function dateInput(csv: string, options: Partial<TrainTableOptions> = {}) {
  const { schema, notes } = await trainTable(csv, { ...QUICK, ...options });
  const input = schema.inputs.find(({ kind }) => kind === "date") as DateInput | undefined;
  return { input, notes };
}

describe("a date is read as it is written", () => {
  test.each<[text: string, form: DateForm, year: number, month: number, day: number, hour: number]>([
    ["2024-03-01", "ymd", 2024, 3, 1, 0],
    ["2024-3-1", "ymd", 2024, 3, 1, 0],
    ["2024/03/01", "ymd", 2024, 3, 1, 0],
    ["2024-03-01T12:30", "ymd", 2024, 3, 1, 12.5],
    ["2024-03-01 12:30:36.0Z", "ymd", 2024, 3, 1, 12.51],
    ["2024-03-01T23:00:00+05:30", "ymd", 2024, 3, 1, 23],
    ["2024-03-01T01:00:00 -0800", "ymd", 2024, 3, 1, 1],
    ["2024-02-28T24:00", "ymd", 2024, 2, 29, 0],
    ["2023-12-31T24:00", "ymd", 2024, 1, 1, 0],
    ["1969-07-20", "ymd", 1969, 7, 20, 0],
    ["01.03.2024", "dmy", 2024, 3, 1, 0],
    ["1/3/70", "dmy", 1970, 3, 1, 0],
    ["1/3/69", "dmy", 2069, 3, 1, 0],
    ["3/1/2024 1:30 PM", "mdy", 2024, 3, 1, 13.5],
    ["3/1/2024 12:15 a.m.", "mdy", 2024, 3, 1, 0.25],
    ["2024-03", "ym", 2024, 3, 1, 0],
    ["1 March 2024", "named", 2024, 3, 1, 0],
    ["1. Mar. 2024", "named", 2024, 3, 1, 0],
    ["1-Mar-24", "named", 2024, 3, 1, 0],
    ["Mar 2024", "named", 2024, 3, 1, 0],
    ["March 1, 2024", "named", 2024, 3, 1, 0],
    ["Sept 1st, 2024", "named", 2024, 9, 1, 0],
    ["2024 Mar", "named", 2024, 3, 1, 0],
    ["2024Q2", "quarter", 2024, 4, 1, 0],
    ["q4 2024", "quarter", 2024, 10, 1, 0],
    ["2024-03-01", "dmy", 2024, 3, 1, 0],
    ["2000-02-29", "ymd", 2000, 2, 29, 0],
  ])("%s as %s", (text, form, year, month, day, hour) => {
    expect(parseDate(text, form)).toEqual({ year, month, day, hour: expect.closeTo(hour, 9) });
  });

  test.each<[text: string, form: DateForm]>([
    ["2024-02-30", "ymd"],
    ["2023-02-29", "ymd"],
    ["1900-02-29", "ymd"],
    ["2024-13-01", "ymd"],
    ["2024-00-10", "ymd"],
    ["2024-03-00", "ymd"],
    ["2024-03/01", "ymd"],
    ["2024-03-01T24:01", "ymd"],
    ["2024-03-01T12:60", "ymd"],
    ["2024-03-01 13:00 pm", "ymd"],
    ["13/1/2024", "mdy"],
    ["1/13/2024", "dmy"],
    ["Marigold 2024", "named"],
    ["2024Q5", "quarter"],
    ["2024-03-01 and more words than any date", "ymd"],
    ["", "ymd"],
  ])("%s is no date (%s)", (text, form) => {
    expect(parseDate(text, form)).toBeNull();
  });
});

test("weekdays and days of the year are those of the calendar", () => {
  const of = (text: string) => {
    const moment = parseDate(text, "ymd");
    if (moment === null) throw new Error(text);
    return [weekdayOf(moment), shareOfYear(moment)];
  };
  expect(of("1970-01-01")).toEqual([3, 0]);
  expect(of("2024-02-29")).toEqual([3, 59 / 366]);
  expect(of("2023-03-01")).toEqual([2, 59 / 365]);
  expect(of("2024-12-31T12:00")).toEqual([1, 365.5 / 366]);
  // A Date counts in UTC here, and knows the Gregorian calendar for any year.
  for (let day = -400_000; day < 100_000; day += 997) {
    const date = new Date(day * 86_400_000);
    const text = date.toISOString().slice(0, 10);
    if (!/^\d{4}-/.test(text)) continue;
    const share = (day * 86_400_000 - Date.UTC(date.getUTCFullYear(), 0)) / 86_400_000;
    const [weekday, part] = of(text) as [number, number];
    expect(weekday).toBe((date.getUTCDay() + 6) % 7);
    expect(
      Math.round(part * (new Date(Date.UTC(date.getUTCFullYear(), 1, 29)).getUTCMonth() === 1 ? 366 : 365)),
    ).toBe(share);
  }
});

describe("the dates of a column become numbers as far as they vary", () => {
  test("years, seasons and weekdays of days", async () => {
    const { input, notes } = await dateInput(table(days(365, (m, d) => `2023-${two(m)}-${two(d)}`)));
    expect(input).toMatchObject({
      name: "day",
      kind: "date",
      form: "ymd",
      parts: ["year", "season", "weekday"],
    });
    expect(input?.means).toHaveLength(10);
    expect(input?.means[0]).toBeCloseTo(2023 + 182 / 365, 8);
    expect(input?.means.slice(1, 3)).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)]);
    expect(input?.means.slice(3)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(notes).toContain('"day" holds dates (year-month-day): year, season, weekday are inputs');
    expect(inputNames([input as DateInput])).toEqual([
      ...["day.year", "day.season sin", "day.season cos", "day.weekday = Monday", "day.weekday = Tuesday"],
      ...[
        "day.weekday = Wednesday",
        "day.weekday = Thursday",
        "day.weekday = Friday",
        "day.weekday = Saturday",
      ],
      "day.weekday = Sunday",
    ]);
    expect(inputTexts(input as DateInput)).toEqual(["day", "dates (year-month-day): year, season, weekday"]);
  });

  test.each<[what: string, texts: string[], form: DateForm, parts: string[]]>([
    [
      "hours of one day",
      Array.from({ length: 48 }, (_, i) => `2024-03-01 ${i >> 1}:${i % 2 ? "30" : "00"}`),
      "ymd",
      ["hour"],
    ],
    ["days of a month", days(31, (m, d) => `${d}.${m}.2023`), "dmy", ["year", "weekday"]],
    ["months", months(40, (y, m) => `${y}-${two(m)}`), "ym", ["year", "season"]],
    ["the first day of each month", months(40, (y, m) => `${y}-${two(m)}-01`), "ymd", ["year", "season"]],
    ["quarters", months(40, (y, m) => `${y} Q${Math.ceil(m / 3)}`), "quarter", ["year", "season"]],
    [
      "names of months",
      months(
        40,
        (y, m) =>
          `${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][m - 1]} ${y}`,
      ),
      "named",
      ["year", "season"],
    ],
    ["years", months(240, (y) => `${y}-07-01`), "ymd", ["year"]],
  ])("%s", async (_, texts, form, parts) => {
    const { input } = await dateInput(table(texts));
    expect(input).toMatchObject({ form, parts });
  });

  test("a cell is the same whatever the form, and a missing one is the mean", async () => {
    const csv = table(days(365, (m, d) => `${d}.${m}.2023`));
    const { model } = await trainTable(csv, { ...QUICK, hidden: [], epochs: 300 });
    const { values, notes } = await model.predict(
      "b,day\n1,04.07.2023\n1,2023-07-04\n1,\n1,soon\n1,31.6.2023\n",
    );
    expect(values[1]).toBe(values[0]);
    expect(values[2]).not.toBe(values[0]);
    expect(values.slice(3)).toEqual([values[2], values[2]]);
    expect(notes).toEqual([
      'Column "day": 2 cells without a date (day/month/year) counted as missing, the first "soon" in line 5.',
      "missing values, filled with the mean: day 3",
    ]);
    const rows = [{ b: 1, day: new Date(Date.UTC(2023, 6, 4)) }, { b: 1, day: "2023-07-04T00:00" }, { b: 1 }];
    expect(model.predictRows(rows)).toEqual([values[0], values[0], values[2]]);
  });

  test("a model learns the days of the week, and the seasons", async () => {
    const texts = Array.from({ length: 3 }, (_, y) =>
      days(365, (m, d) => `202${1 + y}-${two(m)}-${two(d)}`),
    ).flat();
    const sunday = (text: string) => new Date(text).getUTCDay() === 0;
    const csv = `day,y\n${texts.map((t) => `${t},${(sunday(t) ? 5 : 0) + 3 * Math.sin((2 * Math.PI * new Date(t).getUTCMonth()) / 12)}`).join("\n")}\n`;
    const { scores } = await trainTable(csv, { target: "y", hidden: [] });
    expect(scores.kind === "number" && scores.r2).toBeGreaterThan(0.98);
  });

  test("texts that count as missing are missing, even where they are dates", async () => {
    const texts = days(365, (m, d) => (d === 3 ? "1900-01-01" : `2023-${two(m)}-${two(d)}`));
    const csv = { missingValues: ["1900-01-01"] };
    const { schema, model, notes } = await trainTable(table(texts), { ...QUICK, csv });
    expect((schema.inputs[1] as DateInput).means[0]).toBeGreaterThan(2023);
    expect(notes).toContain("missing values, filled with the mean: day 12");
    const { values } = await model.predict("b,day\n1,1900-01-01\n1,NA\n");
    expect(values[0]).toBe(values[1]);
  });
});

describe("the order of day and month", () => {
  test("is decided by one number above 12", async () => {
    const texts = months(60, (y, m) => `${m}/${1 + (y % 9)}/${y}`);
    texts[50] = "1/25/2019";
    expect((await dateInput(table(texts))).input?.form).toBe("mdy");
    texts[50] = "25/1/2019";
    expect((await dateInput(table(texts))).input?.form).toBe("dmy");
  });

  test("is guessed where nothing decides, and said", async () => {
    const open = (mark: string) =>
      Array.from({ length: 60 }, (_, i) => `${1 + (i % 12)}${mark}${1 + (i % 11)}${mark}2020`);
    const slashes = await dateInput(table(open("/")));
    expect(slashes.input?.form).toBe("mdy");
    expect(slashes.notes[0]).toBe(
      '"day" holds dates (month/day/year, as no number above 12 tells days from months in "1/1/2020"): year, season, weekday are inputs; where that is wrong, write dates as 2024-03-01',
    );
    expect((await dateInput(table(open(".")))).input?.form).toBe("dmy");
    // In figures for months, the day is what is always the same.
    expect((await dateInput(table(months(40, (y, m) => `1/${m}/${y}`)))).input?.form).toBe("dmy");
    expect((await dateInput(table(months(40, (y, m) => `${m}/1/${y}`)))).input?.form).toBe("mdy");
  });
});

describe("columns with dates", () => {
  const csv = table(days(200, (m, d) => `2023-${two(m)}-${two(d)}`));

  test("are inputs where they are unique, come first, or have no name", async () => {
    for (const head of ["day,b,y", ",b,y"]) {
      const rows = days(200, (m, d) => `2023-${two(m)}-${two(d)},${d},${m}`);
      expect((await dateInput(`${head}\n${rows.join("\n")}\n`)).input?.parts).toEqual(["year", "weekday"]);
    }
  });

  test("are inputs with more distinct dates than are listed", async () => {
    const texts = Array.from({ length: 4 }, (_, y) => days(365, (m, d) => `${d}/${m}/202${1 + y}`)).flat();
    expect((await dateInput(table(texts))).input).toMatchObject({
      form: "dmy",
      parts: ["year", "season", "weekday"],
    });
  });

  test("are ignored where they say one thing, or are not written in one way", async () => {
    const one = await dateInput(table(Array.from({ length: 40 }, (_, i) => (i % 5 ? "2024-01-01" : ""))));
    expect(one.notes).toContain('"day" ignored: the same date wherever it is known');
    const mixed = await dateInput(
      table(months(200, (y, m) => (m % 3 ? `${m}/${1 + (y % 28)}/${y}` : `${y}Q1 of ${m}`))),
    );
    expect(mixed.input).toBeUndefined();
  });

  test("are no target, unless as classes", async () => {
    await expect(trainTable(csv, { ...QUICK, target: "day" })).rejects.toThrow(
      /^"day" holds dates, which are no target: predict a number of days or years instead, in a column of its own; task: "classify" takes/,
    );
    const few = table(months(60, (y) => `${y}-01-01`));
    const { schema } = await trainTable(few, { ...QUICK, target: "day", task: "classify" });
    expect(schema.target).toMatchObject({ kind: "category", labels: "text" });
  });

  test("are described as such", async () => {
    const { columns, target } = await describeTable(csv);
    expect(columns[1]).toEqual({
      name: "day",
      kind: "date",
      holds: "dates (year-month-day), such as 2023-01-01",
      missing: 0,
      ignored: null,
      tasks: [],
    });
    expect(target).toBe("y");
  });

  test("are in the model's file, and refused where it was changed", async () => {
    const { model } = await trainTable(csv, QUICK);
    const bytes = model.encode();
    expect(decode(bytes).schema).toEqual(model.schema);
    const { metadata } = decodeModel(bytes);
    const text = metadata["rprop.table"] as string;
    const withText = (other: string) => encode({ model: model.module, metadata: { "rprop.table": other } });
    expect(decode(withText(text)).schema).toEqual(model.schema);
    for (const [right, wrong] of [
      ['["year","weekday"]', '["weekday","year"]'],
      ['["year","weekday"]', '["year","weekend"]'],
      ['"means":[', '"means":[0,'],
      ['"form":"ymd"', '"form":"dym"'],
    ] as const) {
      expect(text).toContain(right);
      expect(() => decode(withText(text.replace(right, wrong)))).toThrow("not as rprop train writes it");
    }
  });

  test("give one model, to the bit, in every version", async () => {
    const texts = Array.from({ length: 2 }, (_, y) =>
      days(365, (m, d) => `202${2 + y}-${two(m)}-${two(d)}T${two(d % 24)}:00`),
    );
    const { model, scores } = await trainTable(table(texts.flat()), {
      target: "y",
      epochs: 20,
      networks: 1,
      folds: 0,
    });
    expect(scores.kind === "number" && scores.rmse).toBe(4.381481670211414);
    expect(fingerprint(model.module)).toBe("ad8cb452725a2420");
  });

  test("keep their texts where they are wanted beside predictions", async () => {
    const { model } = await trainTable(csv, QUICK);
    const { strings } = await model.predict("day,b,id\n2023-01-01,1,x\n2023-01-02,2,y\n", {
      strings: ["id", "day"],
    });
    expect(strings).toEqual([
      ["x", "2023-01-01"],
      ["y", "2023-01-02"],
    ]);
    expect((await model.predict("day,b\n2023-01-01,1\n")).strings).toEqual([]);
  });

  test("are read from rows and columns of a program, as Date or text", async () => {
    const texts = days(200, (m, d) => `2023-${two(m)}-${two(d)}`);
    const y = texts.map((_, i) => i % 13);
    const dates = texts.map((text) => new Date(text));
    const [a, b] = await Promise.all([
      trainTable({ columns: { day: texts, y } }, QUICK),
      trainTable({ rows: dates.map((day, i) => ({ day, y: y[i] })) }, QUICK),
    ]);
    expect(b.schema.inputs).toEqual(a.schema.inputs);
    expect(b.scores).toEqual(a.scores);
  });

  test("are evaluated as they are trained on", async () => {
    const { model, measure } = await trainTable(csv, QUICK);
    const { scores } = await model.evaluate(csv);
    expect(scores.rows).toBe(200);
    const { scores: own } = await measure("training");
    expect(own.rows).toBe(160);
    const { scores: other, notes } = await model.evaluate(`${csv}1,someday,3\n`);
    expect(other.rows).toBe(201);
    expect(notes[0]).toMatch(/1 cell without a date .* "someday" in line 202\.$/);
  });
});
