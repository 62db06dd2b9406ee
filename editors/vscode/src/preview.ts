// The preview of Markdown: the story as its readers get it. Annotations become a line under the
// words, a small mark for a source, and what the pointer shows over them.
// Nothing of VS Code in here.

import { markup, type Unit } from './markup'

/** As much of markdown-it as is needed. */
export interface Renderer {
  core: { ruler: { before(rule: string, name: string, run: (state: { src: string }) => void): void } }
}

/** Has a renderer show stories instead of their markup. */
export function readStories<R extends Renderer>(renderer: R): R {
  renderer.core.ruler.before('normalize', 'newsmark', (state) => {
    state.src = story(state.src)
  })
  return renderer
}

/** Markdown in which annotations are HTML that shows them quietly; line for line the same. */
export function story(text: string): string {
  const { units } = markup(text)
  // Brackets and `@` mean something to others, too: without a claim it is not for us to say.
  if (!units.some(({ kind, class: name }) => kind === 'claim' && name !== undefined)) return text
  const pieces = units.flatMap((unit) => unit.hidden.map((span, part) => ({ ...span, shown: shown(text, unit, part) })))
  pieces.sort((a, b) => a.start - b.start || a.end - b.end)
  let out = ''
  let at = 0
  for (const { start, end, shown } of pieces) {
    if (start < at) continue
    const hidden = text.slice(start, end)
    out += text.slice(at, start) + (shown ?? hidden)
    // Between blocks; within a paragraph an empty line would end it.
    if (shown === '') out += '\n'.repeat(hidden.split('\n').length - 1)
    at = end
  }
  return out + text.slice(at)
}

/** What stands in the place of a hidden part; nothing where it is to stay. */
function shown(text: string, unit: Unit, part: number): string | undefined {
  const last = unit.hidden.at(-1)!
  switch (unit.kind) {
    case 'citation':
      return `<sup class="newsmark-source" title="${escape(text.slice(last.start, last.end).trim())}">◦</sup>`
    case 'claim': {
      // A heading, of which only the block is hidden.
      if (unit.hidden.length === 1) return ''
      const said = escape(text.slice(text.indexOf('{', last.start), last.end))
      if (part === 0) return `<span class="newsmark-claim newsmark-${unit.class ?? 'none'}" title="${said.replaceAll('\n', ' ')}">`
      return said.includes('\n') ? `</span><span data-newsmark="${said}"></span>` : '</span>'
    }
    case 'mention': {
      const name = escape(text.slice(unit.hidden[0]!.start + 2, unit.hidden[0]!.end).replace(/\\?\|$/, ''))
      return part === 0 ? `<span class="newsmark-mention"${name === '' ? '' : ` title="${name}"`}>` : '</span>'
    }
    case 'fence':
      return ''
    case 'link':
      return undefined
  }
}

/** For an attribute of HTML that stands in Markdown, in a cell of a table, too; on as many lines. */
function escape(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;', '|': '&#124;', '`': '&#96;' }
  const lines = text.replace(/\s*\n(?:\s*>)*\s*/g, '\n').replace(/[^\S\n]+/g, ' ')
  return lines.replace(/[&"<>|`]/g, (sign) => signs[sign]!)
}
