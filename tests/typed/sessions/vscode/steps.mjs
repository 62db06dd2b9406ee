// An hour at the desk in a minute: what a fact-checker does in Visual Studio Code, by its keys.
//
//   node steps.mjs PORT ROOT RECORDING
//
// How it is recorded, ../../record.py says. The workbench is opened in Chromium; what the
// server has answered is read from the recording while it grows.

import { chromium } from 'playwright-core'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const [port, root, recording] = process.argv.slice(2)
const extension = import.meta.dirname

const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'session-'))
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  viewport: { width: 1280, height: 900 },
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const page = context.pages()[0] ?? await context.newPage()
page.setDefaultTimeout(30000)
const keys = page.keyboard

function lines() {
  if (!fs.existsSync(recording)) return []
  return fs.readFileSync(recording, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line))
}

async function until(what, why) {
  for (let tries = 0; tries < 300; tries++) {
    const found = await what()
    if (found) return found
    await page.waitForTimeout(100)
  }
  throw new Error(`waited in vain: ${why}`)
}

// Does something, and waits until the server has given an answer to what the editor asked then.
async function asks(method, action) {
  const before = lines().length
  await action()
  await until(() => {
    const since = lines().slice(before)
    const ids = since.filter((line) => line.message?.method === method).map((line) => line.message.id)
    return since.some((line) => ids.includes(line.answered) && !line.nothing && !line.error)
  }, `an answer to ${method}`)
  await rest()
}

// Until nothing has been said for a while.
async function rest(milliseconds = 600) {
  let before = -1
  while (before !== (before = lines().length)) await page.waitForTimeout(milliseconds)
}

async function press(...each) {
  for (const one of each) await keys.press(one)
}

async function run(title) {
  await press('F1')
  await page.waitForSelector('.quick-input-widget input', { state: 'visible' })
  await keys.insertText(title)
  await page.waitForSelector('.quick-input-list .monaco-list-row.focused')
  await page.waitForTimeout(300)
  await press('Enter')
}

async function open(name) {
  await press('Control+p')
  await page.waitForSelector('.quick-input-widget input', { state: 'visible' })
  await keys.insertText(name)
  await page.waitForSelector('.quick-input-list .monaco-list-row.focused')
  await page.waitForTimeout(500)
  await press('Enter')
  await page.waitForSelector(`.tab.active[data-resource-name="${path.basename(name)}"]`)
  await rest()
}

// The cursor, so many letters into words.
async function at(words, inside = 0) {
  await press('Control+f')
  await page.waitForSelector('.find-widget.visible')
  await press('Control+a')
  await keys.insertText(words)
  await page.waitForTimeout(300)
  await press('Enter', 'Escape', 'ArrowLeft')
  for (let letter = 0; letter < inside; letter++) await press('ArrowRight')
  await rest()
}

