// The panel of claims: all of the corpus, by article, by status or by speaker. What there is, the
// server says (`newsmark/claims`, docs/editors.md): the groups first, and the claims of a group when
// somebody opens it.

import * as vscode from 'vscode'
import type { LanguageClient, Range } from 'vscode-languageclient/node'
import { problems } from './problems'
import type { Server } from './server'

export type Grouping = 'article' | 'status' | 'speaker'
type Status = 'retracted' | 'disputed' | 'unanswered' | 'checked' | 'unchecked'

interface GroupsAnswer {
  articles: number
  claims: number
  groups: { key: string; label: string; claims: number; unsettled?: number; date?: string; uri?: string }[]
  more: number
}

interface ClaimsAnswer {
  claims: { uri: string; range: Range; text: string; classes: string[]; id?: string; speakers: { name: string; id?: string }[]; status: Status }[]
  isIncomplete: boolean
}

export interface Group {
  is: 'group'
  key: string
  label: string
  claims: number
  says: string
  icon: vscode.ThemeIcon
  uri?: vscode.Uri
}

export interface Claim {
  is: 'claim'
  group: Group
  uri: vscode.Uri
  range: vscode.Range
  text: string
  classes: string[]
  id?: string
  speakers: string[]
  status: Status
  /** Whether an error or a warning lies in it. */
  isWrong: boolean
}

/** What is said where a list does not have everything. */
interface More {
  is: 'more'
  label: string
  group?: Group
}

type Node = Group | Claim | More

const color = (name: string) => new vscode.ThemeColor(`charts.${name}`)
const STATUSES: Record<Status | 'wrong', { label: string; icon: vscode.ThemeIcon }> = {
  retracted: { label: 'withdrawn', icon: new vscode.ThemeIcon('circle-slash', color('red')) },
  wrong: { label: 'something is wrong', icon: new vscode.ThemeIcon('warning', color('orange')) },
  disputed: { label: 'disputed', icon: new vscode.ThemeIcon('git-compare', color('orange')) },
  unanswered: { label: 'accused, not answered', icon: new vscode.ThemeIcon('comment-unresolved', color('yellow')) },
  checked: { label: 'checked by the desk', icon: new vscode.ThemeIcon('pass', color('green')) },
  unchecked: { label: 'not checked by the desk', icon: new vscode.ThemeIcon('circle-large-outline') },
}

const KINDS: Record<string, string> = {
  accusation: 'megaphone', response: 'reply', quote: 'quote', figure: 'symbol-number', claim: 'comment',
}

/** Speakers who have no name. */
const NAMELESS: Record<string, string> = { unnamed: 'eye-closed', own: 'book', nobody: 'question' }

/** The group of claims in which something is wrong, which the server does not know. */
const WRONG = 'wrong'

/** In so many files it is looked which claim something is wrong in. */
const MOST_FILES = 200

/** A pause after changes: what was found comes file by file. */
const PAUSE = 600

/** Of so many times the time that the last answers took the next ones are asked for once. */
const SHARE = 10

