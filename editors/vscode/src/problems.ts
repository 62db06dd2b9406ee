// What newsmark has found in a file, as the editor shows it.

import * as vscode from 'vscode'

/** The errors and warnings of newsmark in a file. */
export function problems(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri)
    .filter(({ source, severity }) => source === 'newsmark' && severity <= vscode.DiagnosticSeverity.Warning)
}
