// Newsmark's grammars on top of Visual Studio Code's own for Markdown.

import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import oniguruma from 'vscode-oniguruma'
import textmate from 'vscode-textmate'

const require = createRequire(import.meta.url)
export const folder = path.resolve(import.meta.dirname, '..')
const own = {
  'text.newsmark': 'newsmark.tmLanguage.json',
  'markdown.newsmark.inline': 'newsmark.inline.tmLanguage.json',
  'markdown.newsmark.heading': 'newsmark.heading.tmLanguage.json',
  'markdown.newsmark.block': 'newsmark.block.tmLanguage.json',
}
const others = {
  'text.html.markdown': 'markdown',
  'text.html.basic': 'html',
  'text.html.derivative': 'html-derivative',
  'source.yaml': 'yaml',
}

const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))
const onigLib = oniguruma.loadWASM(wasm).then(() => ({
  createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text) => new oniguruma.OnigString(text),
}))

const registry = new textmate.Registry({
  onigLib,
  loadGrammar: async (scope) => {
    const file = own[scope] ? path.join(folder, own[scope])
      : others[scope] && require.resolve(`tm-grammars/grammars/${others[scope]}.json`)
    return file ? textmate.parseRawGrammar(fs.readFileSync(file, 'utf8'), file) : null
  },
  getInjections: (scope) =>
    scope === 'text.html.markdown' || scope === 'text.newsmark'
      ? Object.keys(own).slice(1) : [],
})

/** The grammar that colours files of a language: `text.html.markdown` or `text.newsmark`. */
export const grammar = (scope) => registry.loadGrammar(scope)

/** The tokens of a text, line by line: where they stand, their words and scopes. */
export function tokens(grammar, text) {
  let state = textmate.INITIAL
  return text.split('\n').flatMap((line, number) => {
    const read = grammar.tokenizeLine(line, state)
    state = read.ruleStack
    return read.tokens.map(({ startIndex, endIndex, scopes }) =>
      ({ line: number, start: startIndex, words: line.slice(startIndex, endIndex), scopes }))
  })
}