export class Claims implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>()
  readonly onDidChangeTreeData = this.changed.event
  readonly view: vscode.TreeView<Node>
  private grouping: Grouping
  private isStale = true
  /** What is known since it was last looked, and how long that took. */
  private known = new Known()
  private waiting: NodeJS.Timeout | undefined
  private readonly subscriptions: vscode.Disposable[]

  constructor(private readonly server: Server, private readonly memory: vscode.Memento) {
    this.grouping = memory.get<Grouping>('claims.grouping', 'article')
    this.view = vscode.window.createTreeView('newsmark.claims', { treeDataProvider: this, showCollapseAll: true })
    this.tell()
    const saved = vscode.workspace.createFileSystemWatcher('**/*.{md,markdown,newsmark}')
    this.subscriptions = [
      saved,
      saved.onDidChange(() => this.later()), saved.onDidCreate(() => this.later()), saved.onDidDelete(() => this.later()),
      vscode.languages.onDidChangeDiagnostics(() => this.later()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isArticle(document.uri)) this.later()
      }),
      server.onDidChange(() => this.later()),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.isStale) this.refresh()
      }),
    ]
  }

  private tell() {
    void vscode.commands.executeCommand('setContext', 'newsmark.claims.grouping', this.grouping)
    this.view.description = { article: 'by article', status: 'by status', speaker: 'by speaker' }[this.grouping]
  }

  async by(grouping: Grouping) {
    this.grouping = grouping
    this.tell()
    this.refresh()
    await this.memory.update('claims.grouping', grouping)
  }

  refresh() {
    clearTimeout(this.waiting)
    this.waiting = undefined
    this.isStale = true
    this.changed.fire()
  }

  /** Looks again, when the server has had time for others. */
  private later() {
    this.isStale = true
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined
      // Nobody sees it: it is looked when somebody does.
      if (!this.view.visible) return
      if (this.known.rest > 0) this.later()
      else this.changed.fire()
    }, Math.max(PAUSE, this.known.rest))
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node && node.is !== 'group') return []
    if (node) return this.claims(node, this.known)
    this.known.cancel()
    const known = (this.known = new Known())
    this.isStale = false
    return this.groups(known)
  }

  private async groups(known: Known): Promise<Node[]> {
    const { grouping } = this
    const { client } = this.server
    if (!client || !this.server.isRunning) return this.nothing(['starting', 'idle'].includes(this.server.standing.is) ? 'reading' : 'stopped')
    const answer = await known.ask<GroupsAnswer>(client, { by: grouping })
    if (known.isOver) return []
    if (!answer) return this.nothing('reading')
    const groups: Node[] = answer.groups.map((group) => this.group(client, grouping, group))
    if (grouping === 'status') {
      const wrong = await this.wrong(known)
      if (wrong.length > 0) {
        const place = groups.findIndex((group) => group.is === 'group' && group.key !== 'retracted')
        groups.splice(place < 0 ? groups.length : place, 0, {
          is: 'group', key: WRONG, label: 'Something is wrong', claims: wrong.length, icon: STATUSES.wrong.icon,
          says: `${counted(wrong.length, 'claim')} with an error or a warning`,
        })
      }
    }
    if (answer.more > 0) {
      const what = { article: 'article', status: 'group', speaker: 'speaker' }[grouping]
      groups.push({ is: 'more', label: `and ${counted(answer.more, `more ${what}`)}` })
    }
    if (known.isOver) return []
    if (groups.length === 0) return this.nothing('empty')
    this.state('some')
    this.view.message = `${counted(answer.claims, 'claim')} in ${counted(answer.articles, 'article')}`
    return groups
  }

  /** Why there is nothing to show: what is shown instead stands in package.json. */
  private nothing(why: 'stopped' | 'reading' | 'empty'): Node[] {
    this.state(why)
    this.view.message = undefined
    return []
  }

  private state(state: string) {
    void vscode.commands.executeCommand('setContext', 'newsmark.claims.state', state)
  }

  private group(client: LanguageClient, by: Grouping, { key, label, claims, unsettled, date, uri }: GroupsAnswer['groups'][number]): Group {
    const own = uri === undefined ? undefined : client.protocol2CodeConverter.asUri(uri)
    const isWrong = own !== undefined && problems(own).length > 0
    const icon = by === 'status' ? STATUSES[key as Status].icon
      : by === 'speaker' ? new vscode.ThemeIcon(NAMELESS[key] ?? 'person')
        : isWrong || unsettled ? STATUSES.wrong.icon : new vscode.ThemeIcon('file-text')
    const open = unsettled ? `${unsettled} withdrawn, disputed or not answered` : ''
    const says = [label, counted(claims, 'claim'), open, isWrong ? 'something is wrong in it' : '', date].filter(Boolean).join(', ')
    return { is: 'group', key, label: by === 'article' ? shortened(label) : label, claims, says, icon, ...(own ? { uri: own } : {}) }
  }

  private async claims(group: Group, known: Known): Promise<Node[]> {
    if (group.key === WRONG) return (await this.wrong(known)).map((claim) => ({ ...claim, group }))
    const { client } = this.server
    if (!client || !this.server.isRunning) return []
    const answer = await known.ask<ClaimsAnswer>(client, { by: this.grouping, key: group.key })
    if (!answer) return []
    const claims: Claim[] = this.read(client, group, answer)
    // The innermost claim around it counts, and that may be none of this group.
    const wrong = this.grouping === 'article' ? innermost(claims) : new Set((await this.wrong(known, claims)).map(spot))
    for (const claim of claims) claim.isWrong = wrong.has(spot(claim))
    const more = group.claims - claims.length
    const left = answer.isIncomplete && more > 0 ? [{ is: 'more', label: `and ${counted(more, 'more claim')}`, group } as const] : []
    return [...claims, ...left]
  }

  private read(client: LanguageClient, group: Group, { claims }: ClaimsAnswer): Claim[] {
    const { asUri, asRange } = client.protocol2CodeConverter
    return claims.map(({ uri, range, text, classes, id, speakers, status }) => ({
      is: 'claim', group, uri: asUri(uri), range: asRange(range), text, classes, status, isWrong: false,
      speakers: speakers.map(({ name }) => name), ...(id === undefined ? {} : { id }),
    }))
  }

  /** The claims in which something is wrong, by file: of all files, or of those that these are in. */
  private async wrong(known: Known, among?: Claim[]): Promise<Claim[]> {
    const { client } = this.server
    if (!client || !this.server.isRunning) return []
    const own = among && new Set(among.map(({ uri }) => uri.toString()))
    const files = vscode.languages.getDiagnostics()
      .filter(([uri]) => isArticle(uri) && (!own || own.has(uri.toString())) && problems(uri).length > 0)
      .map(([uri]) => uri).sort((a, b) => (a.path < b.path ? -1 : 1)).slice(0, MOST_FILES)
    const found = await Promise.all(files.map((uri) => known.wrongIn(uri, async () => {
      const key = client.code2ProtocolConverter.asUri(uri)
      const answer = await known.ask<ClaimsAnswer>(client, { by: 'article', key })
      if (!answer) return []
      const claims = this.read(client, { is: 'group', key: WRONG, label: '', claims: 0, says: '', icon: STATUSES.wrong.icon }, answer)
      const wrong = innermost(claims)
      return claims.filter((claim) => wrong.has(spot(claim))).map((claim) => ({ ...claim, isWrong: true }))
    })))
    return found.flat()
  }

  getParent(node: Node): Node | undefined {
    return node.is === 'group' ? undefined : node.group
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.is === 'more') {
      const item = new vscode.TreeItem(node.label)
      item.iconPath = new vscode.ThemeIcon('ellipsis')
      item.tooltip = 'The list ends here. What is open in the editor, the outline has in full.'
      return item
    }
    if (node.is === 'group') {
      const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Collapsed)
      item.description = String(node.claims)
      item.iconPath = node.icon
      // What is open stays open when the list is made anew.
      item.id = `${this.grouping}:${node.key}`
      item.tooltip = node.says
      return item
    }
    const item = new vscode.TreeItem(node.text || '(no words)')
    const kind = Object.keys(KINDS).find((name) => node.classes.includes(name)) ?? 'claim'
    const isWithdrawn = node.status === 'retracted'
    const status = STATUSES[node.isWrong && !isWithdrawn && node.status !== 'disputed' ? 'wrong' : node.status]
    const isMarked = node.isWrong || ['retracted', 'disputed', 'unanswered'].includes(node.status)
    item.iconPath = new vscode.ThemeIcon(KINDS[kind]!, isMarked ? status.icon.color : undefined)
    item.description = this.grouping === 'speaker' ? kind : node.speakers.join(', ')
    const by = node.speakers.length > 0 ? `by ${node.speakers.join(', ')}` : ''
    const said = [STATUSES[node.status].label, node.isWrong ? STATUSES.wrong.label : ''].filter(Boolean).join(', ')
    const tooltip = new vscode.MarkdownString()
    tooltip.appendText(node.text)
    tooltip.appendMarkdown('\n\n')
    tooltip.appendText([node.classes.join(', '), by, said].filter(Boolean).join(' · '))
    item.tooltip = tooltip
    item.accessibilityInformation = { label: `${kind}: ${node.text}. ${by ? `B${by.slice(1)}. ` : ''}${said}.` }
    item.command = { command: 'newsmark.goTo', title: 'Go to the Claim', arguments: [node.uri, node.range] }
    return item
  }

  dispose() {
    clearTimeout(this.waiting)
    this.known.cancel()
    vscode.Disposable.from(this.view, this.changed, ...this.subscriptions).dispose()
  }
}

