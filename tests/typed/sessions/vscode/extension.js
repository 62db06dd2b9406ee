// The least that makes Visual Studio Code a client: what NEWSMARK_SESSION says is started for
// every file that the server knows about. `steps.mjs` is what is then done.

const vscode = require('vscode')
const { LanguageClient } = require('vscode-languageclient/node')

let client

exports.activate = async (context) => {
  const [command, ...args] = JSON.parse(process.env.NEWSMARK_SESSION)
  const here = vscode.workspace.workspaceFolders[0].uri.fsPath
  const files = ['markdown', 'yaml', 'json', 'jsonl', 'bibtex']
    .map((language) => ({ scheme: 'file', language, pattern: `${here}/**` }))
  client = new LanguageClient('newsmark', 'newsmark', { command, args }, {
    documentSelector: [...files, { scheme: 'file', pattern: `${here}/**/newsmark.toml` }],
  })
  context.subscriptions.push(
    vscode.commands.registerCommand('newsmarkSession.end', () => client.stop(20000)),
    // What a click on a line above the text runs (docs/editors.md).
    vscode.commands.registerCommand('newsmark.showReferences', (uri, position, places) =>
      vscode.commands.executeCommand(
        'editor.action.showReferences',
        client.protocol2CodeConverter.asUri(uri),
        client.protocol2CodeConverter.asPosition(position),
        (places ?? []).map(client.protocol2CodeConverter.asLocation),
      )),
  )
  await client.start()
}
