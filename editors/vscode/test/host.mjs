// Runs test/host inside the extension host of Visual Studio Code, as its own tests are run:
//
//   node host.mjs PORT FOLDER EXTENSION PICTURES

import { Workbench } from './workbench.mjs'

const [port, folder, extension, pictures] = process.argv.slice(2)
const workbench = await Workbench.start(pictures)
const { page } = workbench
let ended
const end = new Promise((done) => (ended = done))
await page.exposeFunction('codeAutomationLog', (_, args = []) => {
  const words = args.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' ')
  if (/^(ok|not so): /.test(words)) console.log(words.slice(0, 1400))
})
await page.exposeFunction('codeAutomationExit', (code) => ended(code))
const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`
await workbench.open(port, folder, [
  ['extensionDevelopmentPath', remote(extension)],
  ['extensionTestsPath', remote(`${extension}/test/host/index.js`)],
  ['skipWelcome', 'true'],
])
const late = setTimeout(() => ended('late'), 140000)
const code = await end
clearTimeout(late)
if (code !== 0) {
  await workbench.picture('failed-host')
  console.error(code === 'late' ? 'the tests in the extension host did not end in time' : `the tests in the extension host ended with ${code}`)
}
await workbench.end()
process.exit(code === 0 ? 0 : 1)
