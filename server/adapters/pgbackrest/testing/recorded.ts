import { z } from 'zod'
import type { ProgramOutput } from '#agent/protocol/results.ts'
import { fixture } from '../../testing/fixture.ts'

/** What pgBackRest 2.45 said of one recorded world, asked as an agent asks it. */
export interface Recorded {
  /** Name of the `info` recording, e.g. `timelines`. */
  info: string
  /** Name of the `repo-ls` recording. */
  listing: string
  /** What histories are recorded by. */
  world: string
}

const asked = z.object({
  output: z.string().optional(),
  folder: z.string().nullish(),
  archiveId: z.string().optional(),
  timeline: z.string().optional(),
})

/** The output of a verb by its path; null for one that is not recorded. */
export function recordedOutput({ info, listing, world }: Recorded, path: string, args: unknown): ProgramOutput | null {
  const { output, folder, archiveId = '', timeline } = asked.parse(args)
  const read = (name: string) => fixture(`pgbackrest/fixtures/2.45-${name}`)
  switch (path) {
    case '/v1/verbs/pgbackrest-info':
      return said(read(output === 'text' ? `info-${info}.txt` : `info-${info}.json`))
    case '/v1/verbs/pgbackrest-repo-ls':
      return said(listed(read(`repo-ls-${listing}.json`), [archiveId, ...(folder ? [folder] : [])].join('/')))
    case '/v1/verbs/pgbackrest-history':
      return said(read(`${world}-${timeline}.history`))
    default:
      return null
  }
}

/** What an agent says of its machine, as far as backups are concerned. */
export function recordedFacts(stanza: string): unknown {
  return {
    agent: '1.0.0',
    node: 'v24',
    os: { name: 'Debian', kernel: '6', architecture: 'x64', host: 'h', processors: 2, memoryBytes: 1 },
    dataFolder: null,
    repositories: [],
    postgres: { dataVersion: '15', programVersion: null },
    pgbackrest: { stanza, version: 'pgBackRest 2.45', config: [] },
    patroni: { version: null, config: null, service: null },
    problems: [],
  }
}

function said(stdout: string): ProgramOutput {
  return { exitCode: 0, stdout, stderr: '', isCut: false }
}

/** A listing with --recurse as one of a single folder without it. */
function listed(recursive: string, folder: string): string {
  const entries = Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(recursive)))
  const within = entries.flatMap(([path, entry]) => {
    const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : ''
    return name === '' || name.includes('/') ? [] : [[name, entry]]
  })
  return JSON.stringify(Object.fromEntries([['.', { type: 'path' }], ...within]))
}
