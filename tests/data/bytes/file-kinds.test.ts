import { describe, expect, test } from "vitest";
import { csvRows, FormatError, readCsv } from "../../../src/data/index.js";

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("files of other kinds are named, with what to do", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "a gzip file: unpack it with gunzip"],
    ["xlsx", ascii("PK\x03\x04…"), "an Excel workbook or another zip archive: save it as CSV"],
    ["Parquet", ascii("PAR1\x15\x04"), "a Parquet file: convert it to CSV"],
    ["SQLite", ascii("SQLite format 3\0"), "a SQLite database"],
    ["npy", ascii("\x93NUMPY\x01\0"), "an .npy file: readNpy reads it"],
    ["ARFF", "% Weka\n\n@RELATION iris\n@ATTRIBUTE a REAL\n@DATA\n1\n", "an ARFF file of Weka"],
    ["LIBSVM", "+1 1:0.5 3:2\n-1 2:1 3:4\n", "a LIBSVM file"],
    ["HTML", "\n<!DOCTYPE html>\n<html></html>\n", "an HTML page: download the file itself"],
    ["JSON lines", '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', "JSON"],
    ["a JSON array", '[\n {"a": 1}]\n', "JSON"],
    ["rows in JSON", "[[1,2],[3,4]]\n", "JSON"],
    ["Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "git lfs pull"],
  ])("%s", (_, file, message) => {
    for (const act of [() => readCsv(file), () => [...csvRows(file)]]) {
      expect(act).toThrow(`file: expected a table, such as CSV, got `);
      expect(act).toThrow(message);
      expect(act).toThrow(FormatError);
    }
  });

  test.each([
    ["[a],{b}\n1,2\n"],
    ["<5,>5\n1,2\n"],
    ["version,b\n1,2\n"],
    ["1 10:30,5\n2 11:30,6\n"],
    ["@handle,n\nx,1\n"],
    ["PKW,n\nx,1\n"],
  ])("%j is none of them", (text) => {
    expect(readCsv(text, { header: true }).names.length).toBe(2);
  });
});
