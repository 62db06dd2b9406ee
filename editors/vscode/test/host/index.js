// The extension inside the extension host, on a copy of the example newsroom. What is found is
// compared with what the program says on the command line.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const vscode = require('vscode')

const folder = vscode.workspace.workspaceFolders[0].uri.fsPath
const uri = (file) => vscode.Uri.file(path.join(folder, file))
const run = (command, ...args) => vscode.commands.executeCommand(command, ...args)
const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))
const KASRA = '2024/03/kasra-road.md'

async function until(why, what, seconds = 20) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await what()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain: ${why}`)
    await rest(100)
  }
}

async function open(file) {
  const document = await vscode.workspace.openTextDocument(uri(file))
  return vscode.window.showTextDocument(document)
}

/** A position so many letters into words of an open file. */
function at(editor, words, inside = 1) {
  const offset = editor.document.getText().indexOf(words)
  assert.notEqual(offset, -1, words)
  return editor.document.positionAt(offset + inside)
}

function settings() {
  return vscode.workspace.getConfiguration('newsmark')
}

/** Has windows of the editor answered at once; what they say is kept, until the end. */
function stub(answers) {
  const said = {}
  const own = {}
  for (const [name, answer] of Object.entries(answers)) {
    own[name] = vscode.window[name]
    said[name] = []
    vscode.window[name] = (message, ...more) => {
      said[name].push(message)
      return answer(message, ...more)
    }
  }
  return { said, end: () => Object.assign(vscode.window, own) }
}

/** What the command line finds: file, rule and the place where it begins. */
function checked(program) {
  let out
  try {
    out = execFileSync(program, ['check', '--format', 'json'], { cwd: folder, encoding: 'utf8', timeout: 60000 })
  } catch (error) {
    if (error.status !== 1) throw error
    out = error.stdout
  }
  return out.trim().split('\n').map((line) => JSON.parse(line))
    .map(({ path, rule, range: { start } }) => `${path} ${rule} ${start.line}`).sort()
}

function shown() {
  return vscode.languages.getDiagnostics().flatMap(([uri, all]) => all
    .filter(({ source }) => source === 'newsmark')
    .map(({ code, range: { start } }) => `${path.relative(folder, uri.fsPath)} ${code?.value ?? code} ${start.line + 1}`)).sort()
}

const tests = {
  'what is underlined is what the command line finds, in all files': async ({ parts }) => {
    const { program } = parts.server.find()
    const want = checked(program)
    assert.ok(want.length >= 80, `${want.length} faults`)
    await until('all faults', () => shown().length >= want.length).catch(() => {})
    assert.deepEqual(shown(), want)
  },

  'hover over a mention, a citation and a claim': async () => {
    const editor = await open(KASRA)
    const said = async (words, inside) => {
      const hovers = await run('vscode.executeHoverProvider', editor.document.uri, at(editor, words, inside))
      return hovers.flatMap(({ contents }) => contents.map((part) => part.value ?? part)).join('\n')
    }
    assert.match(await said('[[Hanne Brill]]', 4), /Hanne Brill[\s\S]*country director|country director[\s\S]*Hanne Brill/i)
    assert.match(await said('[@ra-0310]', 4), /International Relief Agency/)
    assert.match(await said('{.quote .accusation #gunpoint', 12), /accus/i)
  },

  'definition in another file': async () => {
    const editor = await open(KASRA)
    const target = async (words) => {
      const found = await run('vscode.executeDefinitionProvider', editor.document.uri, at(editor, words, 4))
      return found.map((one) => path.relative(folder, (one.targetUri ?? one.uri).fsPath)).join()
    }
    assert.equal(await target('[[Hanne Brill]]'), 'registry/people/hanne-brill.md')
    assert.match(await target('[@ra-0310]'), /^registry\/sources\//)
  },

  'completion after [@': async () => {
    const editor = await open(KASRA)
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end
    await editor.edit((edit) => edit.insert(end, '\nIt did so [@'))
    const last = editor.document.lineAt(editor.document.lineCount - 1).range.end
    const list = await run('vscode.executeCompletionItemProvider', editor.document.uri, last, '@')
    const labels = list.items.map(({ label }) => label.label ?? label)
    assert.ok(labels.some((label) => /ra-0310/.test(label)), labels.slice(0, 10).join())
    await run('workbench.action.files.revert')
  },

  'an entity is renamed in several files': async () => {
    const editor = await open(KASRA)
    const edit = await run('vscode.executeDocumentRenameProvider', editor.document.uri, at(editor, 'by=relief-agency', 5), 'aid-agency')
    const files = edit.entries().map(([uri]) => path.relative(folder, uri.fsPath))
    assert.ok(files.length >= 4 && files.includes(KASRA) && files.some((file) => file.startsWith('registry/entities/')), files.join())
  },

  'a quick fix': async () => {
    const editor = await open(KASRA)
    const place = at(editor, '@nwire-0311x', 3)
    const actions = await run('vscode.executeCodeActionProvider', editor.document.uri, new vscode.Range(place, place), 'quickfix')
    assert.ok(actions.some(({ title }) => /nwire-0311/.test(title)), actions.map(({ title }) => title).join())
  },

  'colours, hints, lines above, outline, folding, links, formatting': async () => {
    const editor = await open(KASRA)
    const own = editor.document.uri
    const legend = await run('vscode.provideDocumentSemanticTokensLegend', own)
    const known = vscode.extensions.getExtension('newsmark.newsmark').packageJSON.contributes.semanticTokenScopes[0].scopes
    for (const type of legend.tokenTypes) assert.ok(known[type], `no scope for ${type}`)
    for (const name of legend.tokenModifiers) {
      if (!['definition', 'deprecated'].includes(name)) assert.ok(known[`*.${name}`], `no scope for ${name}`)
    }
    const tokens = await run('vscode.provideDocumentSemanticTokens', own)
    assert.ok(tokens.data.length > 100)
    const all = new vscode.Range(0, 0, editor.document.lineCount, 0)
    for (const [command, ...args] of [
      ['vscode.executeInlayHintProvider', own, all],
      ['vscode.executeCodeLensProvider', own, 10],
      ['vscode.executeDocumentSymbolProvider', own],
      ['vscode.executeFoldingRangeProvider', own],
      ['vscode.executeLinkProvider', own],
      ['vscode.executeWorkspaceSymbolProvider', 'hanne'],
    ]) {
      const found = await until(command, async () => (await run(command, ...args)) ?? [])
      assert.ok(found.length > 0, command)
    }
  },

  'a click on a line above the text lists the places': async () => {
    const editor = await open(KASRA)
    const lenses = await run('vscode.executeCodeLensProvider', editor.document.uri, 10)
    const { command } = lenses.find(({ command }) => command?.title === '2 answers')
    assert.equal(command.command, 'newsmark.showReferences')
    await run(command.command, ...command.arguments)
    await run('closeReferenceSearch')
  },

  'a file of another folder is none of the corpus, and changes nothing in it': async () => {
    const before = shown().length
    let fewest = before
    const listening = vscode.languages.onDidChangeDiagnostics(() => (fewest = Math.min(fewest, shown().length)))
    const other = path.join(path.dirname(folder), 'elsewhere.json')
    fs.writeFileSync(other, '{}\n')
    await vscode.window.showTextDocument(vscode.Uri.file(other))
    await rest(1500)
    listening.dispose()
    assert.equal(fewest, before)
  },

  'settings reach the server': async () => {
    const editor = await open(KASRA)
    const hover = async () =>
      (await run('vscode.executeHoverProvider', editor.document.uri, at(editor, '[@ra-0310]', 4))).length
    assert.ok((await hover()) > 0)
    await settings().update('features.hover', false, vscode.ConfigurationTarget.Workspace)
    await until('no hover', async () => (await hover()) === 0)
    await settings().update('features.hover', undefined, vscode.ConfigurationTarget.Workspace)
    await until('a hover again', async () => (await hover()) > 0)
  },

  'every command that is announced is there, and every setting of the server': async () => {
    const { packageJSON } = vscode.extensions.getExtension('newsmark.newsmark')
    const all = await vscode.commands.getCommands(true)
    for (const { command } of packageJSON.contributes.commands) assert.ok(all.includes(command), command)
    const guide = fs.readFileSync(process.env.NEWSMARK_GUIDE, 'utf8')
    const table = guide.slice(guide.indexOf('| under `features`'), guide.indexOf('Each is `true` unless'))
    const named = [...table.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names]) => [...names.matchAll(/\w+/g)].map(String))
    const properties = Object.assign({}, ...packageJSON.contributes.configuration.map((part) => part.properties))
    const mirrored = Object.keys(properties).filter((name) => name.startsWith('newsmark.features.')).map((name) => name.slice(18))
    assert.deepEqual(mirrored.sort(), named.sort())
  },

  'the claims panel has all claims of the command line': async ({ parts }) => {
    const { program } = parts.server.find()
    const articles = fs.readdirSync(folder, { recursive: true }).filter((file) => /^2.*\.md$/.test(file))
    const claims = articles.map((file) => JSON.parse(execFileSync(program, ['parse', '--format', 'json', path.join(folder, file)], { encoding: 'utf8' })).claims.length)
    const want = claims.reduce((sum, one) => sum + one, 0)
    const spot = ({ uri, range: { start, end } }) => `${uri} ${start.line}:${start.character}-${end.line}:${end.character}`
    for (const grouping of ['Article', 'Status', 'Speaker']) {
      await run(`newsmark.claims.by${grouping}`)
      const groups = await parts.claims.getChildren()
      const leaves = new Set()
      for (const group of groups) {
        const own = await parts.claims.getChildren(group)
        assert.equal(own.length, group.claims, `${grouping} ${group.label}`)
        assert.equal(parts.claims.getTreeItem(group).description, String(own.length))
        for (const claim of own) leaves.add(spot(claim))
      }
      assert.equal(leaves.size, want, grouping)
      if (grouping === 'Article') assert.equal(groups.length, claims.filter(Boolean).length)
      const { id } = parts.claims.getTreeItem(groups[0])
      assert.equal(id, `${grouping.toLowerCase()}:${groups[0].key}`, 'what is open stays open')
      if (grouping !== 'Status') continue
      assert.deepEqual(groups.map(({ key }) => key), ['retracted', 'wrong', 'disputed', 'unanswered', 'checked', 'unchecked'].filter((key) => groups.some((group) => group.key === key)))
      // What is underlined in a claim is found there.
      const wrong = await parts.claims.getChildren(groups.find(({ key }) => key === 'wrong'))
      assert.ok(wrong.some((claim) => claim.uri.path.endsWith('2024/04/two-permits.md')), wrong.map(spot).join())
      for (const { uri, range } of wrong) {
        const inside = vscode.languages.getDiagnostics(uri).filter((found) => found.severity <= 1 && range.contains(found.range))
        assert.ok(inside.length > 0, `${uri} ${range.start.line}`)
      }
    }
    await run('newsmark.claims.byArticle')
    const groups = await parts.claims.getChildren()
    const kasra = groups.find(({ uri }) => uri.path.endsWith(KASRA))
    const gunpoint = (await parts.claims.getChildren(kasra)).find(({ id }) => id === 'gunpoint')
    assert.match(gunpoint.text, /^Soldiers of the alliance "turned women's blankets away at gunpoint"$/)
    const { command } = parts.claims.getTreeItem(gunpoint)
    await run(command.command, ...command.arguments)
    const editor = vscode.window.activeTextEditor
    assert.ok(editor.document.lineAt(editor.selection.active).text.startsWith('[Soldiers of the alliance'))
  },

  'the provenance view draws what rests on what': async ({ parts }) => {
    const editor = await open(KASRA)
    const place = at(editor, '@nmod-0311', 3)
    editor.selection = new vscode.Selection(place, place)
    await run('newsmark.provenance.show')
    const graph = await until('a graph', () => parts.provenance.shown)
    assert.equal(graph.boxes[0].name, 'nmod-0311')
    assert.ok(graph.boxes.some(({ name, column }) => name === 'nwire-0311' && column < 0), JSON.stringify(graph.boxes))
    for (const [from, to] of graph.ties) assert.ok(graph.boxes[from] && graph.boxes[to])
    // A click on a box opens what it stood for, although something else is drawn by then.
    const box = graph.boxes.findIndex(({ name }) => name === 'nwire-0311')
    const other = at(editor, '@ra-0310]', 3)
    const article = await until('the article', () => vscode.window.visibleTextEditors.find(({ document }) => document === editor.document))
    article.selection = new vscode.Selection(other, other)
    await until('the view to follow the cursor', () => parts.provenance.shown.boxes[0].name === 'ra-0310')
    await parts.provenance.answer({ do: 'open', box, graph: graph.number })
    const opened = vscode.window.activeTextEditor
    assert.match(opened.document.lineAt(opened.selection.active).text, /nwire-0311/)
    await run('workbench.action.closeEditorsInOtherGroups')
  },

  'of very many claims that rest on a source, the rest is counted on their side': async ({ parts }) => {
    const before = shown().length
    const editor = await open(KASRA)
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end
    const claims = Array.from({ length: 90 }, (_, number) => `[It said so on day ${number}]{.claim by=northland-mod}[@nmod-0311].`)
    await editor.edit((edit) => edit.insert(end, `\n${claims.join('\n\n')}\n`))
    const place = at(editor, '@nmod-0311', 3)
    editor.selection = new vscode.Selection(place, place)
    await run('newsmark.provenance.show')
    const { boxes } = await until('very many', () => parts.provenance.shown?.boxes.length >= 70 && parts.provenance.shown)
    assert.ok(boxes[0].more.in >= 20, JSON.stringify(boxes[0]))
    assert.equal(boxes[0].more.out, 0)
    await run('workbench.action.closeEditorsInOtherGroups')
    await vscode.window.showTextDocument(editor.document)
    await run('workbench.action.files.revert')
    await until('what was found before', () => shown().length === before)
  },

  'the log says which program runs, and for which folder': async ({ parts }) => {
    const { log } = parts.server
    const { program } = parts.server.find()
    const said = []
    const info = log.info
    log.info = (line) => said.push(line)
    try {
      await parts.server.restart()
    } finally {
      log.info = info
    }
    const words = said.join('\n')
    assert.ok(words.includes(program) && words.includes(folder) && /newsmark \d+\.\d+\.\d+ is running/.test(words), words)
    await until('what it finds', () => shown().length > 80)
  },

  'where a source comes from, and what its retraction would touch': async ({ parts }) => {
    const editor = await open(KASRA)
    const { line, character } = at(editor, '@nwire-0311]', 3)
    const asked = [editor.document.uri.toString(), { line, character }]
    const { origins } = await parts.server.quietly('newsmark.showOrigins', asked)
    assert.deepEqual(origins.map(({ name }) => name), ['nmod-0311'])
    const { touched } = await parts.server.quietly('newsmark.showRetraction', asked)
    assert.ok(touched.some(({ name }) => name === 'kasra-road#hours'), touched.map(({ name }) => name).join())
  },

  'the task is there': async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'newsmark' })
    assert.deepEqual(tasks.map(({ name }) => name), ['check'])
    // With its matcher, as in a tasks.json, what it prints is listed as problems.
    const [{ definition, scope, execution }] = tasks
    const task = new vscode.Task(definition, scope, 'check', 'newsmark', execution, '$newsmark')
    const ended = new Promise((done) => vscode.tasks.onDidEndTaskProcess((end) => end.execution.task.name === 'check' && done(end.exitCode)))
    await vscode.tasks.executeTask(task)
    assert.equal(await ended, 1)
    const listed = () => vscode.languages.getDiagnostics().flatMap(([uri, all]) => all
      .filter(({ source }) => source === 'newsmark check').map(({ range: { start }, code }) => `${path.relative(folder, uri.fsPath)} ${code?.value ?? code} ${start.line + 1}`)).sort()
    const want = shown()
    // The editor lists what it read of a file when the next begins or the task ends, and here the
    // end can come before the last lines: so those of the last file may be missing.
    const last = `${want.at(-1).split(' ')[0]} `
    const others = want.filter((one) => !one.startsWith(last))
    await until('the problems of the task', () => listed().length >= others.length)
    assert.deepEqual(listed().filter((one) => !one.startsWith(last)), others)
  },

  'the reading mode goes on and off': async ({ parts }) => {
    await open(KASRA)
    // What was found stays found meanwhile.
    const before = shown().length
    let fewest = before
    const listening = vscode.languages.onDidChangeDiagnostics(() => (fewest = Math.min(fewest, shown().length)))
    await run('newsmark.readingMode.toggle')
    assert.equal(parts.reading.isOn, true)
    const hints = () => run('vscode.executeInlayHintProvider', uri(KASRA), new vscode.Range(0, 0, 40, 0))
    await until('no hints while reading', async () => (await hints()).length === 0)
    await run('newsmark.readingMode.toggle')
    assert.equal(parts.reading.isOn, false)
    await until('hints again', async () => (await hints()).length > 0)
    await rest(1000)
    listening.dispose()
    assert.equal(fewest, before)
  },

  'while something is typed it is not read at every key': async ({ parts }) => {
    const editor = await open(KASRA)
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end
    editor.selection = new vscode.Selection(end, end)
    await run('newsmark.readingMode.toggle')
    const known = () => parts.reading.units.get(editor.document)
    await until('it is read', () => known()?.version === editor.document.version)
    const before = known().units.length
    const read = new Set()
    const KEYS = [...' [It is shut]{.claim}']
    for (const text of KEYS) {
      await run('type', { text })
      read.add(known().version)
    }
    await until('what was typed is read', () => known().version === editor.document.version)
    assert.ok(read.size < KEYS.length / 2, `read ${read.size} times`)
    assert.equal(known().units.length, before + 1)
    await run('newsmark.readingMode.toggle')
    await run('workbench.action.files.revert')
  },

  'a program is chosen, and what the folder says counts for more': async ({ parts }) => {
    const { program } = parts.server.find()
    const other = path.join(path.dirname(folder), 'other-newsmark')
    fs.rmSync(other, { force: true })
    fs.symlinkSync(program, other)
    const { Global, Workspace } = vscode.ConfigurationTarget
    const before = settings().inspect('server.path').globalValue
    const { said, end } = stub({ showOpenDialog: async () => [vscode.Uri.file(other)], showWarningMessage: async () => undefined })
    try {
      await parts.server.choose()
      assert.equal(settings().inspect('server.path').globalValue, other)
      assert.deepEqual(said.showWarningMessage, [])
      await settings().update('server.path', program, Workspace)
      await parts.server.choose()
      assert.equal(said.showWarningMessage.length, 1)
      assert.ok(said.showWarningMessage[0].includes(`name ${program}, and that counts for more`), said.showWarningMessage[0])
    } finally {
      end()
      await settings().update('server.path', undefined, Workspace)
      await settings().update('server.path', before, Global)
    }
    await until('the server', () => parts.server.isRunning && parts.server.standing.found.program === program)
    await until('what it finds', () => shown().length > 80)
  },

  'without a folder the check says what to do': async () => {
    const { said, end } = stub({ showInformationMessage: async () => undefined })
    const { get } = Object.getOwnPropertyDescriptor(vscode.workspace, 'workspaceFolders')
    Object.defineProperty(vscode.workspace, 'workspaceFolders', { get: () => undefined, configurable: true })
    try {
      await run('newsmark.check')
    } finally {
      Object.defineProperty(vscode.workspace, 'workspaceFolders', { get, configurable: true })
      end()
    }
    assert.match(said.showInformationMessage.join(), /^No folder is open/)
  },

  'a server that ends is started again': async ({ parts }) => {
    const before = parts.server.client._serverProcess.pid
    process.kill(before, 'SIGKILL')
    await until('another server', () => parts.server.isRunning && parts.server.client._serverProcess?.pid !== before)
    await until('what it finds', () => shown().length > 80)
  },

  'without a program it says so, and with one it works again': async ({ parts }) => {
    const target = vscode.ConfigurationTarget.Workspace
    await settings().update('server.path', '/nowhere/newsmark', target)
    await until('no server', () => parts.server.standing.is === 'none')
    assert.match(parts.server.standing.missing.setting, /\/nowhere\/newsmark, and there is no program there/)
    assert.deepEqual(await parts.claims.getChildren(), [])
    await settings().update('server.path', undefined, target)
    await until('a server again', () => parts.server.standing.is === 'running')
    await until('diagnostics again', () => shown().length > 80)
  },
}

exports.run = async () => {
  const extension = vscode.extensions.getExtension('newsmark.newsmark')
  const parts = await extension.activate()
  await until('the server', () => parts.server.standing.is === 'running', 30)
  await until('the corpus', () => shown().length > 80, 30)
  const failed = []
  for (const [name, test] of Object.entries(tests)) {
    const began = Date.now()
    try {
      await test({ parts })
      console.log(`ok: ${name} (${Date.now() - began} ms)`)
    } catch (error) {
      failed.push(name)
      console.log(`not so: ${name}: ${String(error.stack ?? error).slice(0, 1200)}`)
    }
    await run('workbench.action.closeAllEditors')
  }
  if (failed.length > 0) throw new Error(`${failed.length} of ${Object.keys(tests).length} failed`)
}
