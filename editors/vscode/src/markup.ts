// Where newsmark stands in a text: as much of the language as the reading mode needs before any
// server runs. The server's reading is the one that counts.
// Nothing of VS Code in here. Offsets are those of JavaScript's strings.

export interface Span {
  start: number
  end: number
}

/** Annotations that are shown and hidden together, as one: the two ends of a claim. */
export interface Unit {
  kind: 'claim' | 'citation' | 'mention' | 'link' | 'fence'
  /** What is no part of the story. */
  hidden: Span[]
  /** The class of a claim; of several the one that says most. */
  class?: string
}

export interface Markup {
  /** In the order in which they begin. */
  units: Unit[]
}

/** Of several classes of a claim these say more than the others. */
const WEIGHTY = ['accusation', 'response']
const CLASSES = ['claim', 'quote', 'accusation', 'response', 'figure']
const NAME = String.raw`[\p{L}][\p{L}\p{N}_.:-]*`
const ATTRIBUTE = new RegExp(
  String.raw`[ \t\r\n]*(?:\.(?<class>${NAME})|#(?<id>[\p{L}\p{N}_.:-]+)|(?<key>${NAME})=(?:"(?<double>(?:[^"\\]|\\[\s\S])*)"|'(?<single>(?:[^'\\]|\\[\s\S])*)'|(?<bare>(?!["'])(?:[^\s}\\]|\\.)*))|(?<none>-)(?=[\s}]))`,
  'uy',
)
const KEY = String.raw`@(?:\{[^\s{}]+\}|[\p{L}\p{N}_])`
const HAS_KEY = new RegExp(String.raw`(?<![\p{L}\p{N}\\/])${KEY}`, 'u')
const FENCE = /^(?:[ \t]*>)*[ \t]*(:{3,})[ \t]*(?:(\{)|([\p{L}][\p{L}\p{N}_.:-]*)[ \t]*:*[ \t\r]*$|\r?$)/u
/** Nobody writes an attribute block, a destination or a citation that is longer, and to look further
 * from each of many brackets would take for ever. */
const LONGEST = 4000

/** A heading, a rule, a fence, a comment or a list item. */
const BEGINS = /^ {0,3}(?:#{1,6}(?:[ \t]|$)|(?:[-*_][ \t]*){3,}$|=+$|:{3,}|`{3,}|~{3,}|(?:[-*+]|1[.)])[ \t]+\S|\[\^[^\[\]\s]+\]:|<!--)/

interface Block {
  end: number
  classes: string[]
}

/** The attribute block at an offset, if one that parses begins there. */
function block(text: string, at: number): Block | undefined {
  if (text[at] !== '{') return undefined
  const near = text.slice(at, at + LONGEST)
  const read: Block = { end: 1, classes: [] }
  for (;;) {
    ATTRIBUTE.lastIndex = read.end
    const groups = ATTRIBUTE.exec(near)?.groups
    if (!groups) break
    read.end = ATTRIBUTE.lastIndex
    if (groups['class']) read.classes.push(groups['class'])
    if (groups['key'] === 'class') {
      const value = groups['double'] ?? groups['single'] ?? groups['bare'] ?? ''
      read.classes.push(...value.split(/\s+/).filter(Boolean))
    }
  }
  const end = /[ \t\r\n]*\}/y
  end.lastIndex = read.end
  if (!end.test(near) || /\n[ \t\r]*\n/.test(near.slice(0, end.lastIndex))) return undefined
  read.end = at + end.lastIndex
  return read
}

/** The lines of indented code: what stands four columns further in than what it belongs to, and does
 * not go on with a paragraph. */
function* indented(text: string, from: number): Generator<Span> {
  /** In which columns the texts of the list items begin that are open. */
  let items: number[] = []
  let isParagraph = false
  let fence: string | undefined
  let depth = 0
  for (let at = from; at < text.length;) {
    const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at) + 1
    const line = text.slice(at, end).trimEnd()
    const quote = /^(?: {0,3}> ?)*/.exec(line)![0]
    let rest = line.slice(quote.length)
    const quotes = quote.split('>').length - 1
    // In a quotation that begins, or behind one that has ended, nothing goes on; but a paragraph may,
    // until something else begins.
    if (quotes > depth || (!fence && BEGINS.test(rest))) isParagraph = false
    if (quotes > depth || (quotes < depth && !isParagraph)) items = []
    depth = isParagraph ? Math.max(depth, quotes) : quotes
    const ticks = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/.exec(rest)?.[1]
    let column = indent(rest)
    if (rest.trim() === '') {
      isParagraph = false
    } else if (fence) {
      if (ticks?.startsWith(fence) && /^[ \t]*[`~]+$/.test(rest)) fence = undefined
    } else {
      if (!isParagraph) items = items.filter((item) => column >= item)
      let isCode = false
      const DEEPEST = 50
      for (let deep = 0; deep < DEEPEST; deep++) {
        isCode = !isParagraph && column >= (items.at(-1) ?? 0) + 4
        const mark = isCode ? null : /^[ \t]*((?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)|\[\^[^\[\]\s]+\]:)/.exec(rest)
        if (!mark || /^[ \t]*(?:[-*_][ \t]*){3,}$/.test(rest)) break
        // A mark ends a paragraph, and the items that are further in.
        isParagraph = false
        items = items.filter((item) => column >= item)
        const after = rest.slice(mark[0].length)
        const width = indent(after, column + mark[1]!.length) - column - mark[1]!.length
        const isNote = mark[1]!.startsWith('[')
        const content = column + mark[1]!.length + (after === '' || width > 4 ? 1 : width)
        items.push(isNote ? column + 4 : content)
        column += mark[1]!.length + width
        rest = ' '.repeat(column) + after.trimStart()
        if (after === '') break
        if (isNote) {
          isParagraph = true
          break
        }
      }
      if (isCode) {
        yield { start: at, end }
      } else if (ticks) {
        fence = ticks
        isParagraph = false
      } else {
        isParagraph = rest.trim() !== '' && !/^[ \t]*(?:#{1,6}(?:[ \t]|$)|(?:[-*_][ \t]*){3,}$|=+$|:{3,}|<!--.*-->$)/.test(rest)
      }
    }
    at = end
  }
}

/** The column after the white space with which a text begins that begins in a column. */
function indent(text: string, column = 0): number {
  for (const sign of text) {
    if (sign === ' ') column += 1
    else if (sign === '\t') column += 4 - (column % 4)
    else break
  }
  return column
}

/** Stretches that are not read: front matter, code, comments. */
function* skipped(text: string): Generator<Span> {
  const front = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text)
  const from = front ? front[0].length : 0
  if (front) yield { start: 0, end: from }
  const lines = [...indented(text, from)]
  let line = 0
  let hasCommentEnd = true
  const code = /^(?:[ \t]*(?:>|[-*+](?=[ \t])))*[ \t]*(?<fence>`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?^(?:[ \t]*>)*[ \t]*\k<fence>[`~]*[ \t]*\r?$|[\s\S]*$)|<!--|\\[!-/:-@[-`{-~]|(?<ticks>`+)(?:(?!\n[ \t\r]*\n)[\s\S])*?(?<!`)\k<ticks>(?!`)|`+|<https?:[^<>\s]*>|<\/?[A-Za-z][^<>\n]*>/gm
  code.lastIndex = from
  for (let found = code.exec(text); found; found = code.exec(text)) {
    // What stands in indented code is read as code and nothing else.
    const own = lines[line]
    if (own && own.start <= found.index) {
      yield own
      code.lastIndex = own.end
      line += 1
      continue
    }
    let end = found.index + found[0].length
    if (found[0] === '<!--') {
      const close: number = hasCommentEnd ? text.indexOf('-->', end) : -1
      hasCommentEnd = close >= 0
      if (close < 0) continue
      end = close + 3
      code.lastIndex = end
    }
    yield { start: found.index, end }
    while (line < lines.length && lines[line]!.start < end) line += 1
  }
  yield* lines.slice(line)
}

interface Open {
  start: number
  /** Whether what is inside has been read as a part of a wiki link. */
  isImage: boolean
}

/** Reads a text, in time linear in its length for what people write: what is annotated in it. */
export function markup(text: string): Markup {
  const units: Unit[] = []
  // Read before what stands in them.
  const headings: Unit[] = []
  const inert = [...skipped(text)]
  let next = 0
  let open: Open[] = []

  const classOf = ({ classes }: Block) => [...WEIGHTY, ...classes].find((name) => classes.includes(name) && CLASSES.includes(name))

  for (let at = 0; at < text.length; at++) {
    while (next < inert.length && inert[next]!.end <= at) next++
    const skip = inert[next]
    if (skip && skip.start === at) {
      at = skip.end - 1
      continue
    }
    const isLineStart = at === 0 || text[at - 1] === '\n'
    if (isLineStart) {
      const lineEnd = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at)
      const line = text.slice(at, lineEnd)
      if (line.trim() === '') open = []
      const fence = FENCE.exec(line)
      if (fence) {
        const read = fence[2] ? block(text, at + fence[0].length - 1)
          : fence[3] ? { end: lineEnd, classes: [fence[3]] } : undefined
        const end = read ? Math.max(lineEnd, read.end) : lineEnd
        if (read) {
          units.push({ kind: 'fence', hidden: [{ start: at, end }], class: classOf(read) ?? 'div' })
        } else if (!fence[2]) {
          units.push({ kind: 'fence', hidden: [{ start: at, end }], class: 'end' })
        }
        at = end - 1
        continue
      }
      const heading = /^(?:> ?)*#{1,6}[ \t].*?(?<space>[ \t]*)(?<block>\{[^{}]*\})[ \t]*\r?$/.exec(line)
      const start = heading ? at + line.lastIndexOf('{') : 0
      const read = heading && !/[\]`)]/.test(text[start - 1] ?? '') ? block(text, start) : undefined
      if (read) {
        const name = classOf(read)
        const hidden = [{ start: start - heading!.groups!['space']!.length, end: read.end }]
        headings.push({ kind: 'claim', hidden, ...(name ? { class: name } : {}) })
      }
    }
    const sign = text[at]
    if (sign === '[') {
      open.push({ start: at, isImage: text[at - 1] === '!' })
      continue
    }
    if (sign !== ']') continue
    const from = open.pop()
    if (!from) continue
    const { start } = from
    const words = text.slice(start + 1, at)
    const follows = text[at + 1]
    const read = block(text, at + 1)
    if (isGroup(words) && !read && follows !== '(' && !(follows === '[' && text[at + 2] !== '^')) {
      drop(units, start)
      // The space before it goes with it.
      const space = /[ \t]*$/.exec(text.slice(Math.max(0, start - 4), start))![0].length
      units.push({ kind: 'citation', hidden: [{ start: start - space, end: at + 1 }] })
    } else if (read && !/^\^\S+$/.test(words)) {
      const name = classOf(read)
      units.push({ kind: 'claim', hidden: [{ start, end: start + 1 }, { start: at, end: read.end }], ...(name ? { class: name } : {}) })
      at = read.end - 1
    } else if (text[at - 1] === ']' || words.startsWith('[')) {
      // The inner brackets of a wiki link are closed before the outer ones.
      const inner = /^\[(?<entity>[^[\]|\n]*[^[\]|\s][^[\]|\n]*?)(?:\\?\|(?<shown>(?:[^[\]]|\[[^[\]]*\])*))?\]$/.exec(words)?.groups
      if (!inner || from.isImage) continue
      drop(units, start)
      const shown = inner['shown']
      const pipe = shown === undefined ? start + 2 : at - 1 - shown.length
      units.push({ kind: 'mention', hidden: [{ start, end: pipe }, { start: at - 1, end: at + 1 }] })
    } else if (follows === '(') {
      const target = /\((?:<[^>\n]*>|(?:[^()\s\\]|\\.|\([^()\s]*\))*)(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\)/y
      if (!target.test(text.slice(at + 1, at + 1 + LONGEST))) continue
      let end = at + 1 + target.lastIndex
      const attributes = from.isImage ? block(text, end) : undefined
      if (attributes) end = attributes.end
      const hidden = [{ start: from.isImage ? start - 1 : start, end: start + 1 }, { start: at, end }]
      units.push({ kind: 'link', hidden })
      at = end - 1
    }
  }
  units.push(...headings)
  units.sort((a, b) => a.hidden[0]!.start - b.hidden[0]!.start)
  return { units }
}

/** What was read inside something that turned out to be one thing is forgotten. */
function drop(all: Unit[], from: number) {
  while (all.length > 0 && all[all.length - 1]!.hidden[0]!.start > from) all.pop()
}

/** Whether what stands in brackets is a citation: a key in each of its parts. */
function isGroup(words: string): boolean {
  if (words.length > LONGEST || !words.includes('@')) return false
  let flat = words.replace(/\\[\s\S]|`[^`]*`/g, ' ')
  if (/^\[[^[\]]*\]$/.test(flat)) return false
  for (let before = ''; before !== flat;) {
    before = flat
    flat = flat.replace(/\[[^[\]]*\]/g, ' ')
  }
  return flat.split(';').every((part) => HAS_KEY.test(part))
}
