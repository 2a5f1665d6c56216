import { candidateClause } from '#domain/judgement/candidate-words.ts'
import { judgeCandidates } from '#domain/judgement/candidates.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { SwitchoverContext } from './context.ts'
import { waitFor } from '../fresh-snapshot.ts'

/** Why Patroni would not, in plain words: its own text is known (api.py), the leader's hidden reasons (ha.py) are guessed from readings. */
export async function explainRefusal(context: SwitchoverContext, sentence: string): Promise<string> {
  const { plan } = context.operation
  const known = knownRefusal(plan, sentence)
  if (known !== null) return known
  if (!/Switchover failed/i.test(sentence)) return sentence
  // The leader measured at this very moment: what was seen last may be of before.
  const guess = (seen: Snapshot) => probableReason(seen, plan, context.now())
  const probable = await waitFor(context, guessWithinMs, guess).catch(() => null)
  return `${plan.leader} took the request and then did not hand over. ${probable ?? `The log of Patroni on ${plan.leader} says why.`}`
}

/** What Patroni's own words mean; null where they are none of those known. */
export function knownRefusal(plan: Wish, sentence: string): string | null {
  return texts.find(({ pattern }) => pattern.test(sentence))?.words(plan) ?? null
}

const guessWithinMs = 5_000

type Wish = { leader: string; candidate: string | null }

const texts: readonly { pattern: RegExp; words: (plan: Wish) => string }[] = [
  {
    pattern: /leader name does not match/i,
    words: ({ leader }) => `Patroni refused: ${leader} does not lead any more.`,
  },
  {
    pattern: /candidate name does not match with sync_standby/i,
    words: ({ candidate }) =>
      `Patroni refused: ${candidate} is not a synchronous standby, and in synchronous mode only such a one may take over.`,
  },
  {
    pattern: /can not find sync_standby/i,
    words: () => 'Patroni refused: it is in synchronous mode, and no synchronous standby is there to take over.',
  },
  {
    pattern: /candidate does not exists/i,
    words: ({ candidate }) => `Patroni refused: it knows no member ${candidate}.`,
  },
  {
    pattern: /does not have members except leader/i,
    words: ({ leader }) => `Patroni refused: there is no member but ${leader}.`,
  },
  {
    pattern: /no good candidates have been found/i,
    words: ({ candidate }) =>
      candidate === null
        ? 'Patroni refused: it reaches no member that may take over.'
        : `Patroni refused: it does not reach ${candidate}, or ${candidate} may not lead (nofailover tag, watchdog, Postgres down).`,
  },
  {
    pattern: /only to a specific candidate in a paused state/i,
    words: () => 'Patroni refused: it is paused, and then it wants the new leader named.',
  },
  {
    pattern: /can't schedule switchover in the paused state/i,
    words: () => 'Patroni refused: it is paused, and then it schedules nothing.',
  },
  {
    pattern: /schedule switchover in the past/i,
    words: () => 'Patroni refused: by its clock that time is over.',
  },
  {
    pattern: /source are the same/i,
    words: ({ leader }) => `Patroni refused: ${leader} leads already.`,
  },
]

function probableReason(snapshot: Snapshot, { candidate }: Wish, now: Date): string | null {
  const judged = judgeCandidates(snapshot, now, 'switchover').filter(({ code }) => code !== 'is-leader')
  const concerned = candidate === null ? judged : judged.filter(({ name }) => name === candidate)
  if (concerned.length === 0 || concerned.some(({ isFit }) => isFit)) return null
  const clauses = concerned.flatMap(({ name, code }) => {
    const member = snapshot.members.find((each) => each.name === name)
    return member ? candidateClause(member, snapshot, now, code) : []
  })
  return `Probably because ${clauses.join(', and ')}.`
}
