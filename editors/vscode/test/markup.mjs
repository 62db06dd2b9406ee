// What the extension reads of a text by itself, beside what the program reads: where the markup of
// claims, citations and mentions stands in every article of the example newsroom, with the line ends
// of Windows, too, and in indented code and what looks like it.
//
//   node markup.mjs READER NEWSMARK NEWSROOM
//
// READER is src/markup.ts, bundled.

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const [reader, newsmark, newsroom] = process.argv.slice(2)
const { markup } = await import(pathToFileURL(path.resolve(reader)))
const articles = fs.readdirSync(newsroom, { recursive: true }).filter((file) => /^2.*\.md$/.test(file)).sort()
const corners = fs.mkdtempSync(path.join(os.tmpdir(), 'newsmark-'))
let failed = 0
let compared = 0

/** Compares what is read of a file with what the program reads. */
function compare(name, file) {
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
    console.error(`${name}: ${what}: not seen: ${missing.join(' ')}; not there: ${more.join(' ')}`)
  }
}
for (const article of articles) {
  const file = path.join(newsroom, article)
  compare(article, file)
  // As Windows writes it.
  const copy = path.join(corners, 'article.md')
  fs.writeFileSync(copy, fs.readFileSync(file, 'utf8').replace(/\r?\n/g, '\r\n'))
  compare(`${article} with CRLF`, copy)
}
// Indented code, and what looks like it: what stands before the markup, and how far in it stands.
const HEAD = '---\ntitle: T\n---\n\n'
const MARKUP = '[x]{.claim}[@a] [[b]]'
for (const [before, indented] of [
  ['', '    '], ['', '\t'], ['a\n', '    '], ['a\n\n', '    '], ['a\n\n', ' \t'], ['# a\n', '    '],
  ['- a\n\n', '    '], ['- a\n\n', '      '], ['1. a\n\n', '    '], ['1. a\n\n', '       '], ['- a\n  - b\n\n', '      '],
  ['- a\n\nb\n\n', '    '], ['-', '     '], ['- ', ''], ['> a\n>\n>', '     '], ['> a\n', '    '], ['> a\n\n', '    '],
  ['[^1]: a\n\n', '    '], ['::: {.quote}\na\n:::\n', '    '], ['- a\n\n  ```\n  c\n  ```\n\n', '  '], ['```\nc\n\n    d\n```\n', ''],
  ['a\n\n    `\n\n', ''],
]) {
  const file = path.join(corners, 'corner.md')
  const text = `${HEAD}${before}${indented}${MARKUP}\n\n[y]{.claim}\n`
  fs.writeFileSync(file, text)
  compare(JSON.stringify(text.slice(HEAD.length)), file)
}
fs.rmSync(corners, { recursive: true })
// What nobody writes takes no time, either.
const MANY = 20000
for (const text of ['['.repeat(MANY) + ']'.repeat(MANY), '[x '.repeat(500) + ']{.claim}'.repeat(500), '[@a; '.repeat(MANY), '[x]{'.repeat(MANY), '[[a|'.repeat(MANY), '> '.repeat(MANY), '*a _b '.repeat(MANY), '[x]{a='.repeat(MANY), '[x](<'.repeat(MANY), '[x](a'.repeat(MANY), '<!-- '.repeat(MANY), '<http:'.repeat(MANY), '- '.repeat(MANY) + 'a', '    a\n\n'.repeat(MANY), '- a\n'.repeat(MANY), `${Array.from({ length: 500 }, (_, depth) => ' '.repeat(2 * depth)).join('- a\n')}- a`]) {
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
