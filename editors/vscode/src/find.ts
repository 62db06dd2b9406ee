// Where the program `newsmark` lies. No code of VS Code in here: what is looked at is given.

import * as fs from 'node:fs'
import * as path from 'node:path'

export interface Search {
  /** What the setting says; empty where nobody set it. */
  setting: string
  /** The folders that are open. */
  folders: string[]
  /** Whether the person trusts what lies in them. */
  trusted: boolean
  /** The folder of the extension, which may bring a program along. */
  extension: string
  /** The environment of the editor. */
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  home: string
}

export type Origin = 'setting' | 'workspace' | 'bundled' | 'PATH'

export interface Found {
  program: string
  from: Origin
}

export interface Missing {
  program?: undefined
  /** Places that were looked at, in order, in plain words. */
  looked: string[]
  /** What is wrong with the setting, if that is what is wrong. */
  setting?: string
}

/** Finds the program: the setting, the folder's own build, the extension's, the `PATH`. */
export function find(search: Search): Found | Missing {
  const name = search.platform === 'win32' ? 'newsmark.exe' : 'newsmark'
  const looked: string[] = []
  const said = search.setting.trim()
  if (said) {
    const program = resolved(said, search)
    if (!isProgram(program, search.platform)) {
      return { looked: [program], setting: `The setting newsmark.server.path names ${program}, and there is no program there.` }
    }
    if (search.trusted || !isInside(program, search.folders)) return { program, from: 'setting' }
    looked.push(`${program} (the setting; left alone, since this folder is not trusted)`)
  }
  for (const folder of search.folders) {
    const builds = ['release', 'debug'].map((kind) => path.join(folder, 'target', kind, name))
    if (!search.trusted) {
      looked.push(`${path.join(folder, 'target')} (left alone, since this folder is not trusted)`)
      continue
    }
    const built = builds.filter((program) => isProgram(program, search.platform))
    const newest = built.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0]
    if (newest) return { program: newest, from: 'workspace' }
    looked.push(...builds)
  }
  const bundled = path.join(search.extension, 'server', name)
  if (isProgram(bundled, search.platform)) return { program: bundled, from: 'bundled' }
  looked.push(bundled)
  const places = (search.env.PATH ?? search.env.Path ?? '').split(search.platform === 'win32' ? ';' : ':')
  // Where `cargo install` puts it, which editors started from a desktop do not have on their PATH.
  places.push(path.join(search.home, '.cargo', 'bin'))
  for (const place of places) {
    // What is relative is relative to the open folder: that would run what lies there.
    if (!path.isAbsolute(place)) continue
    const program = path.join(place, name)
    if (!isProgram(program, search.platform)) continue
    if (!search.trusted && isInside(program, search.folders)) continue
    return { program, from: 'PATH' }
  }
  looked.push('every folder on the PATH, and .cargo/bin in your home folder')
  return { looked }
}

function resolved(said: string, search: Search): string {
  const own = said
    .replace(/^~(?=$|[\\/])/, search.home)
    .replaceAll('${workspaceFolder}', search.folders[0] ?? '')
    .replaceAll('${userHome}', search.home)
  return path.resolve(search.folders[0] ?? search.home, own)
}

function isProgram(program: string, platform: NodeJS.Platform): boolean {
  try {
    if (!fs.statSync(program).isFile()) return false
    if (platform !== 'win32') fs.accessSync(program, fs.constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether a program lies in one of the folders, also by way of a link. */
function isInside(program: string, folders: string[]): boolean {
  const real = (file: string) => {
    try {
      return fs.realpathSync(file)
    } catch {
      return path.resolve(file)
    }
  }
  return folders.some((folder) =>
    [[program, folder], [real(program), real(folder)]].some(([one, top]) => {
      const way = path.relative(top!, one!)
      // A folder may well be named `..build`: what is above begins with a part that is `..` and no more.
      return way !== '' && way.split(path.sep)[0] !== '..' && !path.isAbsolute(way)
    }))
}
