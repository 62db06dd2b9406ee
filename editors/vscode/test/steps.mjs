// What a fact-checker sees in Visual Studio Code: the workbench in Chromium, on a copy of the
// example newsroom.
//
//   node steps.mjs PORT FOLDER NEWSMARK PICTURES SETTINGS
//
// SETTINGS is the file of the person's settings, which each part finds as it was.

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Tests, Workbench } from './workbench.mjs'

const [port, folder, newsmark, pictures, settings] = process.argv.slice(2)
const asItWas = fs.readFileSync(settings)
const KASRA = '2024/03/kasra-road.md'
const tests = new Tests()

/** What the command line finds in a file, with the words that it underlines. */
function faults(file) {
  let out
  try {
    out = execFileSync(newsmark, ['check', '--format', 'json', file], { cwd: folder, encoding: 'utf8', timeout: 60000 })
  } catch (error) {
    out = error.stdout
  }
  const bytes = fs.readFileSync(path.join(folder, file))
  return out.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line))
    .map(({ path, rule, level, range }) => ({ path, rule, level, words: bytes.subarray(range.start.offset, range.end.offset).toString(), line: range.start.line }))
    .filter((fault) => fault.path === file)
}

/** The last claim of an article: its line, and the words with which it begins. */
function lastClaim(file) {
  const { claims } = JSON.parse(execFileSync(newsmark, ['parse', '--format', 'json', file], { cwd: folder, encoding: 'utf8' }))
  const { range, text } = claims.at(-1)
  return { line: range.start.line, words: text.slice(0, 20) }
}

/** The squiggles on the screen: of which line each is, and how bad. */
function squiggles(page) {
  return page.evaluate(() => {
    const lines = [...document.querySelectorAll('.editor-instance .monaco-editor .margin-view-overlays > div')]
      .map((line) => ({ top: line.getBoundingClientRect().top, number: Number(line.querySelector('.line-numbers')?.textContent ?? NaN) }))
      .sort((a, b) => a.top - b.top)
    const all = [...document.querySelectorAll('.editor-instance .monaco-editor .view-overlays [class*="squiggly-"]')]
    return all.map((one) => {
      const top = one.getBoundingClientRect().top
      // A line that is broken has its number at its first row.
      const number = lines.filter((line) => line.top <= top + 2 && !Number.isNaN(line.number)).at(-1)?.number
      return `${number} ${one.className.match(/squiggly-(\w+)/)[1]}`
    })
  })
}

async function tall(theme) {
  const workbench = await Workbench.start(pictures, { size: { width: 1500, height: 2400 }, theme })
  await workbench.open(port, folder)
  return workbench
}

/** Until the server has read the corpus: the bar has the number of faults. */
async function ready(workbench) {
  const item = workbench.page.locator('[id="newsmark.newsmark.newsmark.status"]')
  return workbench.until('the status item', async () => {
    const text = await item.first().innerText().catch(() => '')
    return /newsmark: \d+ problems/.test(text) && text.trim()
  }, 40)
}

async function underlined() {
  const workbench = await tall('light')
  const { page } = workbench
  await tests.part('status, squiggles', workbench, async () => {
    const said = await ready(workbench)
    const all = execFileSync('sh', ['-c', `"${newsmark}" check --format json || true`], { cwd: folder, encoding: 'utf8' }).trim().split('\n').length
    await workbench.until(`${all} problems in the status item`, async () => (await ready(workbench)).includes(`newsmark: ${all} problems`)).catch(() => {})
    tests.check(`the status item says ${all} problems`, (await ready(workbench)).includes(`newsmark: ${all} problems`), said)
    for (const file of [KASRA, '2023/11/lann-truce-explained.md', '2024/12/winter-in-kasra.md', '2024/08/amaranth-ferry.md', '2022/05/kasra-garrison.md']) {
      await workbench.file(file)
      const want = [...new Set(faults(file).map(({ line, level }) => `${line} ${level === 'hint' ? 'hint' : level}`))].sort()
      let got = []
      await workbench.until('squiggles', async () => {
        // Colours and remarks come later, and move the lines.
        await page.waitForTimeout(400)
        got = [...new Set(await squiggles(page))].sort()
        return JSON.stringify(got) === JSON.stringify(want)
      }, 8).catch(() => {})
      tests.check(`squiggles at the faults of ${file}, and only there`, JSON.stringify(got) === JSON.stringify(want), `wanted ${want.join(', ')}, got ${got.join(', ')}`)
    }
  })
  await workbench.end()
}

