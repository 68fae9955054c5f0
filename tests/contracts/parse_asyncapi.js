// Usage: node parse_asyncapi.js <folder with node_modules> <document>
// Prints errors and warnings of the AsyncAPI parser as a JSON list.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join, resolve } = require("node:path");

const [folder, path] = process.argv.slice(2);
const { Parser } = createRequire(join(resolve(folder), "x.js"))("@asyncapi/parser");

new Parser().parse(readFileSync(path, "utf8")).then(({ document, diagnostics }) => {
  const problems = diagnostics
    .filter(({ severity }) => severity < 2)
    .map(({ path: where, message }) => `${where.join(".")}: ${message}`);
  if (!document && problems.length === 0) problems.push("not a document");
  process.stdout.write(JSON.stringify(problems));
});
