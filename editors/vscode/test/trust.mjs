// A folder that brings a program of its own, and names it in its settings: nothing of it is run
// until somebody trusts the folder.
//
//   node trust.mjs PORT FOLDER PICTURES
//
// FOLDER gets the program; where it was run, it leaves a file behind. A real one is in the
// home folder, where Rust puts programs.

import fs from 'node:fs'
import path from 'node:path'
import { Tests, Workbench } from './workbench.mjs'

const [port, folder, pictures] = process.argv.slice(2)
const traces = path.join(folder, 'was-run')
const program = path.join(folder, 'target/debug/newsmark')
fs.mkdirSync(path.dirname(program), { recursive: true })
fs.writeFileSync(program, `#!/bin/sh\necho "$@" >> '${traces}'\n`, { mode: 0o755 })
fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true })
fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'newsmark.server.path': program }))

const tests = new Tests()
const workbench = await Workbench.start(pictures)
const { page } = workbench
await workbench.open(port, folder)
await tests.part('a folder that is not trusted', workbench, async () => {
  await page.getByText('Restricted Mode is intended for safe code browsing').waitFor({ state: 'visible' })
  await workbench.file('2024/03/kasra-road.md')
  await page.waitForSelector('.squiggly-error', { state: 'attached', timeout: 30000 })
  const item = page.locator('[id="newsmark.newsmark.newsmark.status"]')
  await workbench.until('the status item', async () => /newsmark: \d+ problems/.test(await item.innerText()))
  await workbench.picture('restricted')
  tests.check('it is checked by the program in the home folder', true)
  await page.waitForTimeout(1000)
  tests.check('nothing of the folder is run', !fs.existsSync(traces), fs.existsSync(traces) && fs.readFileSync(traces, 'utf8'))
  await workbench.press('Control+Alt+r')
  await page.waitForTimeout(500)
  await workbench.press('Control+Alt+r')
})
await tests.part('the folder is trusted', workbench, async () => {
  await workbench.run('Workspaces: Manage Workspace Trust')
  await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click()
  await workbench.until('its program is run', () => fs.existsSync(traces))
  tests.check('then its program is run', true)
  // It is no server, and that is said in plain words.
  // The button that had the focus may be gone.
  const trust = page.locator('.workspace-trust-editor')
  await workbench.until('the page about trust gone', async () => {
    await trust.click({ position: { x: 5, y: 5 }, timeout: 1000 }).catch(() => {})
    await workbench.press('Escape')
    await page.waitForTimeout(300)
    return !(await trust.isVisible())
  })
  await workbench.run('Notifications: Show Notifications')
  const said = page.locator('.notifications-center .notification-list-item-message')
  await workbench.until('a word about it', async () => (await said.allInnerTexts()).some((one) => /newsmark did not start\..*is another program/.test(one)), 30)
  tests.check('it is said once, and in plain words', (await said.count()) === 1, (await said.allInnerTexts()).join('\n'))
  await workbench.picture('not-a-server')
  await workbench.press('Escape')
  await page.locator('.activitybar a.action-label[aria-label*="newsmark" i]').first().click()
  const panel = page.locator('.welcome-view-content')
  await workbench.until('a word in the panel of claims', async () => (await panel.allInnerTexts()).join().includes('newsmark is not running'))
  tests.check('the panel of claims offers what can be done', (await panel.allInnerTexts()).join().includes('Choose the Program'), (await panel.allInnerTexts()).join())
  await workbench.picture('claims-without-server')
})
await workbench.end()
console.log(`${tests.passed} things as they should be, ${tests.failed.length} not`)
process.exit(tests.failed.length > 0 ? 1 : 0)