async function story(theme) {
  fs.writeFileSync(settings, asItWas)
  const workbench = await Workbench.start(pictures, { theme })
  const { page } = workbench
  await workbench.open(port, folder)
  await tests.part(`a page of news, ${theme}`, workbench, async () => {
    await ready(workbench)
    await workbench.file(KASRA)
    await page.waitForSelector('.squiggly-error', { state: 'attached' })
    await workbench.line(18)
    await page.waitForTimeout(1500)
    await workbench.picture(`article-${theme}`)
    await workbench.press('Control+Alt+r')
    await page.waitForTimeout(1000)
    await workbench.picture(`reading-dimmed-${theme}`)
    await workbench.run('newsmark: Switch Reading Mode Between Dimmed and Folded')
    await page.waitForTimeout(1000)
    await workbench.picture(`reading-folded-${theme}`)
    const shown = await page.locator('.editor-instance .view-lines').innerText()
    const words = shown.replaceAll('\u00a0', ' ')
    tests.check('folded, the story has no braces', !/\{\.(quote|accusation) (by|#)/.test(words.replace(/.*nine days.*\n?.*/g, '')), words)
    tests.check('folded, the words of the story are there', /Soldiers of the alliance/.test(words), words)
    tests.check('folded, what is wrong in an annotation is seen', (await workbench.place('@nwire-0311x'))?.width > 50 && !((await workbench.place('@alliance-0311'))?.width > 0))
    // The cursor brings the annotation back.
    await workbench.at('{.claim by=relief-agency}', 3)
    await page.waitForTimeout(500)
    tests.check('near the cursor the annotation is back', (await workbench.text()).includes('{.claim by=relief-agency}')
      && (await workbench.place('{.claim by=relief-agency}'))?.width > 50)
    await workbench.run('newsmark: Switch Reading Mode Between Dimmed and Folded')
    await page.waitForTimeout(400)
    await workbench.press('Control+Alt+r')
    await workbench.until('remarks again', () => page.locator('.codelens-decoration').first().isVisible())
    await workbench.press('Control+Shift+v')
    const preview = await workbench.until('the preview', async () => {
      for (const frame of page.frames()) {
        if ((await frame.locator('.newsmark-claim').count().catch(() => 0)) > 1) return frame
      }
      return null
    })
    await page.waitForTimeout(500)
    await workbench.picture(`preview-${theme}`)
    const read = await preview.locator('body').innerText()
    tests.check('the preview has the words of the story', /Soldiers of the alliance "?.?turned women.s blankets away at gunpoint"?.?◦, Northland.s defence ministry said/.test(read), read)
    // But for the two places where markup is broken, as they were planted.
    tests.check('and no markup', !/\{\.(quote|accusation|response)|\[@|\[\[/.test(read.replace(/.*nine days.*|\[@tull-0311\]/g, '')), read)
    await page.locator('.editor-actions .action-item').first().click()
    await page.waitForSelector('.monaco-editor .view-line')
  })
  await tests.part(`claims panel, ${theme}`, workbench, async () => {
    await workbench.run('Claims: Focus on Claims View')
    const rows = page.locator('.pane-body .monaco-list-row')
    const message = page.locator('.tree-explorer-viewlet-tree-view .message')
    await workbench.until('claims', async () => /\d+ claims in \d+ articles/.test((await message.allInnerTexts()).join()))
    await page.waitForTimeout(600)
    await rows.filter({ hasText: 'One permit, and a queue' }).first().click()
    const { line, words } = lastClaim('2026/06/one-permit.md')
    const claim = rows.filter({ hasText: words }).first()
    await claim.waitFor({ state: 'visible' })
    await claim.click()
    await page.waitForSelector('.tab.active[data-resource-name="one-permit.md"]')
    await page.waitForTimeout(500)
    tests.check('a click goes to the claim', (await page.locator('.statusbar').innerText()).includes(`Ln ${line},`), await page.locator('.statusbar').innerText())
    await workbench.picture(`claims-by-article-${theme}`)
    // What is typed is in the list a moment later.
    await workbench.file('2026/06/one-permit.md')
    await workbench.press('Control+End', 'Enter')
    await workbench.keys.insertText('[Nobody saw the permit]{.claim by=elif-sorn}')
    await workbench.until('what was typed in the list', async () => (await rows.allInnerTexts()).some((one) => one.includes('Nobody saw the permit')))
    tests.check('what was open stays open', await claim.isVisible())
    await workbench.run('File: Revert File')
    await workbench.until('it gone again', async () => !(await rows.allInnerTexts()).some((one) => one.includes('Nobody saw the permit')))
    for (const by of ['Status', 'Speaker']) {
      await workbench.run(`newsmark: List Claims by ${by}`)
      await page.waitForTimeout(1200)
      await rows.first().click()
      await page.waitForTimeout(300)
      await workbench.picture(`claims-by-${by.toLowerCase()}-${theme}`)
    }
    const speakers = (await rows.allInnerTexts()).join('\n')
    tests.check('speakers are listed', /relief-agency|International Relief Agency|elif-sorn|Elif Sorn/.test(speakers), speakers)
    await workbench.run('newsmark: List Claims by Article')
    await workbench.run('View: Toggle Primary Side Bar Visibility')
  })
  await tests.part(`provenance view, ${theme}`, workbench, async () => {
    await workbench.file(KASRA)
    await workbench.at('@nwire-0311]', 3)
    await workbench.press('Control+Alt+p')
    const view = await workbench.until('the view', async () => {
      for (const frame of page.frames()) {
        if ((await frame.locator('#graph .box').count().catch(() => 0)) > 1) return frame
      }
      return null
    })
    await page.waitForTimeout(600)
    await workbench.picture(`provenance-${theme}`)
    const boxes = (await view.locator('.box .name').allInnerTexts()).map((name) => name.trim())
    tests.check('what it comes from and what rests on it is drawn', boxes[0] === 'nwire-0311' && boxes.includes('nmod-0311') && boxes.includes('kasra-road#hours'), boxes.join())
    const label = await view.locator('.box.middle').getAttribute('aria-label')
    tests.check('boxes are read aloud', /^source nwire-0311\..*Rests on 1, \d+ rest on it/.test(label), label)
    // By keys alone: to what it rests on, and there.
    await view.locator('.box.middle').focus()
    const size = () => view.locator('#graph').getAttribute('viewBox')
    const before = await size()
    await workbench.press('+')
    tests.check('+ makes it larger', Number((await size()).split(' ')[2]) < Number(before.split(' ')[2]), `${before}, ${await size()}`)
    await workbench.press('0', 'ArrowRight')
    const focused = () => view.evaluate(() => document.activeElement.querySelector('.name')?.textContent)
    tests.check('an arrow key goes to what it rests on', (await focused()) === 'nmod-0311', await focused())
    await workbench.press('Enter')
    await page.waitForSelector('.tab.active[data-resource-name="statements.json"]')
    await workbench.file(KASRA)
    await page.waitForTimeout(600)
    await view.locator('.box', { hasText: 'nmod-0311' }).first().click()
    await page.waitForSelector('.tab.active[data-resource-name="statements.json"]')
    // Asked for twice before it is there, and then the cursor goes on.
    await view.locator('.box.middle').focus()
    await view.evaluate(() => {
      for (let times = 0; times < 2; times++) {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
      }
    })
    await page.waitForTimeout(1500)
    await workbench.file(KASRA)
    await workbench.at('@ra-0310]', 3)
    const middle = () => view.locator('.box.middle .name').innerText()
    await workbench.until('the view to follow the cursor', async () => (await middle()).trim() === 'ra-0310', 10)
    // What is left out on either side, as of a source with very many claims.
    await view.evaluate(() => {
      const box = { name: 'wire-0311', detail: '', kind: 'source', file: 'wires.json' }
      window.postMessage({
        boxes: [{ ...box, column: 0, more: { out: 0, in: 797 } }, { ...box, column: -1, more: { out: 0, in: 12 } }, { ...box, column: 1, more: { out: 3, in: 0 } }],
        ties: [[0, 2], [1, 0]], follows: true,
      }, '*')
    })
    await workbench.until('what is left out', async () => (await view.locator('.box .more').count()) === 3)
    const sides = await view.evaluate(() => [...document.querySelectorAll('.box .more')].map((more) => {
      const [own, frame, all] = [more, more.parentNode.querySelector('.frame'), document.getElementById('graph')].map((one) => one.getBoundingClientRect())
      const isSeen = own.left >= all.left && own.right <= all.right
      return `${more.textContent} ${own.right <= frame.left ? 'left' : own.left >= frame.right ? 'right' : 'inside'}${isSeen ? '' : ', cut off'}`
    }).join())
    tests.check('what is left out is counted on its side', sides === '+ 797 left,+ 12 left,+ 3 right', sides)
    tests.check('and read aloud', /Rests on 1, 1 and 797 more that are not drawn rest on it/.test(await view.locator('.box.middle').getAttribute('aria-label')))
    await workbench.picture(`provenance-more-${theme}`)
    const refused = workbench.said.filter((line) => /Content Security Policy/i.test(line) && /provenance|inline/i.test(line))
    tests.check('nothing is refused by the view’s policy', refused.length === 0, refused.join('\n'))
    await workbench.run('View: Close All Editors')
    await workbench.run('View: Toggle Primary Side Bar Visibility')
  })
  return workbench
}

async function work(workbench) {
  const { page, keys } = workbench
  await tests.part('hover', workbench, async () => {
    await workbench.file(KASRA)
    await page.waitForSelector('.squiggly-error', { state: 'attached' })
    await workbench.line(18)
    await page.waitForTimeout(1500)
    for (const [name, words, says] of [['mention', 'Tessary', /Tessary/], ['citation', '@nmod-0311', /defence ministry/i], ['claim', '#gunpoint', /gunpoint/]]) {
      const said = await workbench.hover(words)
      tests.check(`hover over a ${name}`, says.test(said), said)
      await page.waitForTimeout(400)
      await workbench.picture(`hover-${name}`)
      const box = await page.locator('.monaco-hover:visible').first().evaluate((hover) => {
        const content = hover.querySelector('.monaco-scrollable-element > div') ?? hover
        return { inside: content.scrollHeight, shown: hover.clientHeight }
      })
      tests.check(`the hover over a ${name} fits without scrolling`, box.inside <= box.shown + 4, JSON.stringify(box))
      await workbench.press('Escape')
      await page.mouse.move(5, 5)
      await page.waitForTimeout(300)
    }
  })
  await tests.part('definition', workbench, async () => {
    await workbench.at('[[Hanne Brill]]', 4)
    await workbench.press('F12')
    await page.waitForSelector('.tab.active[data-resource-name="hanne-brill.md"]')
    await workbench.file(KASRA)
    await workbench.at('@ra-0310', 3)
    await workbench.press('F12')
    await page.waitForSelector('.tab.active[data-resource-name="statements.json"], .tab.active[data-resource-name="interviews.yaml"], .tab.active[data-resource-name="documents.bib"]')
    tests.check('definitions are in other files', true)
  })
  await tests.part('completion', workbench, async () => {
    await workbench.file(KASRA)
    await workbench.press('Control+End', 'Enter')
    await keys.insertText('The ministry said so ')
    await keys.type('[@')
    await page.waitForSelector('.suggest-widget.visible .monaco-list-row', { state: 'visible' })
    await keys.type('nmod')
    await page.waitForTimeout(800)
    const offered = await page.locator('.suggest-widget .monaco-list-row').allInnerTexts()
    tests.check('sources are offered after [@', offered.some((one) => one.includes('nmod-0311')), offered.join())
    await workbench.picture('completion')
    const first = (await page.locator('.suggest-widget .monaco-list-row.focused').innerText()).match(/nmod-\d+/)[0]
    await workbench.press('Enter')
    await page.waitForTimeout(300)
    tests.check('what is chosen is written', (await workbench.text()).includes(`The ministry said so [@${first}`), await workbench.text())
    for (let times = 0; times < 6; times++) await workbench.press('Control+z')
    await workbench.run('File: Revert File')
  })
  await tests.part('a quick fix', workbench, async () => {
    await workbench.file(KASRA)
    await workbench.at('@nwire-0311x', 4)
    await workbench.press('Control+.')
    const menu = page.locator('.action-widget .monaco-list-row')
    await menu.first().waitFor({ state: 'visible' })
    const offered = await menu.allInnerTexts()
    await workbench.picture('quick-fix')
    tests.check('the key that is meant is offered', offered.some((one) => /nwire-0311`?$/.test(one.trim())), offered.join())
    await workbench.press('Enter')
    await workbench.until('the fix', async () => !(await workbench.text()).includes('nwire-0311x'))
    await workbench.press('Control+s')
    await workbench.until('it is saved', () => !fs.readFileSync(path.join(folder, KASRA), 'utf8').includes('nwire-0311x'))
    const left = await workbench.until('one squiggle less', async () => !(await squiggles(page)).some((one) => one.startsWith('20 ')))
    tests.check('the squiggle goes', left)
  })
  await tests.part('rename', workbench, async () => {
    await workbench.at('by=relief-agency', 5)
    await workbench.press('F2')
    await workbench.until('the box for the name', () => page.evaluate(() => document.activeElement?.matches('.rename-box input')))
    await workbench.press('Control+a')
    await keys.insertText('aid-agency')
    await workbench.press('Enter')
    await workbench.until('the new name', async () => (await workbench.text()).includes('by=aid-agency'))
    await workbench.run('File: Save All')
    const read = (file) => fs.readFileSync(path.join(folder, file), 'utf8')
    const files = fs.readdirSync(folder, { recursive: true }).filter((file) => /\.(md|yaml|json|toml)$/.test(file) && !file.endsWith('FAULTS.md'))
    const left = await workbench.until('all files', () => {
      const old = files.filter((file) => /(?<![\w-])relief-agency(?![\w-])/.test(read(file)))
      return old.length === 0 ? 'none' : ''
    }, 8).catch(() => files.filter((file) => /(?<![\w-])relief-agency(?![\w-])/.test(read(file))).join())
    const changed = files.filter((file) => /(?<![\w-])aid-agency(?![\w-])/.test(read(file)))
    tests.check(`the entity has its new name in ${changed.length} files`, changed.length >= 4 && left === 'none', `left: ${left}; changed: ${changed.join()}`)
  })
}

/** What is shown in a text, and a file of the language's own. */
async function shown(workbench) {
  const { page, keys } = workbench
  await tests.part('hints in a long line', workbench, async () => {
    await workbench.file('2025/04/bridge-video.md')
    await workbench.line(19)
    await workbench.until('the last hint of the line, whole', async () => (await workbench.text()).includes("Northland's defence ministry, 2025-03-28"))
    tests.check('it is there', true)
    await workbench.picture('hints')
    // What looks like a colour.
    await workbench.press('Control+End', 'Enter')
    await keys.insertText('[Nobody came]{.claim #c230 by=dana-orsk}')
    await page.waitForTimeout(2000)
    tests.check('the id of a claim is no colour', (await workbench.text()).includes('#c230') && (await page.locator('.colorpicker-color-decoration').count()) === 0)
    await workbench.run('File: Revert File')
  })
  await tests.part('the preview of a .newsmark file', workbench, async () => {
    fs.copyFileSync(path.join(folder, KASRA), path.join(folder, '2024/03/own.newsmark'))
    await workbench.file('2024/03/own.newsmark')
    tests.check('there is a button', await page.locator('.editor-actions a[aria-label^="Open Preview to the Side"]').isVisible())
    await workbench.press('Control+Shift+v')
    const preview = await workbench.until('the preview', async () => {
      for (const frame of page.frames()) {
        if ((await frame.locator('.newsmark-claim').count().catch(() => 0)) > 1) return frame
      }
      return null
    })
    tests.check('it has the words of the story', /Soldiers of the alliance "?.?turned women.s blankets away at gunpoint/.test(await preview.locator('body').innerText()))
    await page.waitForTimeout(500)
    await workbench.picture('preview-newsmark')
    await page.locator('.editor-actions .action-item').first().click()
    await page.waitForSelector('.tab.active[data-resource-name="own.newsmark"]')
    await workbench.run('View: Close All Editors')
  })
}

/** What the commands ask for and list. */
async function commands(workbench) {
  const { page, keys } = workbench
  await tests.part('where it comes from', workbench, async () => {
    await workbench.file('2024/04/two-permits.md')
    await workbench.at('@lpa-0312', 3)
    await workbench.run('newsmark: Show Where This Comes From', { asks: true })
    const rows = page.locator('.quick-input-list .monaco-list-row')
    await workbench.until('origins', async () => (await rows.allInnerTexts()).some((one) => one.includes('nmod-0311')))
    await page.waitForTimeout(300)
    await workbench.picture('origins')
    const title = page.locator('.quick-input-title')
    tests.check('the list says of what', (await title.innerText()) === 'Where lpa-0312 Comes From in the End', await title.innerText())
    await workbench.press('Enter')
    await page.waitForSelector('.tab.active[data-resource-name="statements.json"]')
    tests.check('no message says again what the list says', !(await page.locator('.notifications-toasts').isVisible()))
  })
  await tests.part('what a retraction would touch', workbench, async () => {
    await workbench.file('2024/04/two-permits.md')
    await workbench.at('@lpa-0312', 3)
    await workbench.run('newsmark: Show What a Retraction Would Touch', { asks: true })
    const title = page.locator('.quick-input-title')
    await workbench.until('its title', async () => /^What a Retraction of lpa-0312 Would Touch \([1-9]\d*\)$/.test(await title.innerText()))
    await workbench.picture('retraction')
    tests.check('it says of what', true)
    await workbench.press('Escape')
  })
  await tests.part('where a dialog begins', workbench, async () => {
    for (const command of ['newsmark: Choose the Program', 'newsmark: Open the Example Newsroom']) {
      await workbench.run(command, { asks: true })
      const value = () => page.locator('.quick-input-widget input').first().inputValue()
      await workbench.until('the home folder', async () => path.resolve(await value()) === os.homedir(), 5).catch(() => {})
      tests.check(`${command}: in the home folder`, path.resolve(await value()) === os.homedir(), await value())
      await workbench.press('Escape')
      await page.waitForSelector('.quick-input-widget', { state: 'hidden' })
    }
  })
  await tests.part('a new article', workbench, async () => {
    await workbench.run('newsmark: New Article', { asks: true })
    await page.waitForTimeout(500)
    await keys.insertText('A bridge for nobody')
    await workbench.press('Enter')
    await page.waitForSelector('.tab.active[data-resource-name="a-bridge-for-nobody.md"]')
    await workbench.until('its headline', async () => (await workbench.text()).includes('title: A bridge for nobody'))
    tests.check('it has a headline', true)
    await workbench.run('File: Save')
  })
  await tests.part('the walkthrough', workbench, async () => {
    await workbench.run('Welcome: Open Walkthrough', { asks: true })
    await page.waitForTimeout(500)
    await keys.insertText('Begin with newsmark')
    await page.waitForTimeout(500)
    await workbench.press('Enter')
    await page.getByText('See what is wrong').first().waitFor({ state: 'visible' })
    await page.waitForTimeout(800)
    await workbench.picture('walkthrough')
    tests.check('it is there', true)
  })
}

await underlined()
await (await story('dark')).end()
const workbench = await story('light')
await work(workbench)
await commands(workbench)
await shown(workbench)
await workbench.end()
console.log(`${tests.passed} things seen as they should be, ${tests.failed.length} not`)
process.exit(tests.failed.length > 0 ? 1 : 0)
