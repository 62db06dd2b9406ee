// Bundles the extension into dist/, and puts beside it what comes from elsewhere in the
// repository: the grammars, the licences, the example newsroom. `--minify` for what is shipped.

import esbuild from 'esbuild'
import fs from 'node:fs'
import path from 'node:path'

const here = import.meta.dirname
// In a copy of this folder the repository is where NEWSMARK_ROOT says.
const root = process.env.NEWSMARK_ROOT ?? path.resolve(here, '../..')
const minify = process.argv.includes('--minify')

await esbuild.build({
  entryPoints: [path.join(here, 'src/extension.ts')],
  outfile: path.join(here, 'dist/extension.js'),
  bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'],
  minify, sourcemap: minify ? false : 'inline', logLevel: 'warning',
})

fs.rmSync(path.join(here, 'grammars'), { recursive: true, force: true })
fs.mkdirSync(path.join(here, 'grammars'))
for (const file of fs.readdirSync(path.join(root, 'grammar/textmate'))) {
  if (file.endsWith('.tmLanguage.json')) {
    fs.copyFileSync(path.join(root, 'grammar/textmate', file), path.join(here, 'grammars', file))
  }
}
fs.rmSync(path.join(here, 'example'), { recursive: true, force: true })
fs.cpSync(path.join(root, 'examples/newsroom'), path.join(here, 'example'), { recursive: true })
for (const file of ['LICENSE-APACHE', 'LICENSE-MIT']) {
  fs.copyFileSync(path.join(root, file), path.join(here, file))
}
