// The language server: found, started, stopped, and what to say where there is none.

import { execFile } from 'node:child_process'
import * as os from 'node:os'
import * as vscode from 'vscode'
import {
  CloseAction, ErrorAction, LanguageClient, MessageType, State, type LanguageClientOptions, type ServerOptions, type WorkDoneProgressBegin,
  type WorkDoneProgressEnd, type WorkDoneProgressReport,
} from 'vscode-languageclient/node'
import { isArticle, type Reading } from './reading'
import { find, type Found, type Missing } from './find'

export type Standing =
  | { is: 'none'; missing: Missing }
  | { is: 'starting'; found: Found }
  | { is: 'running'; found: Found; version: string; reading?: number | undefined }
  | { is: 'stopped'; found: Found; why: string }
  | { is: 'idle' }

/** Files that newsmark reads: which of them belong to a corpus, the server knows. */
const LANGUAGES = ['markdown', 'newsmark', 'yaml', 'json', 'jsonl', 'bibtex']
const EVERYTHING = ['**/*.{md,markdown,newsmark,yaml,yml,json,jsonl,bib}', '**/newsmark.toml']

/** What goes wrong is said by us, once and in plain words; the log has the rest. */
class Client extends LanguageClient {
  override error(message: string, data?: unknown) {
    super.error(message, data, false)
  }
}

export class Server implements vscode.Disposable {
  client: LanguageClient | undefined
  readonly log: vscode.LogOutputChannel
  private standingNow: Standing = { is: 'idle' }
  private readonly changed = new vscode.EventEmitter<Standing>()
  /** Told whenever something about the server changes. */
  readonly onDidChange = this.changed.event
  private turn: Promise<void> = Promise.resolve()
  private complained = false
  private quiet = 0
  /** When the server ended by itself, lately. */
  private ends: number[] = []

