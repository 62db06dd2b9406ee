// The task `newsmark: check`: the whole corpus, as a pipeline would check it.

import * as vscode from 'vscode'
import type { Missing } from './find'
import { whatToDo, type Server } from './server'

interface Definition extends vscode.TaskDefinition {
  command: 'check'
  paths?: string[]
  profile?: string
}

export class Tasks implements vscode.TaskProvider {
  constructor(private readonly server: Server) {}

  provideTasks(): vscode.Task[] {
    return (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .flatMap((folder) => this.task({ type: 'newsmark', command: 'check' }, folder) ?? [])
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const scope = task.scope
    const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0]
    return folder && this.task(task.definition as Definition, folder)
  }

  private task(definition: Definition, folder: vscode.WorkspaceFolder): vscode.Task | undefined {
    const { program } = this.server.find()
    if (!program) return undefined
    const profile = definition.profile ? ['--profile', definition.profile] : []
    const check = new vscode.ProcessExecution(program, ['check', ...profile, ...(definition.paths ?? [])], {
      cwd: folder.uri.fsPath, env: { NO_COLOR: '1' },
    })
    // What the server lists already would be listed twice.
    const matcher = this.server.isRunning ? [] : '$newsmark'
    const task = new vscode.Task(definition, folder, 'check', 'newsmark', check, matcher)
    task.detail = 'Checks the whole corpus and lists what is wrong'
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent, clear: true }
    return task
  }

  /** Runs it for every open folder. */
  async run() {
    const tasks = this.provideTasks()
    if (tasks.length === 0 && this.server.need()) {
      const found = this.server.find()
      void vscode.window.showInformationMessage(found.program
        ? 'No folder is open that could be checked: open the one in which the articles lie.' : whatToDo(found as Missing))
    }
    for (const task of tasks) await vscode.tasks.executeTask(task)
  }
}
