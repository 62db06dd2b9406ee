// What the grammar colours in each example of the specification, beside what the example says
// stands there: claims by their classes in attribute blocks, the keys of citation groups and of
// bare citations, the names in wiki links. A colour is no parser: `differences.json` lists the
// examples where it knows less, each with the reason, and what is listed has to differ.

import fs from 'node:fs'
import path from 'node:path'
import { folder, grammar, tokens } from './registry.mjs'

const CLASSES = /(?<![^ ])\.(claim|quote|accusation|response|figure)(?![^ ])/g
const signs = { '→': '\t', '␣': ' ', '⍽': '\u00a0', '␀': '\0', '⟦BOM⟧': '\ufeff' }

function source(text) {
  return text
    .replace(/[→␣⍽␀]|⟦BOM⟧/gu, (sign) => signs[sign])
    .replace(/⟦U\+([0-9A-F]+)⟧/g, (_, number) => String.fromCodePoint(parseInt(number, 16)))
    .replace(/␍/g, '\n').replace(/\n\n(?=\n)/g, '\n\n')
}

function* examples(spec) {
  const fence = /^(`{20,}) example (\d+)\n([\s\S]*?)^\.\n([\s\S]*?)^\1$/gm
  for (const [, , number, text, reading] of spec.matchAll(fence)) yield { number, text: source(text), reading }
}

/** What an example says, in the order of kinds: only what has colours. */
function expected(reading) {
  const all = { claims: [], cited: [], bare: [], mentions: [] }
  for (const line of source(reading).split('\n')) {
    const words = line.replace(/"(?:\\.|[^"\\])*"/g, '""')
    const names = [...line.matchAll(/"((?:\\.|[^"\\])*)"/g)].map((found) => found[1].replace(/\\(.)/g, '$1'))
    if (line.startsWith('claim ')) all.claims.push(...[...words.matchAll(CLASSES)].map((found) => found[1]))
    if (line.startsWith('cite ')) all.cited.push(...line.slice(5).split(' ').map((key) => key.slice(1)))
    if (line.startsWith('bare ')) all.bare.push(line.slice(6))
    if (line.startsWith('mention ')) all.mentions.push(names[0])
  }
  return all
}

function coloured(tokens) {
  const all = { claims: [], cited: [], bare: [], mentions: [] }
  for (const { words, scopes } of tokens) {
    const is = (name) => scopes.some((scope) => scope.startsWith(name))
    if (is('entity.name.type.class.') && words !== '.') all.claims.push(words)
    if (is('entity.name.function.citation.')) all.cited.push(words.replace(/^\{|\}$/g, ''))
    if (is('meta.citation.bare.')) all.bare.push(words.replace(/^-?@\{?|\}$/g, ''))
    if (is('entity.name.type.mention.')) all.mentions.push(words.trim())
  }
  return all
}

/** Their order is another matter: an outer claim comes before an inner one, its classes after. */
const sorted = (all) => JSON.stringify(Object.values(all).map((names) => [...names].sort()))

const spec = fs.readFileSync(path.join(folder, '../SPEC.md'), 'utf8')
const known = JSON.parse(fs.readFileSync(path.join(folder, 'test/differences.json'), 'utf8'))
const reasons = new Map(known.flatMap(({ why, examples }) => examples.map((number) => [String(number), why])))
let failed = 0
let read = 0
for (const scope of ['text.html.markdown', 'text.newsmark']) {
  const rules = await grammar(scope)
  for (const { number, text, reading } of examples(spec)) {
    const [want, got] = [expected(reading), coloured(tokens(rules, text))]
    const differs = sorted(want) !== sorted(got)
    read += 1
    if (differs === reasons.has(number)) continue
    failed += 1
    console.error(differs
      ? `example ${number} (${scope}):\n${text}  expected ${JSON.stringify(want)}\n  coloured ${JSON.stringify(got)}`
      : `example ${number} (${scope}) agrees: take it out of test/differences.json`)
  }
  // What nobody writes: in the cube of its length this would take longer than the test may.
  tokens(rules, '[[a]'.repeat(1000))
}
console.log(`${read} readings of the examples, ${reasons.size} examples known to differ, ${failed} unexpected`)
process.exit(failed || read < 2 ? 1 : 0)
