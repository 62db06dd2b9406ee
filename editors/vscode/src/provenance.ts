// The provenance view: what the thing under the cursor rests on, and what rests on it, as a graph.
// It is drawn by media/provenance.js; what stands in it comes from the call hierarchy.

import { randomBytes } from 'node:crypto'
import * as vscode from 'vscode'
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, LanguageClient } from 'vscode-languageclient/node'
import { isArticle } from './reading'
import type { Server } from './server'

/** So far the graph goes from what it is about. */
const STEPS = { out: 4, in: 2 }
/** More boxes than that nobody looks at; what is left out is counted. */
const MOST = 70
/** A cursor that moves on is not followed at every step. */
const PAUSE = 250

export interface Box {
  name: string
  /** What there is to say beside the name. */
  detail: string
  kind: 'source' | 'claim' | 'article'
  /** The file, for people. */
  file: string
  /** 0 is what is asked about, 1 what it rests on, -1 what rests on it, and so on. */
  column: number
  /** How many boxes beyond it are left out: of what it rests on, and of what rests on it. */
  more: { out: number; in: number }
}

export interface Graph {
  /** Says which drawing it is: what is done to a box comes back with it. */
  number: number
  boxes: Box[]
  /** Each says that the first rests on the second. */
  ties: [number, number][]
  /** Whether it follows the cursor. */
  follows: boolean
}

/** What somebody does in the view. */
interface Deed {
  do: 'ready' | 'follow' | 'centre' | 'open'
  box?: number
  /** The drawing that the box is of. */
  graph?: number
  follows?: boolean
}

const KINDS: Record<number, Box['kind']> = { 1: 'source', 2: 'article', 20: 'claim' }

