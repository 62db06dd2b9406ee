// All claims of the corpus: from the server, where it answers `newsmark/claims` (SERVER.md), else
// as far as the articles themselves tell.

import * as vscode from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { field, markup } from './markup'

export type Status = 'retracted' | 'disputed' | 'problem' | 'unanswered' | 'checked' | 'unchecked'

export interface CorpusClaim {
  uri: vscode.Uri
  range: vscode.Range
  text: string
  /** Its newsmark classes, the first of which gives it its sign. */
  classes: string[]
  id?: string | undefined
  speakers: string[]
  status: Status
}

export interface CorpusArticle {
  uri: vscode.Uri
  title: string
  /** As the article has it. */
  date?: string | undefined
  claims: CorpusClaim[]
}

/** What the server answers. */
interface Answer {
  articles: {
    uri: string
    title: string
    date?: string
    claims: {
      range: { start: { line: number; character: number }; end: { line: number; character: number } }
      text: string
      classes: string[]
      id?: string
      speakers: { name: string }[]
      status: Exclude<Status, 'problem'>
    }[]
  }[]
}

const ARTICLES = '**/*.{md,markdown,newsmark}'
const NOT = '**/{node_modules,target,.git}/**'

/** Whether the server was found not to know the question. */
const without = new WeakSet<LanguageClient>()

/** All articles that have claims, the latest first. */
export async function articles(client: LanguageClient | undefined, cancel: vscode.CancellationToken): Promise<CorpusArticle[]> {
  const all = (client && (await fromServer(client, cancel))) ?? (await fromFiles(cancel))
  const problems = new Map(vscode.languages.getDiagnostics().map(([uri, said]) =>
    [uri.toString(), said.filter(({ source, severity }) => source === 'newsmark' && severity <= vscode.DiagnosticSeverity.Warning)]))
  for (const article of all) {
    const said = problems.get(article.uri.toString()) ?? []
    const spots = innermost(article.claims, said)
    for (const claim of article.claims) {
      if (spots.has(claim) && claim.status !== 'retracted' && claim.status !== 'disputed') claim.status = 'problem'
    }
  }
  return all.filter(({ claims }) => claims.length > 0)
    .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? '') || a.title.localeCompare(b.title))
}

async function fromServer(client: LanguageClient, cancel: vscode.CancellationToken): Promise<CorpusArticle[] | undefined> {
  if (without.has(client)) return undefined
  try {
    const answer = (await client.sendRequest('newsmark/claims', {}, cancel)) as Answer | null
    if (!answer) return undefined
    return answer.articles.map(({ uri, title, date, claims }) => {
      const own = client.protocol2CodeConverter.asUri(uri)
      return {
        uri: own, title, date,
        claims: claims.map(({ range, speakers, ...claim }) => ({
          ...claim, uri: own, range: client.protocol2CodeConverter.asRange(range), speakers: speakers.map(({ name }) => name),
        })),
      }
    })
  } catch (error) {
    const METHOD_NOT_FOUND = -32601
    if ((error as { code?: number }).code === METHOD_NOT_FOUND) without.add(client)
    return undefined
  }
}

async function fromFiles(cancel: vscode.CancellationToken): Promise<CorpusArticle[]> {
  const all: CorpusArticle[] = []
  const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]))
  for (const uri of await vscode.workspace.findFiles(ARTICLES, NOT, undefined, cancel)) {
    if (cancel.isCancellationRequested) break
    try {
      const text = open.get(uri.toString())?.getText()
        ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))
      all.push(article(uri, text))
    } catch {
      // It went while we looked; the next look will not find it.
    }
  }
  return all
}

function article(uri: vscode.Uri, text: string): CorpusArticle {
  const { claims } = markup(text)
  const places = positions(text)
  const answered = new Set(claims.flatMap(({ attributes }) => list(attributes.get('answers'))))
  const own = (name: string) => claims.some(({ id }) => id !== undefined && `#${id}` === name)
  const disputed = new Set(claims.flatMap(({ attributes }) => list(attributes.get('disputes'))).filter(own))
  return {
    uri,
    title: field(text, 'title') ?? uri.path.split('/').at(-1)!,
    date: field(text, 'date'),
    claims: claims.map(({ start, end, text, classes, id, attributes }) => {
      const says = (key: string) => Boolean(attributes.get(key))
      const asked = id !== undefined && answered.has(`#${id}`)
      const status: Status = says('retracted') ? 'retracted'
        : /^(false|disputed)$/.test(attributes.get('verdict') ?? '') || (id !== undefined && disputed.has(`#${id}`)) ? 'disputed'
          : classes.includes('accusation') && !asked && !says('reply') ? 'unanswered'
            : says('checked') ? 'checked' : 'unchecked'
      return { uri, range: new vscode.Range(places(start), places(end)), text, classes, id, speakers: list(attributes.get('by')), status }
    }),
  }
}

function list(value: string | undefined): string[] {
  return (value ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '' && one !== 'none')
}

/** Positions of offsets that do not go back. */
function positions(text: string): (offset: number) => vscode.Position {
  const lines = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1)
  return (offset) => {
    let [low, high] = [0, lines.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (lines[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return new vscode.Position(low, offset - lines[low]!)
  }
}

/** The claims in which something was found: of nested ones the inner. */
function innermost(claims: CorpusClaim[], said: vscode.Diagnostic[]): Set<CorpusClaim> {
  return new Set(said.flatMap(({ range }) => {
    const around = claims.filter((claim) => claim.range.contains(range))
    return around.length > 0 ? [around.reduce((a, b) => (a.range.contains(b.range) ? b : a))] : []
  }))
}
