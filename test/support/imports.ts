import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { parseSync } from 'oxc-parser'
import { projectRoot } from './folders.ts'

export interface Import {
  readonly from: string
  readonly names: readonly string[]
}

const required = /\b(?:require|createRequire\([^()]*\))\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every static and dynamic import, re-export and `require` of a source text, type imports included. */
export function importsOf(file: string, text: string): Import[] {
  const { module } = parseSync(file, text)
  const fixed = module.staticImports.map((each) => ({
    from: each.moduleRequest.value,
    names: each.entries.map((entry) => entry.importName.name ?? entry.importName.kind),
  }))
  const passedOn = module.staticExports.flatMap((each) =>
    each.entries.flatMap((entry) => (entry.moduleRequest ? [{ from: entry.moduleRequest.value, names: [] }] : [])),
  )
  const dynamic = module.dynamicImports.map((each) => ({
    from: text.slice(each.moduleRequest.start, each.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    names: [],
  }))
  const asked = [...text.matchAll(required)].map(([, from = '']) => ({ from, names: [] }))
  return [...fixed, ...passedOn, ...dynamic, ...asked]
}

/** The sources below a folder of the project, by their path in it, with slashes. */
export function sources(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        !entry.parentPath.includes('node_modules') &&
        /\.tsx?$/.test(entry.name) &&
        !entry.name.endsWith('.d.ts'),
    )
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