  constructor(private readonly context: vscode.ExtensionContext, private readonly reading: Reading) {
    this.log = vscode.window.createOutputChannel('newsmark', { log: true })
    context.subscriptions.push(
      this.log,
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('newsmark.server.path') || change.affectsConfiguration('newsmark.checker')) {
          this.complained = false
          void this.restart()
        }
      }),
      reading.onDidSwitch(() => this.remarks()),
      // Which files are its own is said at the start.
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.restart()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.restart()),
    )
  }

  get standing(): Standing {
    return this.standingNow
  }

  get isRunning(): boolean {
    return this.standingNow.is === 'running'
  }

  private set(standing: Standing) {
    this.standingNow = standing
    void vscode.commands.executeCommand('setContext', 'newsmark.running', standing.is === 'running')
    this.changed.fire(standing)
  }

  /** Looks for the program, without starting it. */
  find(): Found | Missing {
    return find({
      setting: vscode.workspace.getConfiguration('newsmark').get<string>('server.path', ''),
      folders: (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
      trusted: vscode.workspace.isTrusted,
      extension: this.context.extensionPath,
      env: process.env,
      platform: process.platform,
      home: os.homedir(),
    })
  }

  /** Starts it. One start or stop at a time. */
  start(): Promise<void> {
    this.turn = this.turn.then(() => this.startNow()).catch((error) => this.log.error(String(error)))
    return this.turn
  }

  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.stopNow()).then(() => this.startNow())
      .catch((error) => this.log.error(String(error)))
    return this.turn
  }

  private async startNow() {
    if (this.client) return
    const found = this.find()
    if (!found.program) {
      this.set({ is: 'none', missing: found as Missing })
      this.complain(found as Missing)
      return
    }
    this.set({ is: 'starting', found })
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)
    this.log.info(`starting ${found.program} (${where(found)}) for ${folders.length > 0 ? `the folder ${folders.join(', ')}` : 'single files'}`)
    const client = this.newClient(found)
    this.client = client
    client.onDidChangeState(({ newState }) => {
      if (this.client !== client || this.standingNow.is === 'starting') return
      if (newState === State.Stopped) this.set({ is: 'stopped', found, why: 'The server has ended.' })
      if (newState === State.Running) this.set({ is: 'running', found, version: client.initializeResult?.serverInfo?.version ?? '' })
    })
    try {
      await client.start()
    } catch (error) {
      this.client = undefined
      await client.dispose().catch(() => {})
      const why = `${found.program} did not start: ${error instanceof Error ? error.message : String(error)}`
      this.log.error(why)
      this.set({ is: 'stopped', found, why })
      void this.offer(`newsmark did not start. ${await this.advice(found.program)}`)
      return
    }
    // What a command of ours shows in its own way need not be said by a message, too.
    client.onNotification('window/showMessage', ({ type, message }: { type: number; message: string }) => {
      if (this.quiet > 0 && type === MessageType.Info) return
      const show = [, vscode.window.showErrorMessage, vscode.window.showWarningMessage][type] ?? vscode.window.showInformationMessage
      void show(message)
    })
    const version = client.initializeResult?.serverInfo?.version ?? ''
    this.log.info(`newsmark ${version} is running`)
    this.set({ is: 'running', found, version })
  }

  private newClient(found: Found): LanguageClient {
    const executable = { command: found.program, args: ['lsp'] }
    const server: ServerOptions = { run: executable, debug: executable }
    const options: LanguageClientOptions = {
      documentSelector: selector(),
      outputChannel: this.log,
      synchronize: { configurationSection: 'newsmark' },
      initializationOptions: () => {
        const settings = vscode.workspace.getConfiguration('newsmark')
        const checker = settings.get<string>('checker', '').trim()
        return {
          features: settings.get('features'),
          inlayHints: settings.get('inlayHints'),
          ...(checker ? { checker } : {}),
        }
      },
      middleware: {
        // Who reads wants no remarks between the lines.
        provideInlayHints: (document, range, token, next) => (this.isRead(document) ? [] : next(document, range, token)),
        provideCodeLenses: (document, token, next) => (this.isRead(document) ? [] : next(document, token)),
        handleWorkDoneProgress: (token, params, next) => {
          this.progress(params)
          next(token, params)
        },
      },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: this.isWorthAnother(client) ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
      },
      markdown: { supportHtml: false, isTrusted: false },
    }
    const client = new Client('newsmark', 'newsmark', server, options)
    return client
  }

  /** Whether a server that has ended is started again: not one that never ran, or ends at once. */
  private isWorthAnother(client: LanguageClient): boolean {
    if (this.client !== client || this.standingNow.is === 'starting' || this.standingNow.is === 'idle') return false
    const now = Date.now()
    const LONG = 3 * 60 * 1000
    this.ends = [...this.ends.filter((end) => now - end < LONG), now]
    this.log.warn('the server has ended')
    if (this.ends.length < 4) return true
    void this.offer('newsmark has ended four times in three minutes, and is not started again. The log may say why.')
    return false
  }

  private isRead(document: vscode.TextDocument): boolean {
    return this.reading.isOn && isArticle(document)
  }

  /** Has the editor ask for remarks again. */
  private remarks() {
    const open = () => vscode.workspace.textDocuments.filter(isArticle)
    for (const document of open()) {
      this.client?.getFeature('textDocument/inlayHint')?.getProvider(document)?.onDidChangeInlayHints.fire()
    }
    // Lines above the text find their places where lines end that have their remarks already.
    const lenses = () => {
      for (const document of open()) {
        this.client?.getFeature('textDocument/codeLens')?.getProvider(document)?.onDidChangeCodeLensEmitter.fire()
      }
    }
    if (this.reading.isOn) lenses()
    else setTimeout(lenses, 800)
  }

  private progress(step: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd) {
    if (this.standingNow.is !== 'running' && this.standingNow.is !== 'starting') return
    const { found } = this.standingNow
    const version = this.client?.initializeResult?.serverInfo?.version ?? ''
    this.set({ is: 'running', found, version, reading: step.kind === 'end' ? undefined : (step.percentage ?? 0) })
  }

  private async stopNow() {
    const client = this.client
    this.client = undefined
    if (!client) return
    await client.stop(5000).catch(() => {})
    await client.dispose().catch(() => {})
    this.set({ is: 'idle' })
  }

  /** What is wrong with a program that does not start, as far as asking for its version tells. */
  private advice(program: string): Promise<string> {
    return new Promise((done) => {
      execFile(program, ['--version'], { timeout: 5000, windowsHide: true }, (error, out) => {
        if (error) done(`${program} cannot be run: ${error.message.split('\n')[0]}`)
        else if (!/^newsmark /.test(out)) done(`${program} is another program.`)
        else done('The log says more.')
      })
    })
  }

  private complain(missing: Missing) {
    this.log.warn(`no program was found. Looked at:\n${missing.looked.map((place) => `  ${place}`).join('\n')}`)
    if (this.complained) return
    this.complained = true
    void this.offer(whatToDo(missing))
  }

  private async offer(message: string) {
    const [choose, how, log] = ['Choose the Program…', 'How to Install', 'Show the Log']
    const chosen = await vscode.window.showWarningMessage(message, choose, how, log)
    if (chosen === choose) await this.choose()
    if (chosen === how) await vscode.commands.executeCommand('newsmark.server.howTo')
    if (chosen === log) this.log.show()
  }

  /** Has somebody say where the program lies. */
  async choose() {
    const chosen = await vscode.window.showOpenDialog({
      title: 'Where is the program newsmark?', openLabel: 'Use This Program', canSelectMany: false,
      defaultUri: vscode.Uri.file(os.homedir()),
    })
    const file = chosen?.[0]?.fsPath
    if (!file) return
    const target = vscode.ConfigurationTarget.Global
    await vscode.workspace.getConfiguration('newsmark').update('server.path', file, target)
    const set = vscode.workspace.getConfiguration('newsmark').inspect<string>('server.path')
    const wins = set?.workspaceFolderValue ?? set?.workspaceValue
    if (!vscode.workspace.isTrusted || wins === undefined || wins === file) return
    const open = 'Open These Settings'
    const what = wins.trim() === '' ? 'have newsmark looked for' : `name ${wins}`
    const answer = await vscode.window.showWarningMessage(
      `The settings of this folder ${what}, and that counts for more than what you have chosen. Take newsmark.server.path out of them to use ${file}.`, open)
    if (answer === open) await vscode.commands.executeCommand('workbench.action.openWorkspaceSettings', { query: 'newsmark.server.path' })
  }

  /** Has the server do something, without a message of its own about it. */
  async quietly<T>(command: string, args: unknown[]): Promise<T | undefined> {
    const client = this.need()
    if (!client) return undefined
    this.quiet += 1
    try {
      return (await client.sendRequest('workspace/executeCommand', { command, arguments: args })) as T
    } finally {
      // The message comes right after the answer, or before it.
      setTimeout(() => (this.quiet -= 1), 500)
    }
  }

  /** The client, or nothing and a word to whoever asked. */
  need(): LanguageClient | undefined {
    if (this.isRunning) return this.client
    const standing = this.standingNow
    if (standing.is === 'none') void this.offer(whatToDo(standing.missing))
    else if (standing.is === 'stopped') void this.offer(`newsmark is not running. ${standing.why}`)
    else void vscode.window.showInformationMessage('newsmark is just starting: try again in a moment.')
    return undefined
  }

  dispose(): Promise<void> {
    this.turn = this.turn.then(() => this.stopNow()).finally(() => this.changed.dispose())
    return this.turn
  }
}