export class Provenance implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined
  /** What the boxes of a drawing stand for; of the one before it, too, for a click may come late. */
  private readonly items = new Map<number, CallHierarchyItem[]>()
  private graph: Graph | undefined
  private follows = true
  /** How many boxes are being gone to: the cursor that comes there is not followed. */
  private going = 0
  private waiting: NodeJS.Timeout | undefined
  /** Counts questions: an answer to an older one is late. */
  private asked = 0
  private readonly subscriptions: vscode.Disposable[]

  constructor(private readonly server: Server, private readonly extension: vscode.Uri) {
    this.subscriptions = [
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (!this.panel?.visible || !this.follows || this.going > 0 || !isArticleOrRegistry(textEditor.document)) return
        clearTimeout(this.waiting)
        // A server that ends does not answer any more.
        this.waiting = setTimeout(() => this.about(textEditor, true).catch((error) => server.log.warn(String(error))), PAUSE)
      }),
    ]
  }

  /** What is drawn now, for tests. */
  get shown(): Graph | undefined {
    return this.panel && this.graph
  }

  async show() {
    const client = this.server.need()
    const editor = vscode.window.activeTextEditor
    if (!client) return
    if (!editor) {
      void vscode.window.showInformationMessage('Put the cursor on a citation, a claim or a source first.')
      return
    }
    if (!(await this.about(editor, this.panel !== undefined))) {
      if (!this.panel) void vscode.window.showInformationMessage('There is no claim, citation or source under the cursor.')
      return
    }
  }

  /** Draws what stands at the cursor; whether there is something. */
  private async about(editor: vscode.TextEditor, isQuiet: boolean): Promise<boolean> {
    const { client } = this.server
    if (!client || !this.server.isRunning) return false
    const asked = ++this.asked
    const params = client.code2ProtocolConverter.asTextDocumentPositionParams(editor.document, editor.selection.active)
    const found = (await client.sendRequest('textDocument/prepareCallHierarchy', params)) as CallHierarchyItem[] | null
    if (asked !== this.asked) return true
    const [item] = found ?? []
    if (!item) return false
    if (!isQuiet || !this.panel) await this.open(editor)
    await this.draw(client, item)
    return true
  }

  private async draw(client: LanguageClient, start: CallHierarchyItem) {
    const asked = ++this.asked
    const items = [start]
    const boxes: Box[] = [box(start, 0)]
    const ties: [number, number][] = []
    const numbers = new Map([[identity(start), 0]])
    let step = [0]
    for (const side of ['out', 'in'] as const) {
      step = [0]
      for (let distance = 1; step.length > 0; distance++) {
        const next: number[] = []
        for (const from of step) {
          const others = await neighbours(client, side, items[from]!)
          if (asked !== this.asked) return
          if (distance > STEPS[side]) {
            boxes[from]!.more[side] = others.length
            continue
          }
          for (const other of others) {
            let number = numbers.get(identity(other))
            if (number === undefined) {
              if (boxes.length >= MOST) {
                boxes[from]!.more[side] += 1
                continue
              }
              number = boxes.length
              numbers.set(identity(other), number)
              items.push(other)
              boxes.push(box(other, side === 'out' ? distance : -distance))
              next.push(number)
            }
            const tie: [number, number] = side === 'out' ? [from, number] : [number, from]
            if (!ties.some(([a, b]) => a === tie[0] && b === tie[1])) ties.push(tie)
          }
        }
        if (distance > STEPS[side]) break
        step = next
      }
    }
    arrange(boxes, ties)
    for (const old of [...this.items.keys()].slice(0, -1)) this.items.delete(old)
    this.items.set(asked, items)
    this.graph = { number: asked, boxes, ties, follows: this.follows }
    this.post()
  }

  private post() {
    if (this.panel && this.graph) void this.panel.webview.postMessage(this.graph)
  }

  private async open(editor: vscode.TextEditor) {
    if (this.panel) {
      this.panel.reveal(undefined, true)
      return
    }
    const media = vscode.Uri.joinPath(this.extension, 'media')
    // What goes from left to right is seen better below than beside.
    const isAlone = vscode.window.tabGroups.all.length === 1
    const place = isAlone ? { viewColumn: vscode.ViewColumn.Active } : { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }
    const panel = vscode.window.createWebviewPanel('newsmark.provenance', 'Provenance', place, {
      enableScripts: true, localResourceRoots: [media],
    })
    panel.iconPath = { light: vscode.Uri.joinPath(media, 'newsmark-light.svg'), dark: vscode.Uri.joinPath(media, 'newsmark.svg') }
    this.panel = panel
    panel.webview.html = this.page(panel.webview, media)
    panel.onDidDispose(() => (this.panel = undefined))
    panel.webview.onDidReceiveMessage((deed: Deed) => this.answer(deed))
    if (!isAlone) return
    await vscode.commands.executeCommand('workbench.action.moveEditorToBelowGroup')
    await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.One, selection: editor.selection })
  }

  private async answer(deed: Deed) {
    if (deed.do === 'ready') this.post()
    if (deed.do === 'follow') {
      this.follows = deed.follows === true
      if (this.graph) this.graph.follows = this.follows
    }
    const item = deed.box === undefined || deed.graph === undefined ? undefined : this.items.get(deed.graph)?.[deed.box]
    const { client } = this.server
    if (!item || !client) return
    if (deed.do === 'centre') await this.draw(client, item)
    if (deed.do === 'open') {
      const { asUri, asRange } = client.protocol2CodeConverter
      // What is opened is looked at from here: the graph stays what it is.
      this.going += 1
      try {
        await vscode.window.showTextDocument(asUri(item.uri), { viewColumn: vscode.ViewColumn.One, selection: asRange(item.selectionRange) })
      } finally {
        setTimeout(() => (this.going -= 1), 2 * PAUSE)
      }
    }
  }

  private page(webview: vscode.Webview, media: vscode.Uri): string {
    const nonce = randomBytes(18).toString('base64')
    const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString()
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('provenance.css')}">
<title>Provenance</title>
</head>
<body>
<div id="tools" role="toolbar" aria-label="Provenance">
<button id="out" title="Smaller (−)" aria-label="Smaller">−</button>
<button id="in" title="Larger (+)" aria-label="Larger">+</button>
<button id="fit" title="Show all (0)">Show all</button>
<button id="follow" aria-pressed="true" title="Draw anew what the cursor is on">Follow the cursor</button>
<span id="help">Click or Enter: go there · Double click or Space: put in the middle · Arrows: move</span>
</div>
<svg id="graph" role="group" aria-label="What rests on what"></svg>
<p id="says" aria-live="polite"></p>
<script nonce="${nonce}" src="${file('provenance.js')}"></script>
</body>
</html>`
  }

  dispose() {
    clearTimeout(this.waiting)
    this.panel?.dispose()
    vscode.Disposable.from(...this.subscriptions).dispose()
  }
}

function isArticleOrRegistry(document: vscode.TextDocument): boolean {
  return isArticle(document) || ['yaml', 'json', 'jsonl', 'bibtex'].includes(document.languageId)
}

async function neighbours(client: LanguageClient, side: 'in' | 'out', item: CallHierarchyItem): Promise<CallHierarchyItem[]> {
  if (side === 'out') {
    const calls = (await client.sendRequest('callHierarchy/outgoingCalls', { item })) as CallHierarchyOutgoingCall[] | null
    return (calls ?? []).map(({ to }) => to)
  }
  const calls = (await client.sendRequest('callHierarchy/incomingCalls', { item })) as CallHierarchyIncomingCall[] | null
  const all = (calls ?? []).map(({ from }) => from)
  // Of an article whose claims rest on it, the claims are enough.
  const claims = new Set(all.filter(({ kind }) => KINDS[kind] === 'claim').map(({ uri }) => uri))
  return all.filter(({ kind, uri }) => KINDS[kind] !== 'article' || !claims.has(uri))
}

/** Columns such that what something rests on stands to the right of it, as far as can be. */
function arrange(boxes: Box[], ties: [number, number][]) {
  // As many rounds as there can be steps: where things rest on one another in a circle, it ends.
  for (let round = 0; round < STEPS.out + STEPS.in; round++) {
    for (const [from, to] of ties) {
      const [a, b] = [boxes[from]!, boxes[to]!]
      if (a.column >= 0 && b.column > 0 && b.column <= a.column && a.column < STEPS.out) b.column = a.column + 1
      if (b.column <= 0 && a.column < 0 && a.column >= b.column && b.column > -STEPS.in - 1) a.column = b.column - 1
    }
  }
}

function identity({ uri, kind, selectionRange: { start } }: CallHierarchyItem): string {
  return `${kind} ${uri} ${start.line}:${start.character}`
}

function box(item: CallHierarchyItem, column: number): Box {
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(item.uri), false)
  return { name: item.name, detail: item.detail ?? '', kind: KINDS[item.kind] ?? 'source', file, column, more: { out: 0, in: 0 } }
}
