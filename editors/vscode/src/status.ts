// The item in the status bar: whether newsmark runs, what it does, how much is wrong.

import * as vscode from 'vscode'
import { where, type Server } from './server'

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('newsmark.status', vscode.StatusBarAlignment.Left, 20)
  private readonly subscriptions: vscode.Disposable[]
  private waiting: NodeJS.Timeout | undefined

  constructor(private readonly server: Server) {
    this.item.name = 'newsmark'
    this.item.command = 'newsmark.menu'
    this.subscriptions = [
      server.onDidChange(() => this.show()),
      // Many come at once while a corpus is read.
      vscode.languages.onDidChangeDiagnostics(() => {
        this.waiting ??= setTimeout(() => {
          this.waiting = undefined
          this.show()
        }, 200)
      }),
    ]
    this.show()
    this.item.show()
  }

  private show() {
    const { item } = this
    const standing = this.server.standing
    const tooltip = new vscode.MarkdownString('', true)
    item.backgroundColor = undefined
    if (standing.is === 'none') {
      item.text = '$(circle-slash) newsmark: not installed'
      item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground')
      tooltip.appendMarkdown('The program `newsmark` was not found, so nothing is checked. Click for what can be done.')
    } else if (standing.is === 'stopped') {
      item.text = '$(error) newsmark: not running'
      item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground')
      tooltip.appendText(standing.why)
    } else if (standing.is !== 'running') {
      item.text = '$(loading~spin) newsmark'
      tooltip.appendText('newsmark is starting.')
    } else {
      const { errors, others, files } = count()
      const all = errors + others
      const problems = all === 0 ? 'nothing found' : `${all} ${all === 1 ? 'problem' : 'problems'}`
      const isReading = standing.reading !== undefined
      const icon = isReading ? '$(loading~spin)' : errors > 0 ? '$(error)' : all > 0 ? '$(warning)' : '$(check)'
      item.text = `${icon} newsmark: ${isReading ? `reading the corpus, ${standing.reading} %` : problems}`
      const inFiles = all === 0 ? '' : ` in ${files} ${files === 1 ? 'file' : 'files'}, ${errors} of them ${errors === 1 ? 'an error' : 'errors'}`
      tooltip.appendMarkdown(`**newsmark ${standing.version}**, ${where(standing.found)}\n\n`)
      tooltip.appendText(`${problems}${inFiles}\n${standing.found.program}`)
      tooltip.appendMarkdown('\n\nClick for what newsmark can do.')
    }
    item.tooltip = tooltip
    // The tooltip is Markdown, which nobody wants to be read aloud.
    item.accessibilityInformation = { label: item.text.replace(/\$\([^)]*\) /, '') }
  }

  dispose() {
    clearTimeout(this.waiting)
    vscode.Disposable.from(this.item, ...this.subscriptions).dispose()
  }
}

/** How much newsmark has found, in whatever file it was looked for. */
function count(): { errors: number; others: number; files: number } {
  let [errors, others, files] = [0, 0, 0]
  for (const [, all] of vscode.languages.getDiagnostics()) {
    const own = all.filter(({ source }) => source === 'newsmark')
    const bad = own.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length
    errors += bad
    others += own.length - bad
    if (own.length > 0) files += 1
  }
  return { errors, others, files }
}
