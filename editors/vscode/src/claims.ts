// The panel of claims: all of the corpus, by article, by status or by speaker.

import * as vscode from 'vscode'
import { articles, type CorpusArticle, type CorpusClaim, type Status } from './corpus'
import type { Server } from './server'

export type Grouping = 'article' | 'status' | 'speaker'

interface Group {
  label: string
  /** How many claims. */
  detail: string
  says?: string
  icon: vscode.ThemeIcon
  claims: CorpusClaim[]
  uri?: vscode.Uri
}

type Node = Group | CorpusClaim

const STATUSES: Record<Status, { label: string; icon: vscode.ThemeIcon }> = {
  retracted: { label: 'Withdrawn', icon: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('charts.red')) },
  problem: { label: 'Something is wrong', icon: new vscode.ThemeIcon('warning', new vscode.ThemeColor('charts.orange')) },
  disputed: { label: 'Disputed', icon: new vscode.ThemeIcon('git-compare', new vscode.ThemeColor('charts.orange')) },
  unanswered: { label: 'Accused, not answered', icon: new vscode.ThemeIcon('comment-unresolved', new vscode.ThemeColor('charts.yellow')) },
  unchecked: { label: 'Not checked by the desk', icon: new vscode.ThemeIcon('circle-large-outline') },
  checked: { label: 'Checked by the desk', icon: new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green')) },
}

const KINDS: Record<string, { label: string; icon: string }> = {
  accusation: { label: 'accusation', icon: 'megaphone' },
  response: { label: 'response', icon: 'reply' },
  quote: { label: 'quote', icon: 'quote' },
  figure: { label: 'figure', icon: 'symbol-number' },
  claim: { label: 'claim', icon: 'comment' },
}

/** A pause after changes: what was found comes file by file. */
const PAUSE = 600

export class Claims implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>()
  readonly onDidChangeTreeData = this.changed.event
  readonly view: vscode.TreeView<Node>
  private groups: Group[] | undefined
  private parents = new Map<CorpusClaim, Group>()
  private grouping: Grouping
  private waiting: NodeJS.Timeout | undefined
  private reading: vscode.CancellationTokenSource | undefined
  private readonly subscriptions: vscode.Disposable[]

  constructor(private readonly server: Server, private readonly memory: vscode.Memento) {
    this.grouping = memory.get<Grouping>('claims.grouping', 'article')
    this.view = vscode.window.createTreeView('newsmark.claims', { treeDataProvider: this, showCollapseAll: true })
    this.tell()
    const saved = vscode.workspace.createFileSystemWatcher('**/*.{md,markdown,newsmark}')
    this.subscriptions = [
      saved,
      saved.onDidChange(() => this.later()), saved.onDidCreate(() => this.later()), saved.onDidDelete(() => this.later()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => /\.(md|markdown|newsmark)$/.test(uri.path))) this.later()
      }),
      server.onDidChange(({ is }) => {
        if (is === 'running' || is === 'none' || is === 'stopped') this.later()
      }),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible && !this.groups) this.changed.fire()
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
    this.groups = undefined
    this.changed.fire()
  }

  private later() {
    clearTimeout(this.waiting)
    // Nobody sees it: it is read when somebody does.
    this.waiting = setTimeout(() => (this.view.visible ? this.refresh() : (this.groups = undefined)), PAUSE)
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) return 'claims' in node ? node.claims : []
    if (this.groups) return this.groups
    this.reading?.cancel()
    const reading = (this.reading = new vscode.CancellationTokenSource())
    const all = await articles(this.server.isRunning ? this.server.client : undefined, reading.token)
    if (reading.token.isCancellationRequested) return this.groups ?? []
    const groups = this.grouped(all)
    this.groups = groups
    this.parents = new Map(groups.flatMap((group) => group.claims.map((claim) => [claim, group] as const)))
    const count = all.reduce((sum, { claims }) => sum + claims.length, 0)
    this.view.badge = undefined
    this.view.message = count === 0 ? undefined : `${counted(count, 'claim')} in ${counted(all.length, 'article')}`
    return groups
  }

  getParent(node: Node): Node | undefined {
    return 'claims' in node ? undefined : this.parents.get(node)
  }

  private grouped(all: CorpusArticle[]): Group[] {
    if (this.grouping === 'article') {
      return all.map(({ uri, title, date, claims }) => {
        const wrong = claims.filter(({ status }) => status === 'problem' || status === 'retracted').length
        const icon = wrong > 0 ? STATUSES.problem.icon : new vscode.ThemeIcon('file-text')
        return { label: shortened(title), detail: String(claims.length), says: [title, counted(claims.length, 'claim'), date].filter(Boolean).join(', '), icon, claims, uri }
      })
    }
    const claims = all.flatMap((article) => article.claims)
    if (this.grouping === 'status') {
      return (Object.keys(STATUSES) as Status[]).flatMap((status) => {
        const own = claims.filter((claim) => claim.status === status)
        const { label, icon } = STATUSES[status]
        return own.length > 0 ? [{ label, detail: String(own.length), icon, claims: own }] : []
      })
    }
    const speakers = new Map<string, CorpusClaim[]>()
    for (const claim of claims) {
      for (const speaker of claim.speakers.length > 0 ? claim.speakers : ['']) {
        speakers.set(speaker, [...(speakers.get(speaker) ?? []), claim])
      }
    }
    const named = [...speakers].sort(([a, x], [b, y]) => Number(a === '') - Number(b === '') || y.length - x.length || a.localeCompare(b))
    return named.map(([name, own]) => ({
      label: name === '' ? 'No speaker named beside it' : name === 'unnamed' ? 'Speakers who are not named' : name,
      detail: String(own.length),
      icon: new vscode.ThemeIcon(name === '' ? 'question' : name === 'unnamed' ? 'eye-closed' : 'person'),
      claims: own,
    }))
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ('claims' in node) {
      const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Collapsed)
      item.description = node.detail
      item.iconPath = node.icon
      item.id = `${this.grouping}:${node.uri?.toString() ?? node.label}`
      item.tooltip = node.says ?? `${node.label}, ${counted(node.claims.length, 'claim')}`
      return item
    }
    const item = new vscode.TreeItem(node.text || '(no words)')
    const kind = KINDS[Object.keys(KINDS).find((name) => node.classes.includes(name)) ?? 'claim']!
    const status = STATUSES[node.status]
    const marked = node.status === 'problem' || node.status === 'retracted' || node.status === 'disputed' || node.status === 'unanswered'
    const color = marked ? status.icon.color : undefined
    item.iconPath = new vscode.ThemeIcon(kind.icon, color)
    item.description = this.grouping === 'speaker' ? kind.label : node.speakers.join(', ')
    const tooltip = new vscode.MarkdownString()
    tooltip.appendText(node.text)
    tooltip.appendMarkdown('\n\n')
    tooltip.appendText([node.classes.join(', '), node.speakers.length > 0 ? `by ${node.speakers.join(', ')}` : '', status.label.toLowerCase()].filter(Boolean).join(' · '))
    item.tooltip = tooltip
    item.accessibilityInformation = { label: `${kind.label}: ${node.text}. ${node.speakers.length > 0 ? `By ${node.speakers.join(', ')}. ` : ''}${status.label}.` }
    item.command = { command: 'newsmark.goTo', title: 'Go to the Claim', arguments: [node.uri, node.range] }
    return item
  }

  dispose() {
    clearTimeout(this.waiting)
    this.reading?.cancel()
    vscode.Disposable.from(this.view, this.changed, ...this.subscriptions).dispose()
  }
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
