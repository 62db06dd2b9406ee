// Says which Lua files are not in the form of stylua.toml, or with --write brings them into it:
//
//   node stylua.cjs STYLUA-PACKAGE [--write] FILE...
//
// STYLUA-PACKAGE is the folder of the npm package @johnnymorganz/stylua, which needs no download of
// its own.
const fs = require("node:fs");
const path = require("node:path");

const [folder, ...rest] = process.argv.slice(2);
const writes = rest[0] === "--write";
const files = writes ? rest.slice(1) : rest;
const stylua = require(path.resolve(folder, "stylua_lib_node.cjs"));

const enums = { indent_type: "IndentType", quote_style: "QuoteStyle", call_parentheses: "CallParenType" };

function config() {
  const config = stylua.Config.new();
  const text = fs.readFileSync(path.join(__dirname, "..", "stylua.toml"), "utf8");
  for (const [, key, value] of text.matchAll(/^(\w+) = "?(\w+)"?$/gm)) {
    config[key] = enums[key] ? stylua[enums[key]][value] : Number(value);
  }
  return config;
}

let wrong = 0;
for (const file of files) {
  const text = fs.readFileSync(file, "utf8");
  const form = stylua.formatCode(text, config(), undefined, stylua.OutputVerification.Full);
  if (form === text) continue;
  if (writes) {
    fs.writeFileSync(file, form);
  } else {
    console.log(`not in the form of stylua.toml: ${file}`);
    wrong = 1;
  }
}
process.exit(wrong);
