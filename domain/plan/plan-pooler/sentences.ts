import { formatDuration } from '#domain/format.ts'
import { pauseBounds } from '#domain/plan/pooler-plan.ts'
import type { PoolerGiven } from './given.ts'

/** What a command to poolers does, in order. */
export function poolerSentences({ nodes, wish }: PoolerGiven): string[] {
  const { act, database, limitMs } = wish
  const where = nodes.length === 1 ? `the pgBouncer on ${nodes[0]}` : `the pgBouncers on ${nodes.join(', ')}`
  const what = database === null ? 'all databases' : database
  switch (act) {
    case 'pause':
      return [
        `The agents have ${where} finish what is under way in ${what} and hold all else back: clients wait, none is turned away.`,
        `Where one is not at rest within ${formatDuration(pauseBounds.drainMs)}, all are resumed and nothing is paused: you are told who held it up.`,
        `After ${formatDuration(limitMs ?? 0)} each is resumed by the agent beside it, whatever becomes of this console. Anybody may resume before.`,
      ]
    case 'resume':
      return [`The agents have ${where} let clients of ${what} go on. A pause that is under way ends with it.`]
    case 'reconnect':
      return [
        `The agents have ${where} open new connections to Postgres for ${what}; each old one is closed when its client lets go of it.`,
      ]
    case 'reload':
      return [`The agents have ${where} read the configuration, users and access rules again.`]
    case 'disable':
      return [
        `The agents have ${where} refuse new clients of ${what}; those that are in go on.`,
        'It is forgotten when pgBouncer is started anew.',
      ]
    case 'enable':
      return [`The agents have ${where} let new clients of ${what} in again.`]
    case 'kill':
      return [
        `The agents have ${where} cut off all clients of ${what} and close its connections to Postgres; open transactions are rolled back.`,
        'KILL leaves a database paused, so it is resumed at once: whoever comes back is let in.',
      ]
  }
}
