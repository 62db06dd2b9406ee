// Visual Studio Code's workbench in Chromium, as a person at the keys would use it: what the
// tests share.

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']

export class Workbench {
  /** Opens a browser of its own, with nothing kept from another one. */
  static async start(pictures, { size = { width: 1280, height: 800 }, theme = 'light' } = {}) {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-'))
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, viewport: size, colorScheme: theme, args: FLAGS,
    })
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(20000)
    return new Workbench(context, page, profile, pictures)
  }

  constructor(context, page, profile, pictures) {
    Object.assign(this, { context, page, profile, pictures, keys: page.keyboard, said: [] })
    fs.mkdirSync(pictures, { recursive: true })
    page.on('console', (message) => this.said.push(`${message.type()}: ${message.text()}`))
  }

  async open(port, folder, payload) {
    const more = payload ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : ''
    await this.page.goto(`http://127.0.0.1:${port}/?folder=${folder}${more}`)
    await this.page.waitForSelector('.monaco-workbench', { timeout: 60000 })
  }

  async end() {
    await this.context.close().catch(() => {})
    fs.rmSync(this.profile, { recursive: true, force: true })
  }

  picture(name, options = {}) {
    return this.page.screenshot({ path: path.join(this.pictures, `${name}.png`), ...options })
  }

  /** Waits until something is so, and returns it. */
  async until(why, what, seconds = 20) {
    const end = Date.now() + seconds * 1000
    for (;;) {
      const found = await what()
      if (found) return found
      if (Date.now() > end) throw new Error(`waited in vain: ${why}`)
      await this.page.waitForTimeout(100)
    }
  }

  async press(...each) {
    for (const one of each) await this.keys.press(one)
  }

  /** Runs a command by its title in the palette. Some ask for more there. */
  async run(title, { asks = false } = {}) {
    await this.press('F1')
    await this.page.waitForSelector('.quick-input-widget input', { state: 'visible' })
    await this.keys.insertText(title)
    await this.page.waitForSelector('.quick-input-list .monaco-list-row.focused', { state: 'visible' })
    await this.until(`the command ${title}`, async () =>
      (await this.page.locator('.quick-input-list .monaco-list-row.focused').innerText()).includes(title.replace(/^[^:]*: /, '')))
    await this.press('Enter')
    if (!asks) await this.page.waitForSelector('.quick-input-widget', { state: 'hidden' })
  }

  async file(name) {
    await this.press('Control+p')
    await this.page.waitForSelector('.quick-input-widget input', { state: 'visible' })
    await this.keys.insertText(name)
    await this.until(`the file ${name}`, async () =>
      (await this.page.locator('.quick-input-list .monaco-list-row.focused').allInnerTexts()).join().includes(path.basename(name)))
    await this.page.waitForTimeout(200)
    await this.press('Enter')
    await this.page.waitForSelector(`.tab.active[data-resource-name="${path.basename(name)}"]`)
    await this.page.waitForSelector('.monaco-editor .view-line')
  }

  /** Puts the cursor so many letters into words of the open file. */
  async at(words, inside = 0) {
    await this.press('Control+f')
    await this.page.waitForSelector('.find-widget.visible')
    await this.press('Control+a')
    await this.keys.insertText(words)
    await this.page.waitForTimeout(250)
    await this.press('Enter', 'Escape', 'ArrowLeft')
    for (let letter = 0; letter < inside; letter++) await this.press('ArrowRight')
    await this.page.waitForTimeout(150)
  }

  /** Puts the cursor at the start of a line. */
  async line(number) {
    await this.press('Control+g')
    await this.page.waitForSelector('.quick-input-widget input', { state: 'visible' })
    await this.keys.insertText(String(number))
    await this.page.waitForTimeout(200)
    await this.press('Enter')
    await this.page.waitForSelector('.quick-input-widget', { state: 'hidden' })
  }

  /** Where words are on the screen, in the editor that has the focus. */
  place(words) {
    return this.page.evaluate((words) => {
      for (const line of document.querySelectorAll('.editor-instance .monaco-editor .view-line')) {
        const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
        const parts = []
        for (let node = walk.nextNode(); node; node = walk.nextNode()) parts.push(node)
        const text = parts.map((node) => node.data).join('').replaceAll('\u00a0', ' ')
        const start = text.indexOf(words)
        if (start < 0) continue
        const range = document.createRange()
        let at = 0
        for (const node of parts) {
          if (start >= at && start < at + node.length) range.setStart(node, start - at)
          if (start + words.length > at && start + words.length <= at + node.length) range.setEnd(node, start + words.length - at)
          at += node.length
        }
        const { x, y, width, height } = range.getBoundingClientRect()
        return { x: x + width / 2, y: y + height / 2, left: x, width, height }
      }
      return null
    }, words)
  }

  /** What a hover over words says, as soon as it says something. */
  async hover(words) {
    const place = await this.until(`${words} on the screen`, () => this.place(words))
    await this.page.mouse.move(place.x + 40, place.y + 120)
    await this.page.mouse.move(place.x, place.y, { steps: 4 })
    await this.page.waitForSelector('.monaco-hover:not(.hidden) .hover-contents', { state: 'visible' })
    return this.until(`a hover over ${words}`, async () => {
      const text = (await this.page.locator('.monaco-hover:visible').allInnerTexts()).join('\n')
      return text.includes('Loading...') ? '' : text.trim()
    })
  }

  /** What is in the editor, as far as it is on the screen. */
  async text() {
    const lines = await this.page.evaluate(() =>
      [...document.querySelectorAll('.editor-instance .monaco-editor .view-line')]
        .map((line) => ({ top: parseFloat(line.style.top), text: line.textContent.replaceAll('\u00a0', ' ') }))
        .sort((a, b) => a.top - b.top).map(({ text }) => text))
    return lines.join('\n')
  }
}

/** What is expected; all of it is said at the end. */
export class Tests {
  failed = []
  passed = 0

  check(what, isSo, details = '') {
    if (isSo) this.passed += 1
    else {
      this.failed.push(what)
      console.error(`not so: ${what}${details ? `\n  ${String(details).slice(0, 1500)}` : ''}`)
    }
  }

  /** A part that can fail without taking the rest with it. */
  async part(what, workbench, run) {
    const began = Date.now()
    try {
      await run()
      console.log(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`)
    } catch (error) {
      this.failed.push(what)
      console.error(`not so: ${what}: ${error.stack ?? error}`)
      await workbench.picture(`failed-${what.replace(/\W+/g, '-')}`).catch(() => {})
      // What is in the way of the next part.
      for (let times = 0; times < 3; times++) await workbench.press('Escape').catch(() => {})
    }
  }
}
