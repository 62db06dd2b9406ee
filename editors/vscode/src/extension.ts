// The extension: what it is made of, and the commands.

import * as os from 'node:os'
import * as path from 'node:path'
import * as vscode from 'vscode'
import type { Location, Position } from 'vscode-languageclient/node'
import { Claims } from './claims'
import { readStories } from './preview'
import { Provenance } from './provenance'
import { Reading } from './reading'
import { Server } from './server'
import { Status } from './status'
import { Tasks } from './tasks'

const HOW_TO_INSTALL = 'media/walkthrough/install.md'

/** What tests look at. */
export interface Parts {
  server: Server
  claims: Claims
  provenance: Provenance
  reading: Reading
}

export async function activate(context: vscode.ExtensionContext): Promise<Parts & { extendMarkdownIt: typeof readStories }> {
  const reading = new Reading(context.globalState)
  const server = new Server(context, reading)
  const status = new Status(server)
  const claims = new Claims(server, context.workspaceState)
  const provenance = new Provenance(server, context.extensionUri)
  const tasks = new Tasks(server)
  context.subscriptions.push(server, status, claims, reading, provenance, vscode.tasks.registerTaskProvider('newsmark', tasks))

  const commands: Record<string, (...args: never[]) => unknown> = {
    'newsmark.article.new': () => newArticle(server),
    'newsmark.check': () => tasks.run(),
    'newsmark.claims.byArticle': () => claims.by('article'),
    'newsmark.claims.bySpeaker': () => claims.by('speaker'),
    'newsmark.claims.byStatus': () => claims.by('status'),
    'newsmark.claims.refresh': () => claims.refresh(),
    'newsmark.example.open': () => openExample(context),
    'newsmark.goTo': (uri: vscode.Uri, range: vscode.Range) => goTo(uri, range),
    'newsmark.index.restart': () => server.quietly('newsmark.restartIndex', []),
    'newsmark.menu': () => menu(server),
    'newsmark.origins.show': () => showList(server, 'newsmark.showOrigins'),
    'newsmark.preview.show': (uri?: vscode.Uri) => preview('markdown.showPreview', uri),
    'newsmark.preview.showToSide': (uri?: vscode.Uri) => preview('markdown.showPreviewToSide', uri),
    'newsmark.provenance.show': () => provenance.show(),
    'newsmark.readingMode.style': () => reading.otherStyle(),
    'newsmark.readingMode.toggle': () => reading.toggle(),
    'newsmark.retraction.show': () => showList(server, 'newsmark.showRetraction'),
    'newsmark.server.choose': () => server.choose(),
    'newsmark.server.howTo': () =>
      vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(context.extensionUri, HOW_TO_INSTALL)),
    'newsmark.server.log': () => server.log.show(),
    'newsmark.server.restart': () => server.restart(),
    // What a click on a line above the text runs.
    'newsmark.showReferences': (uri: string, position: Position, places?: Location[]) =>
      showReferences(server, uri, position, places),
  }
  for (const [name, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, run))
  }
  void vscode.commands.executeCommand('setContext', 'newsmark.active', true)
  // What needs no server works at once.
  void server.start()
  // What the preview of Markdown asks for.
  return { server, claims, provenance, reading, extendMarkdownIt: readStories }
}

async function newArticle(server: Server) {
  if (!server.need()) return
  const title = await vscode.window.showInputBox({
    title: 'New Article', prompt: 'Its headline. The file lies beside the latest article and is named after it.',
    validateInput: (value) => (value.trim() === '' ? 'An article needs a headline.' : undefined),
  })
  if (!title) return
  const uri = vscode.window.activeTextEditor?.document.uri
  try {
    await server.quietly('newsmark.newArticle', [{ title: title.trim(), ...(uri?.scheme === 'file' ? { uri: uri.toString() } : {}) }])
  } catch (error) {
    void vscode.window.showErrorMessage(`The article was not begun: ${said(error)}`)
  }
}

/** Has Visual Studio Code preview a file as Markdown, which it offers by itself for its own language only. */
async function preview(command: string, uri = vscode.window.activeTextEditor?.document.uri) {
  if (uri) await vscode.commands.executeCommand(command, uri)
}

interface Listed {
  kind: string
  name: string
  label?: string | null
  date?: string | null
  note?: string | null
  location?: Location | null
  by?: { name: string }[]
  distance?: number
}

