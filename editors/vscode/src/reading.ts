// The reading mode: annotations step back until the cursor comes near.

import * as vscode from 'vscode'
import { markup, type Span, type Unit } from './markup'
import { problems } from './problems'

/** A pause in typing: what is typed meanwhile moves the decorations along with the text. */
const PAUSE = 120

type Style = 'dim' | 'fold'

export class Reading implements vscode.Disposable {
  isOn: boolean
  private readonly switched = new vscode.EventEmitter<void>()
  /** Told when it is switched. */
  readonly onDidSwitch = this.switched.event
  private readonly units = new WeakMap<vscode.TextDocument, { version: number; units: Unit[] }>()
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
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.draw(textEditor)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.drawAll()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (!this.isOn || !isArticle(document)) return
        clearTimeout(this.waiting)
        this.waiting = setTimeout(() => this.drawAll(), PAUSE)
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (!this.isOn || this.style !== 'fold') return
        const found = new Set(uris.map(String))
        for (const editor of vscode.window.visibleTextEditors) if (found.has(String(editor.document.uri))) this.draw(editor)
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('newsmark.readingMode')) return
        void this.change(this.setting('enabled', false), this.setting<Style>('style', 'dim'))
      }),
    ]
    this.drawAll()
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
    void vscode.commands.executeCommand('setContext', 'newsmark.reading', this.isOn)
    for (const editor of vscode.window.visibleTextEditors) this.draw(editor)
  }

  private read(document: vscode.TextDocument): Unit[] {
    const known = this.units.get(document)
    if (known?.version === document.version) return known.units
    const { units } = markup(document.getText())
    this.units.set(document, { version: document.version, units })
    return units
  }

  private draw(editor: vscode.TextEditor) {
    const { document } = editor
    const drawn = new Map<vscode.TextEditorDecorationType, vscode.Range[]>([this.dim, this.fold, ...this.marks.values()].map((type) => [type, []]))
    if (this.isOn && isArticle(document)) {
      const at = editor.selections.map((selection) => ({ start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) }))
      const units = this.read(document)
      const wrong = this.style === 'fold' ? wrongParts(document, units) : new Set()
      const cited = new Set(units.filter(({ kind }) => kind === 'citation').map(({ hidden }) => hidden[0]!.start))
      for (const unit of units) {
        const isNear = unit.hidden.some(({ start, end }) => at.some((place) => place.start <= end && start <= place.end))
        if (isNear) continue
        // One mark is enough where a claim's source follows it.
        const isMarked = unit.kind !== 'claim' || /accusation|response/.test(unit.class ?? '')
          || !cited.has(unit.hidden.at(-1)!.end)
        // What is wrong is to be seen.
        const isDim = this.style === 'dim' || unit.hidden.some((part) => wrong.has(part))
        unit.hidden.forEach(({ start, end }, part) => {
          const range = new vscode.Range(document.positionAt(start), document.positionAt(end))
          const isLast = part === unit.hidden.length - 1
          // What goes over several lines cannot be folded to nothing on one of them.
          const type = isDim || !range.isSingleLine ? this.dim : (isLast && isMarked && this.mark(unit)) || this.fold
          drawn.get(type)!.push(range)
        })
      }
    }
    for (const [type, ranges] of drawn) editor.setDecorations(type, ranges)
  }

  private mark(unit: Unit): vscode.TextEditorDecorationType | undefined {
    return unit.kind === 'claim' ? this.marks.get(unit.class ?? '') : this.marks.get(unit.kind)
  }

  dispose() {
    clearTimeout(this.waiting)
    vscode.Disposable.from(this.dim, this.fold, ...this.marks.values(), ...this.subscriptions).dispose()
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
