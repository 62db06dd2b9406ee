// What the extension reads of a text by itself, beside what the program reads: where the markup of
// claims, citations and mentions stands in every article of the example newsroom.
//
//   node markup.mjs READER NEWSMARK NEWSROOM
//
// READER is src/markup.ts, bundled.

import fs from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const [reader, newsmark, newsroom] = process.argv.slice(2)
const { markup } = await import(pathToFileURL(path.resolve(reader)))
const articles = fs.readdirSync(newsroom, { recursive: true }).filter((file) => /^2.*\.md$/.test(file)).sort()
let failed = 0
let compared = 0
for (const article of articles) {
  const file = path.join(newsroom, article)
  const bytes = fs.readFileSync(file)
  const text = bytes.toString()
  const byte = (offset) => Buffer.byteLength(text.slice(0, offset))
  const [truth] = execFileSync(newsmark, ['parse', '--format', 'json', file], { timeout: 20000 })
    .toString().trim().split('\n').map((line) => JSON.parse(line))
  const own = markup(text)
  const units = (kind) => own.units.filter((unit) => unit.kind === kind)
    // The white space before a citation goes with it.
    .map(({ hidden }) => {
      const start = hidden[0].start + text.slice(hidden[0].start).search(/[^ \t]/)
      return `${byte(start)}-${byte(hidden.at(-1).end)}`
    })
  const places = (all) => all.map(({ range }) => `${range.start.offset}-${range.end.offset}`)
  // Of a heading or a div, only what is hidden is read: its block, and its fence.
  const claims = (sign) => truth.claims.filter(({ range }) => bytes[range.start.offset] === sign.charCodeAt(0))
  const marked = own.units.filter((unit) => unit.class !== undefined)
  const [spans, headings] = [2, 1].map((parts) => marked.filter(({ kind, hidden }) => kind === 'claim' && hidden.length === parts))
  const fences = marked.filter((unit) => unit.kind === 'fence' && !['div', 'end'].includes(unit.class))
  for (const [what, got, want] of [
    ['claims in sentences', spans.map(({ hidden }) => `${byte(hidden[0].start)}-${byte(hidden[1].end)}`), places(claims('['))],
    ['claims that are headings', headings.map(({ hidden }) => String(byte(hidden[0].end))), claims('#').map(({ range }) => String(range.end.offset))],
    ['claims that are divs', fences.map(({ hidden }) => String(byte(hidden[0].start))), claims(':').map(({ range }) => String(range.start.offset))],
    ['citations', units('citation'), places(truth.citations.filter(({ range }) => bytes[range.start.offset] === 0x5b))],
    ['mentions', units('mention'), places(truth.mentions)],
  ]) {
    compared += want.length
    const [missing, more] = [want.filter((one) => !got.includes(one)), got.filter((one) => !want.includes(one))]
    if (missing.length + more.length === 0) continue
    failed += 1
    console.error(`${article}: ${what}: not seen: ${missing.join(' ')}; not there: ${more.join(' ')}`)
  }
}
// What nobody writes takes no time, either.
const MANY = 20000
for (const text of ['['.repeat(MANY) + ']'.repeat(MANY), '[x '.repeat(500) + ']{.claim}'.repeat(500), '[@a; '.repeat(MANY), '[x]{'.repeat(MANY), '[[a|'.repeat(MANY), '> '.repeat(MANY), '*a _b '.repeat(MANY)]) {
  const began = Date.now()
  markup(text)
  const LIMIT = 20000
  if (Date.now() - began > LIMIT) {
    failed += 1
    console.error(`${text.slice(0, 10)}…: ${Date.now() - began} ms`)
  } else if (process.env.TIMES) console.log(`${text.slice(0, 10)}…: ${Date.now() - began} ms`)
}
console.log(`${articles.length} articles, ${compared} claims, citations and mentions compared, ${failed} differences`)
process.exit(failed || compared < 100 ? 1 : 0)
