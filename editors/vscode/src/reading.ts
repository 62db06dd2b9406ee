// The reading mode: annotations step back until the cursor comes near.

import * as vscode from 'vscode'
import { markup, type Span, type Unit } from './markup'
import { problems } from './problems'

/** A pause in typing: what is typed meanwhile moves the decorations along with the text. */
const PAUSE = 120

type Style = 'dim' | 'fold'

interface Placed extends Unit {
  ranges: vscode.Range[]
  /** Whether it has a mark when it is folded. */
  isMarked: boolean
}

export class Reading implements vscode.Disposable {
  isOn: boolean
  private readonly switched = new vscode.EventEmitter<void>()
  /** Told when it is switched. */
  readonly onDidSwitch = this.switched.event
  private readonly units = new WeakMap<vscode.TextDocument, { version: number; units: Placed[] }>()
  /** What is drawn in an editor, in short: the same is not drawn twice. */
  private readonly drawn = new WeakMap<vscode.TextEditor, string>()
  private readonly dim = vscode.window.createTextEditorDecorationType({ opacity: '0.38', rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed })
  /** What is folded has no width; the editor knows of no such thing, so it is said in CSS. */
  private readonly fold = vscode.window.createTextEditorDecorationType({
    textDecoration: 'none; display: none;', rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  })
  private readonly marks = new Map(Object.entries({ citation: '◦', claim: '·', quote: '·', accusation: '!', response: '↩', figure: '·', fence: '⁝' })
    .map(([kind, sign]) => [kind, vscode.window.createTextEditorDecorationType({
      textDecoration: 'none; display: none;',
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      before: { contentText: sign, color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 1px 0 2px', textDecoration: 'none; position: relative; top: -0.3em; font-size: 85%; line-height: 0;' },
    })]))
  private readonly subscriptions: vscode.Disposable[]
  private waiting: NodeJS.Timeout | undefined

  private style: Style

  /** What was switched is kept in `memory`; the settings say how it begins. */
  constructor(private readonly memory: vscode.Memento) {
    this.isOn = memory.get('readingMode.enabled', this.setting('enabled', false))
    this.style = memory.get('readingMode.style', this.setting<Style>('style', 'dim'))
    this.subscriptions = [
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        const { document } = textEditor
        // Typing moves the cursor, too.
        if (this.isOn && isArticle(document) && this.units.get(document)?.version !== document.version) this.waiting ??= this.later()
        else this.draw(textEditor)
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.drawAll()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (!this.isOn || !isArticle(document)) return
        clearTimeout(this.waiting)
        this.waiting = this.later()
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (!this.isOn || this.style !== 'fold') return
        const found = new Set(uris.map(String))
        if (vscode.window.visibleTextEditors.some(({ document }) => found.has(String(document.uri)))) this.waiting ??= this.later()
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('newsmark.readingMode')) return
        void this.change(this.setting('enabled', false), this.setting<Style>('style', 'dim'))
      }),
    ]
    this.drawAll()
  }

  private later(): NodeJS.Timeout {
    return setTimeout(() => this.drawAll(), PAUSE)
  }

  private setting<T>(name: string, otherwise: T): T {
    return vscode.workspace.getConfiguration('newsmark').get(`readingMode.${name}`, otherwise)
  }

  /** Switches it for all editors, and keeps that for the next time. */
  toggle() {
    return this.change(!this.isOn, this.style)
  }

  otherStyle() {
    return this.change(true, this.style === 'dim' ? 'fold' : 'dim')
  }

  private async change(isOn: boolean, style: Style) {
    const isSwitched = isOn !== this.isOn
    this.isOn = isOn
    this.style = style
    this.drawAll()
    if (isSwitched) this.switched.fire()
    await this.memory.update('readingMode.enabled', isOn)
    await this.memory.update('readingMode.style', style)
  }

  private drawAll() {
    clearTimeout(this.waiting)
    this.waiting = undefined
    void vscode.commands.executeCommand('setContext', 'newsmark.reading', this.isOn)
    for (const editor of vscode.window.visibleTextEditors) this.draw(editor)
  }

  private read(document: vscode.TextDocument): Placed[] {
    const known = this.units.get(document)
    if (known?.version === document.version) return known.units
    const { units } = markup(document.getText())
    const cited = new Set(units.filter(({ kind }) => kind === 'citation').map(({ hidden }) => hidden[0]!.start))
    const placed = units.map((unit) => ({
      ...unit,
      ranges: unit.hidden.map(({ start, end }) => new vscode.Range(document.positionAt(start), document.positionAt(end))),
      // One mark is enough where a claim's source follows it.
      isMarked: unit.kind !== 'claim' || /accusation|response/.test(unit.class ?? '') || !cited.has(unit.hidden.at(-1)!.end),
    }))
    this.units.set(document, { version: document.version, units: placed })
    return placed
  }

  private draw(editor: vscode.TextEditor) {
    const { document } = editor
    const isRead = this.isOn && isArticle(document)
    const units = isRead ? this.read(document) : []
    const at = editor.selections.map((selection) => ({ start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) }))
    const near = new Set(units.filter(({ hidden }) => hidden.some(({ start, end }) => at.some((place) => place.start <= end && start <= place.end))))
    const parts = this.style === 'fold' && isRead ? wrongParts(document, units) : new Set<Span>()
    const wrong = new Set(units.filter(({ hidden }) => hidden.some((part) => parts.has(part))))
    const starts = (some: Set<Placed>) => [...some].map(({ hidden }) => hidden[0]!.start).join(' ')
    const short = isRead ? [document.uri, document.version, this.style, starts(near), starts(wrong)].join(', ') : ''
    if (this.drawn.get(editor) === short) return
    this.drawn.set(editor, short)
    const drawn = new Map<vscode.TextEditorDecorationType, vscode.Range[]>([this.dim, this.fold, ...this.marks.values()].map((type) => [type, []]))
    for (const unit of units) {
      if (near.has(unit)) continue
      // What is wrong is to be seen.
      const isDim = this.style === 'dim' || wrong.has(unit)
      unit.ranges.forEach((range, part) => {
        const isLast = part === unit.ranges.length - 1
        // What goes over several lines cannot be folded to nothing on one of them.
        const type = isDim || !range.isSingleLine ? this.dim : (isLast && unit.isMarked && this.mark(unit)) || this.fold
        drawn.get(type)!.push(range)
      })
    }
    for (const [type, ranges] of drawn) editor.setDecorations(type, ranges)
  }

  private mark(unit: Unit): vscode.TextEditorDecorationType | undefined {
    return unit.kind === 'claim' ? this.marks.get(unit.class ?? '') : this.marks.get(unit.kind)
  }

  dispose() {
    clearTimeout(this.waiting)
    vscode.Disposable.from(this.switched, this.dim, this.fold, ...this.marks.values(), ...this.subscriptions).dispose()
  }
}

/** The hidden parts, beside one another or alone, that have all of an error or a warning in them. */
function wrongParts(document: vscode.TextDocument, units: Unit[]): Set<Span> {
  const parts = units.flatMap(({ hidden }) => hidden).sort((a, b) => a.start - b.start)
  const found = problems(document.uri)
    .map(({ range }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end) }))
    // What has no width is shown at the letter after it.
    .map(({ start, end }) => ({ start, end: Math.max(end, start + 1) }))
    .sort((a, b) => a.start - b.start)
  const wrong = new Set<Span>()
  let first = 0
  for (const { start, end } of found) {
    while (first < parts.length && parts[first]!.end <= start) first++
    const own: Span[] = []
    let at = start
    for (let part = first; part < parts.length && parts[part]!.start <= at && at < end; part++) {
      own.push(parts[part]!)
      at = parts[part]!.end
    }
    if (own.length > 0 && at >= end) for (const part of own) wrong.add(part)
  }
  return wrong
}

export function isArticle(document: vscode.TextDocument): boolean {
  return document.languageId === 'markdown' || document.languageId === 'newsmark'
}