/** What was answered since it was last looked. */
class Known {
  /** How long the server took for all of it, in milliseconds, and when it last answered. */
  private took = 0
  private last = 0
  /** How many questions it has not answered yet. */
  private asked = 0
  private readonly source = new vscode.CancellationTokenSource()
  private readonly inFile = new Map<string, Promise<Claim[]>>()

  get isOver(): boolean {
    return this.source.token.isCancellationRequested
  }

  /** How long the server is to be left alone, in milliseconds. */
  get rest(): number {
    return this.asked > 0 ? PAUSE : this.took * SHARE - (Date.now() - this.last)
  }

  /** Asks the server. Nothing where it has not read the corpus yet, or nobody wants to know any more. */
  async ask<T>(client: LanguageClient, params: { by: Grouping; key?: string }): Promise<T | undefined> {
    const began = Date.now()
    this.asked += 1
    try {
      return ((await client.sendRequest('newsmark/claims', params, this.source.token)) as T | null) ?? undefined
    } catch {
      // It ended, or what was asked was taken back: either way it is asked again.
      return undefined
    } finally {
      const now = Date.now()
      // Of questions that were put together, each waits for those before it.
      this.took += now - Math.max(began, this.last)
      this.last = now
      this.asked -= 1
    }
  }

  /** What is wrong in a file, looked up once. */
  wrongIn(uri: vscode.Uri, look: () => Promise<Claim[]>): Promise<Claim[]> {
    const key = uri.toString()
    const found = this.inFile.get(key) ?? look()
    this.inFile.set(key, found)
    return found
  }

  cancel() {
    this.source.cancel()
  }
}

/** The claims of one file, by their spots, that are the innermost ones around something wrong. */
function innermost(claims: Claim[]): Set<string> {
  const uri = claims[0]?.uri
  const said = uri ? problems(uri) : []
  return new Set(said.flatMap(({ range }) => {
    const around = claims.filter((claim) => claim.range.contains(range))
    return around.length > 0 ? [spot(around.reduce((a, b) => (a.range.contains(b.range) ? b : a)))] : []
  }))
}

/** What tells a claim from all others. */
function spot({ uri, range: { start, end } }: Claim): string {
  return `${uri} ${start.line}:${start.character}-${end.line}:${end.character}`
}

function isArticle(uri: vscode.Uri): boolean {
  return /\.(md|markdown|newsmark)$/.test(uri.path)
}

/** A headline, so that the number of claims beside it is seen. */
function shortened(title: string): string {
  const MOST = 27
  if (title.length <= MOST) return title
  return `${title.slice(0, MOST - 1).replace(/[\s,:;.–-]+\S*$/, '')}…`
}

export function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