// Types: what the editor or the server waits for by the key, the rest some letters at a time.
async function types(text) {
  for (const some of text.match(/[[\]{}@#=.:"'|,“”]|[^[\]{}@#=.:"'|,“”]{1,12}/gu)) {
    await (some.length === 1 ? keys.type(some) : keys.insertText(some))
    await page.waitForTimeout(200)
  }
}

async function renamed(words, inside, name) {
  await at(words, inside)
  await asks('textDocument/prepareRename', () => press('F2'))
  await page.waitForSelector('.rename-box input', { state: 'visible' })
  await press('Control+a')
  await keys.insertText(name)
  await asks('textDocument/rename', () => press('Enter'))
}

async function steps() {
  const where = `vscode-remote://127.0.0.1:${port}${extension}`
  const payload = JSON.stringify([['extensionDevelopmentPath', where]])
  await page.goto(`http://127.0.0.1:${port}/?folder=${root}&payload=${encodeURIComponent(payload)}`)
  await page.waitForSelector('.monaco-workbench')
  await until(() => lines().some((line) => line.answered !== undefined), 'the server')
  await rest(1500)

  // A claim with where it comes from, in the wrong order; a name that is not spelt so.
  await open('2024/10/tollan-dam.md')
  await page.waitForSelector('.monaco-editor .codelens-decoration')
  await press('Control+End', 'Enter')
  await types('[The water stood at the door of the church by [[Tolan]] on Wednesday, 24 October 2024]{#church by=valley-watch .claim}')
  await asks('textDocument/completion', () => types('[@vwa'))
  await page.waitForSelector('.suggest-widget.visible .monaco-list-row.focused')
  await press('Enter')
  await types('], “says” the group — 🗞.')
  await rest()
  await asks('textDocument/formatting', () => run('Format Document'))
  await press('Control+s')
  await rest()

  // What is known of the names in it.
  await at('[[Valley Watch]]', 3)
  await asks('textDocument/hover', () => press('Control+k', 'Control+i'))
  await page.waitForSelector('.monaco-hover:not(.hidden) .hover-contents', { state: 'visible' })
  await press('Escape')
  await at('@vwatch-1023', 3)
  await asks('textDocument/hover', () => press('Control+k', 'Control+i'))
  await press('Escape')
  await asks('textDocument/references', () => press('Shift+F12'))
  await page.waitForSelector('.peekview-widget .ref-tree .monaco-list-row')
  await press('Escape')
  await rest()
  await asks('callHierarchy/incomingCalls', () => run('Calls: Show Call Hierarchy'))
  await press('Control+1')
  await press('Control+t')
  await page.waitForSelector('.quick-input-widget input', { state: 'visible' })
  await asks('workspace/symbol', () => keys.type('tollan'))
  await press('Escape')
  await at('Wednesday, 24', 2)
  await asks('textDocument/selectionRange', () => press('Shift+Alt+ArrowRight'))
  await press('ArrowLeft')

  // The name that is not spelt so: what is offered, and the first of it taken.
  await at('[[Tolan]]', 3)
  await asks('textDocument/codeAction', () => press('Control+.'))
  await page.waitForSelector('.action-widget .monaco-list-row.focused')
  await press('Enter')
  await rest()

  // A claim gets another name, and a source, which stands in more than one file.
  await renamed('#gauge', 2, 'gauge-level')
  await renamed('@vwatch-1023', 3, 'watch-list-1023')
  await run('File: Save All')
  await rest()

  // Where it stands, and back.
  await at('@watch-list-1023', 3)
  await asks('textDocument/definition', () => press('F12'))
  await page.waitForSelector('.tab.active[data-resource-name="statements.json"]')
  await rest()

  // The source is retracted: that is an error in the article. Then it was not.
  for (let line = 0; line < 7; line++) await press('ArrowDown')
  await press('End')
  await types(',')
  await press('Enter')
  await types('"standing": "retracted"')
  await press('Escape', 'Control+s')
  await open('2024/10/tollan-dam.md')
  await asks('textDocument/hover', () => press('Control+k', 'Control+i'))
  await press('Escape')
  await open('registry/sources/statements.json')
  await press('Control+Shift+k', 'ArrowUp', 'End', 'Backspace', 'Control+s')
  await rest()

  await run('View: Close Editor')
  await rest()
  await run('View: Close Editor')
  await rest()
  await run('Newsmark session: end the server')
  await until(() => lines().some((line) => line.message?.method === 'exit'), 'the end')
  await page.waitForTimeout(1000)

  // On a Thursday it was: that stays, for the desk to find.
  for (const [file, ...parts] of [
    ['2024/10/tollan-dam.md', 'by [[Tollan]] on', '#gauge-level', '{.claim #church by=valley-watch}[@watch-list-1023], “says”'],
    ['2024/10/pumps-for-tollan.md', 'gauge-level'],
    ['registry/sources/statements.json', '"id": "watch-list-1023"'],
  ]) {
    const text = fs.readFileSync(path.join(root, file), 'utf8')
    for (const part of parts) if (!text.includes(part)) throw new Error(`${file} has no ${part}`)
    JSON.parse(file.endsWith('.json') ? text : '{}')
  }
}

let failed
try {
  await steps()
} catch (error) {
  failed = error
  console.error(error)
  await page.screenshot({ path: path.join(os.tmpdir(), 'session.png') })
}
await context.close()
fs.rmSync(profile, { recursive: true })
process.exit(failed ? 1 : 0)
