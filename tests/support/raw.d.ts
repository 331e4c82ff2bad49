/** A file's text: Vite's import, in Node and in browsers. */
declare module "*?raw" {
  const text: string;
  export default text;
}
