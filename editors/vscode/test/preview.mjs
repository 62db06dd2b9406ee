// Articles as the preview of Markdown shows them: the story and nothing of its markup, line for
// line the same.
//
//   node preview.mjs PREVIEW NEWSROOM
//
// PREVIEW is src/preview.ts, bundled.

import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [preview, newsroom] = process.argv.slice(2)
const { story } = await import(pathToFileURL(path.resolve(preview)))
let failed = 0
let checked = 0
function check(what, got, want) {
  checked += 1
  if (got === want) return
  failed += 1
  console.error(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`)
}

const claim = (name, said) => `<span class="newsmark-claim newsmark-${name}" title="${said}">`
const cases = [
  ['[It fell]{.claim}[@a, p. 3].', `${claim('claim', '{.claim}')}It fell</span><sup class="newsmark-source" title="[@a, p. 3]">◦</sup>.`],
  ['Of [x]{.quote by="A\n|<B>`"}', `Of ${claim('quote', '{.quote by=&quot;A &#124;&lt;B&gt;&#96;&quot;}')}x</span><span data-newsmark="{.quote by=&quot;A\n&#124;&lt;B&gt;&#96;&quot;}"></span>`],
  // A line that is left without words would end the paragraph.
  ['[It fell]{.claim\n by=a}\nand lay [@a;\n  @b]\nthere.', `${claim('claim', '{.claim by=a}')}It fell</span><span data-newsmark="{.claim\nby=a}"></span>\nand lay<sup class="newsmark-source" title="[@a;\n@b]">◦</sup>\nthere.`],
  ['> [It fell]{.claim}[@a;\n> @b]\n> there.', `> ${claim('claim', '{.claim}')}It fell</span><sup class="newsmark-source" title="[@a;\n@b]">◦</sup>\n> there.`],
  ['[[kasra|The camp]] [x]{.claim}', `<span class="newsmark-mention" title="kasra">The camp</span> ${claim('claim', '{.claim}')}x</span>`],
  ['## Head {.claim}\n\n::: {.quote}\nx\n:::', '## Head\n\n\nx\n'],
  ['[x]{.claim} `[y]{.claim}`', `${claim('claim', '{.claim}')}x</span> \`[y]{.claim}\``],
  ['[x]{.claim}\n\n    [y]{.claim} [@a]\n\n[z]{.claim}', `${claim('claim', '{.claim}')}x</span>\n\n    [y]{.claim} [@a]\n\n${claim('claim', '{.claim}')}z</span>`],
  // Without a claim it may be anybody's.
  ['Mail [@a] and [b]{.mark}, [[c]].', 'Mail [@a] and [b]{.mark}, [[c]].'],
]
for (const [text, want] of cases) check(text, story(text), want)

for (const file of fs.readdirSync(newsroom, { recursive: true }).filter((file) => /^2.*\.md$/.test(file))) {
  const text = fs.readFileSync(path.join(newsroom, file), 'utf8')
  const shown = story(text)
  check(`${file}: lines`, shown.split('\n').length, text.split('\n').length)
  const count = (sign) => shown.split(sign).length - 1
  check(`${file}: spans are closed`, count('<span '), count('</span>'))
}
console.log(`${checked} previews compared, ${failed} are not as they should be`)
process.exit(failed > 0 ? 1 : 0)
