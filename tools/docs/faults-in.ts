import { posix } from 'node:path'

interface Surroundings {
  /** The page's path from the root. */
  page: string
  scripts: string[]
  exists: (path: string) => boolean
}

/** What a page says that is not so: paths, links and npm scripts that do not exist, and a README that is too long. */
export function faultsIn(text: string, { page, scripts, exists }: Surroundings): string[] {
  const faults: string[] = []
  const lines = text.replace(/\n$/, '').split('\n')
  if (page === 'README.md' && lines.length > maxReadmeLines) {
    faults.push(`README.md has ${lines.length} lines: at most ${maxReadmeLines} are read.`)
  }
  for (const [index, line] of lines.entries()) {
    const at = `${page}:${index + 1}`
    for (const script of scriptsIn(line)) {
      if (!scripts.includes(script)) faults.push(`${at} names the npm script "${script}", which package.json has not.`)
    }
    for (const path of pathsIn(line)) {
      if (!exists(path)) faults.push(`${at} names ${path}, which does not exist.`)
    }
    for (const link of linksIn(line)) {
      if (!exists(posix.join(posix.dirname(page), link))) faults.push(`${at} links to ${link}, which does not exist.`)
    }
  }
  return faults
}

const maxReadmeLines = 120

function scriptsIn(line: string): string[] {
  const named = [...line.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map((match) => match[1] ?? '')
  const short = [...line.matchAll(/\bnpm (start|test)\b/g)].map((match) => match[1] ?? '')
  return [...named, ...short]
}

const folders = 'app|bin|components|docs|domain|e2e|lab|prisma|public|server|tools|\\.ci'

/** Paths in code spans that begin with a folder of ours; a word in capitals or a star stands for something else. */
function pathsIn(line: string): string[] {
  const inCode = [...line.matchAll(/`([^`]+)`/g)].flatMap((match) => (match[1] ?? '').split(/\s+/))
  return inCode
    .filter((word) => new RegExp(`^(${folders})/`).test(word) && !/[*<>{}]|[A-Z]{3,}/.test(word))
    .map((word) => word.replace(/[.,:;]$/, '').replace(/\/$/, ''))
}

function linksIn(line: string): string[] {
  return [...line.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))
}
