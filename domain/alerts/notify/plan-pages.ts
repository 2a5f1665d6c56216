import type { Telling } from './plan-tellings.ts'

/** What a channel that keeps pages was told, or is about to be, of one alert of an incident; nothing that was dropped. */
export interface PageTelling extends Pick<
  Telling,
  'id' | 'channelId' | 'kind' | 'state' | 'isUntouched' | 'createdAt' | 'sentAt'
> {
  alertId: string
  key: string
  /** False where nobody tried to send it, or the only attempt was refused. */
  mayHaveArrived: boolean
  /** Its alert fires. */
  isFiring: boolean
}

export interface PageStanding {
  /** Key of the incident; of the alert, where that has none. */
  ownKey: string
  acknowledgedAt: Date | null
  /** Something is told of it now. */
  isTelling: boolean
  sendsResolved: boolean
  /** On one channel, of all alerts that are in the incident by now, in the order of their ids. */
  tellings: readonly PageTelling[]
}

export interface PagePlan {
  /** Under which all goes that is told of the incident. */
  key: string
  follow: PageFollow[]
  /** Not sent yet, and to go under the key as well. */
  rekey: number[]
}

/** What follows on something that was told, under the same key. */
export interface PageFollow {
  after: number
  kind: 'acknowledge' | 'resolve'
  /** True = the incident goes on under another key. */
  isTakenUp: boolean
}

/**
 * Keeps one page of one incident on a channel: the key under which all is told that there is to tell, and what ends. A page ends when no
 * alert fires that was told there, also one of which the telling was given up. Of incidents that became one, each with a page that
 * arrived, the page of the incident that stays goes on, and the others end.
 */
export function planPages({ ownKey, acknowledgedAt, isTelling, sendsResolved, tellings }: PageStanding): PagePlan {
  const pages = pagesOf(tellings)
  const isGoingOn = isTelling || tellings.some(({ kind, isFiring }) => kind === 'trigger' && isFiring)
  if (!isGoingOn) return { key: ownKey, follow: sendsResolved ? pages.flatMap(endOf) : [], rekey: [] }
  const arrived = pages.filter(hasSurelyArrived)
  const alive = pages.filter(({ triggers }) => triggers.some(({ state }) => state !== 'dead'))
  const page = [arrived, alive].flatMap((some) => some.toSorted((a, b) => own(b, ownKey) - own(a, ownKey)))[0]
  if (!page) return { key: ownKey, follow: [], rekey: [] }
  const others = pages.filter((other) => other !== page)
  const untouched = others.flatMap(({ triggers }) => triggers.filter(isUnsent))
  return {
    key: page.key,
    follow: [
      ...acknowledgementOf(page, acknowledgedAt),
      // Before its page arrived, the others are all that anybody knows of.
      ...(sendsResolved && hasSurelyArrived(page)
        ? others.flatMap(endOf).map((follow) => ({ ...follow, isTakenUp: true }))
        : []),
    ],
    rekey: untouched.map(({ id }) => id),
  }
}

/** What was told under one key since its last end. */
interface Page {
  key: string
  triggers: PageTelling[]
  isAcknowledged: boolean
}

function pagesOf(tellings: readonly PageTelling[]): Page[] {
  const pages = new Map<string, Page>()
  for (const telling of tellings) {
    const { key, kind } = telling
    const page = pages.get(key)
    if (kind === 'trigger') {
      if (tellings.some((end) => isEndOf(end, telling))) continue
      if (page) page.triggers.push(telling)
      else pages.set(key, { key, triggers: [telling], isAcknowledged: false })
    } else if (kind === 'acknowledge' && page) page.isAcknowledged = true
  }
  return [...pages.values()]
}

/** An end is of what stands before it, but for what was sent once more after it. */
function isEndOf(end: PageTelling, trigger: PageTelling): boolean {
  if (end.kind !== 'resolve' || end.key !== trigger.key || end.id < trigger.id) return false
  if (end.state !== 'sent' || end.sentAt === null) return true
  return trigger.state !== 'waiting' && (trigger.sentAt === null || trigger.sentAt <= end.sentAt)
}

function endOf({ triggers }: Page): PageFollow[] {
  const last = triggers.findLast(({ mayHaveArrived }) => mayHaveArrived)
  return last ? [{ after: last.id, kind: 'resolve', isTakenUp: false }] : []
}

/** Whoever acknowledged knew of what was told by then; a page that came later is answered for itself. */
function acknowledgementOf({ triggers, isAcknowledged }: Page, at: Date | null): PageFollow[] {
  const [first] = triggers
  const sent = triggers.find(({ state }) => state === 'sent')
  if (at === null || isAcknowledged || !first || !sent || first.createdAt > at) return []
  return [{ after: sent.id, kind: 'acknowledge', isTakenUp: false }]
}

function hasSurelyArrived({ triggers }: Page): boolean {
  return triggers.some(({ state }) => state === 'sent')
}

function isUnsent({ state, isUntouched }: PageTelling): boolean {
  return state === 'waiting' && isUntouched
}

function own({ key }: Page, ownKey: string): number {
  return key === ownKey ? 1 : 0
}