/** The files of the open folders. What lies elsewhere is of no corpus. */
function selector() {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
  // What has a meaning in patterns is itself here.
  const tops = folders.map(({ uri }) => pathOf(uri).replace(/[[\]{}?*]/g, '[$&]').replace(/\/$/, ''))
  const within = tops.length > 0 ? tops.map((top) => `${top}/`) : ['']
  return within.flatMap((top) => [
    ...LANGUAGES.map((language) => ({ scheme: 'file', language, pattern: `${top}**` })),
    ...EVERYTHING.map((pattern) => ({ scheme: 'file', pattern: `${top}${pattern}` })),
  ])
}

/** A path as patterns are compared with it: on Windows without the slash before the drive. */
function pathOf(uri: vscode.Uri): string {
  return process.platform === 'win32' ? uri.fsPath.replaceAll('\\', '/') : uri.path
}

/** Where a program was found, in words. */
export function where(found: Found): string {
  return {
    setting: 'as the settings say', workspace: "this folder's own build",
    bundled: 'comes with the extension', PATH: 'found on the PATH',
  }[found.from]
}

export function whatToDo(missing: Missing): string {
  if (missing.setting) return `${missing.setting} Choose another program, or empty the setting.`
  return 'newsmark is not installed here: its program was not found, so nothing is checked. Colours and the reading mode work. '
    + (vscode.workspace.isTrusted ? 'Install it, or say where it is.' : 'Install it, say where it is, or trust this folder if it has one of its own.')
}
