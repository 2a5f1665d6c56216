import type { RepositoryRetention } from '#domain/backup/repository-retention.ts'

/**
 * Reads what each repository keeps from pgBackRest's configuration, as the command `expire` would: of one option the section of the stanza and the command
 * counts before that of the stanza, then the command's own global one, then `global` (config/parse.c). Repositories that are not named are left out.
 */
export function parseRetention(texts: readonly string[], stanza: string): RepositoryRetention[] {
  const sections = sectionsOf(texts)
  const order = [`${stanza}:expire`, stanza, 'global:expire', 'global']
  const options = new Map<string, string>()
  for (const name of order.toReversed()) {
    for (const [option, value] of sections.get(name) ?? []) options.set(option, value)
  }
  return repositoriesIn(options).map((repository) => retentionOf(options, repository))
}

type Section = Map<string, string>

/** A section may be spread over several files; comments have lines of their own. */
function sectionsOf(texts: readonly string[]): Map<string, Section> {
  const sections = new Map<string, Section>()
  for (const text of texts) {
    let section: Section | null = null
    for (const line of text.split('\n').map((raw) => raw.trim())) {
      const heading = /^\[([^\]]*)\]$/.exec(line)?.[1]
      if (heading !== undefined) {
        section = sections.get(heading) ?? new Map<string, string>()
        sections.set(heading, section)
      }
      const option = /^([a-z0-9-]+)\s*=\s*(.*)$/.exec(line)
      if (option && section) section.set(modern(option[1] ?? ''), option[2] ?? '')
    }
  }
  return sections
}

/** Before repositories were numbered there was one. */
function modern(option: string): string {
  return option.replace(/^(?:repo-)?retention-/, 'repo1-retention-').replace(/^repo-/, 'repo1-')
}

function repositoriesIn(options: ReadonlyMap<string, string>): number[] {
  const keys = [...options.keys()].flatMap((option) => /^repo(\d{1,3})-/.exec(option)?.[1] ?? [])
  // Without any setting there is one, where pgBackRest puts it by itself.
  return [...new Set(keys.length === 0 ? [1] : keys.map(Number))].toSorted((a, b) => a - b)
}

function retentionOf(options: ReadonlyMap<string, string>, repository: number): RepositoryRetention {
  const said = (name: string) => options.get(`repo${repository}-retention-${name}`)
  const amount = (name: string) => (/^[1-9]\d{0,6}$/.test(said(name) ?? '') ? Number(said(name)) : null)
  const archiveType = said('archive-type')
  return {
    repository,
    full: amount('full'),
    fullType: said('full-type') === 'time' ? 'time' : 'count',
    diff: amount('diff'),
    archive: amount('archive'),
    archiveType: archiveType === 'diff' || archiveType === 'incr' ? archiveType : 'full',
  }
}
