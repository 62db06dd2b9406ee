// Where the program is looked for, on real files: `node find.mjs FINDER`, which is src/find.ts, bundled.

import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const { find } = await import(pathToFileURL(path.resolve(process.argv[2])))
const top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'find-')))
const at = (...parts) => path.join(top, ...parts)
function program(...parts) {
  fs.mkdirSync(path.dirname(at(...parts)), { recursive: true })
  fs.writeFileSync(at(...parts), '#!/bin/sh\n', { mode: 0o755 })
  return at(...parts)
}
const search = (more = {}) => find({
  setting: '', folders: [at('desk')], trusted: true, extension: at('extension'), env: { PATH: at('bin') },
  platform: 'linux', home: at('home'), ...more,
})

try {
  fs.mkdirSync(at('desk'), { recursive: true })
  const nothing = search()
  assert.equal(nothing.program, undefined)
  assert.deepEqual(nothing.looked.slice(0, 3), [at('desk/target/release/newsmark'), at('desk/target/debug/newsmark'), at('extension/server/newsmark')])

  // From the last place to the first: each comes before those that were there.
  assert.deepEqual(search({ home: path.dirname(path.dirname(path.dirname(program('home/.cargo/bin/newsmark')))) }), { program: at('home/.cargo/bin/newsmark'), from: 'PATH' })
  assert.deepEqual(search({ env: { PATH: `${path.dirname(program('bin/newsmark'))}` } }), { program: at('bin/newsmark'), from: 'PATH' })
  assert.deepEqual([program('extension/server/newsmark'), search()][1], { program: at('extension/server/newsmark'), from: 'bundled' })
  assert.deepEqual([program('desk/target/debug/newsmark'), search()][1], { program: at('desk/target/debug/newsmark'), from: 'workspace' })
  assert.deepEqual(search({ setting: '../bin/newsmark' }), { program: at('bin/newsmark'), from: 'setting' })
  assert.deepEqual(search({ setting: '~/.cargo/bin/newsmark' }), { program: at('home/.cargo/bin/newsmark'), from: 'setting' })

  // A setting that names nothing is said, and nothing else is taken in its place.
  assert.match(search({ setting: '/nowhere/newsmark' }).setting, /\/nowhere\/newsmark/)

  // A folder that is not trusted: nothing that lies in it, however it is named.
  const untrusted = (more) => search({ trusted: false, ...more })
  assert.equal(untrusted().from, 'bundled')
  assert.equal(untrusted({ setting: 'target/debug/newsmark' }).from, 'bundled')
  assert.equal(untrusted({ setting: program('desk/..build/newsmark') }).from, 'bundled')
  fs.symlinkSync(at('desk/target/debug'), at('linked'))
  fs.rmSync(at('extension'), { recursive: true })
  for (const PATH of [at('desk/target/debug'), at('desk/..build'), 'target/debug', '.', at('linked')]) {
    assert.equal(untrusted({ env: { PATH } }).program, at('home/.cargo/bin/newsmark'), PATH)
  }
  assert.equal(search({ env: { PATH: '.' } }).from, 'workspace')

  // What cannot be run is none.
  fs.chmodSync(at('desk/target/debug/newsmark'), 0o644)
  assert.equal(search().from, 'PATH')
  // On Windows programs have an ending.
  fs.writeFileSync(at('bin/newsmark.exe'), '')
  assert.equal(search({ platform: 'win32', env: { Path: at('bin') } }).program, at('bin/newsmark.exe'))
  console.log('the program is found where it is looked for')
} finally {
  fs.rmSync(top, { recursive: true })
}