/** What rests on what, as a list to go to things from. */
async function showList(server: Server, command: 'newsmark.showOrigins' | 'newsmark.showRetraction') {
  const editor = vscode.window.activeTextEditor
  if (!editor) {
    void vscode.window.showInformationMessage('Put the cursor on a citation, a claim or a source first.')
    return
  }
  const client = server.need()
  if (!client) return
  const { textDocument, position } = client.code2ProtocolConverter.asTextDocumentPositionParams(editor.document, editor.selection.active)
  const answer = await server.quietly<{ markdown: string; origins?: Listed[]; touched?: Listed[] }>(command, [textDocument.uri, position])
  if (!answer) {
    void vscode.window.showInformationMessage('There is no claim, citation or source under the cursor.')
    return
  }
  const isOrigins = command === 'newsmark.showOrigins'
  const found = answer.origins ?? answer.touched ?? []
  // The page begins with the name of what was asked about.
  const name = /^\*\*(.+?)\*\*/.exec(answer.markdown)?.[1]?.replace(/\\([!-/:-@[-`{-~])/g, '$1') ?? 'it'
  if (found.length === 0) {
    void vscode.window.showInformationMessage(isOrigins ? `No source is named for ${name}.` : `Nothing rests on ${name}.`)
    return
  }
  const icons: Record<string, string> = { source: 'book', claim: 'comment', article: 'file-text' }
  const picks = found.map((one) => {
    const way = one.by?.map(({ name }) => name).join(' → ')
    const steps = one.distance !== undefined && one.distance > 1 ? `${one.distance} steps away` : ''
    return {
      label: `$(${icons[one.kind] ?? 'circle'}) ${one.name}`,
      description: [one.date, one.note, steps, way ? `by way of ${way}` : ''].filter(Boolean).join(' · '),
      detail: one.label ?? '',
      location: one.location,
    }
  })
  const title = isOrigins ? `Where ${name} Comes From in the End` : `What a Retraction of ${name} Would Touch (${found.length})`
  const chosen = await vscode.window.showQuickPick(picks, { title, placeHolder: 'Choose one to go there', matchOnDescription: true, matchOnDetail: true })
  if (!chosen?.location) return
  const { asUri, asRange } = client.protocol2CodeConverter
  await goTo(asUri(chosen.location.uri), asRange(chosen.location.range))
}

async function goTo(uri: vscode.Uri, range: vscode.Range) {
  const at = new vscode.Range(range.start, range.start)
  const editor = await vscode.window.showTextDocument(uri, { selection: at })
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport)
}

async function showReferences(server: Server, uri: string, position: Position, places?: Location[]) {
  const { client } = server
  if (!client) return
  const { asUri, asPosition, asLocation } = client.protocol2CodeConverter
  const [own, at] = [asUri(uri), asPosition(position)]
  // Where there are very many, the server leaves them out.
  const all = places?.map(asLocation)
    ?? (await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', own, at))
  await vscode.commands.executeCommand('editor.action.showReferences', own, at, all)
}

async function menu(server: Server) {
  const standing = server.standing
  const item = (label: string, command: string, description = '') => ({ label, command, description })
  const works = standing.is === 'running'
    ? [
        item('$(warning) Show the problems', 'workbench.actions.view.problems'),
        item('$(list-tree) Show all claims', 'newsmark.claims.focus'),
        item('$(type-hierarchy) Show provenance', 'newsmark.provenance.show', 'of what is under the cursor'),
        item('$(new-file) New article…', 'newsmark.article.new'),
      ]
    : [item('$(file-submodule) Choose the program…', 'newsmark.server.choose'), item('$(question) How to install newsmark', 'newsmark.server.howTo')]
  const chosen = await vscode.window.showQuickPick([
    ...works,
    item('$(book) Switch reading mode on or off', 'newsmark.readingMode.toggle'),
    item('$(settings-gear) Settings', 'settings'),
    item('$(debug-restart) Start the server again', 'newsmark.server.restart'),
    item('$(output) Show the log', 'newsmark.server.log'),
  ], { title: standing.is === 'running' ? `newsmark ${standing.version}` : 'newsmark' })
  if (!chosen) return
  if (chosen.command === 'settings') await vscode.commands.executeCommand('workbench.action.openSettings', 'newsmark')
  else await vscode.commands.executeCommand(chosen.command)
}

/** Puts a copy of the example where somebody likes to have it, and opens that. */
async function openExample(context: vscode.ExtensionContext) {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Where Shall the Example Newsroom Lie?', openLabel: 'Put It Here', canSelectFiles: false, canSelectFolders: true,
    // Not the folder that is open, which may well be a corpus.
    defaultUri: vscode.Uri.file(os.homedir()),
  })
  const folder = chosen?.[0]
  if (!folder) return
  const copy = await freeName(folder)
  await vscode.workspace.fs.copy(vscode.Uri.joinPath(context.extensionUri, 'example'), copy)
  await vscode.commands.executeCommand('vscode.openFolder', copy)
}

async function freeName(folder: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const uri = vscode.Uri.file(path.join(folder.fsPath, number === 1 ? 'newsroom' : `newsroom-${number}`))
    try {
      await vscode.workspace.fs.stat(uri)
    } catch {
      return uri
    }
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
