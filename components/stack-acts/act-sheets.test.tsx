import { TRPCClientError } from '@trpc/client'
import { act } from 'react'
import { expect, test } from 'vitest'
import { PoolsView } from '#components/pools/pools-view.tsx'
import { PostgresView } from '#components/postgres/postgres-view.tsx'
import { TrafficView } from '#components/traffic/traffic-view.tsx'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { HaproxyPlan, HaproxyWish } from '#domain/plan/haproxy-plan.ts'
import type { StackPlan } from '#domain/plan/plan.ts'
import type { PoolerCommandPlan, PoolerPausePlan, PoolerWish } from '#domain/plan/pooler-plan.ts'
import type { SignalPlan, SignalWish } from '#domain/plan/signal-plan.ts'
import { madeLooked, madeMember, madeStack } from '#domain/testing/looked-made.ts'
import { madePooler } from '#domain/testing/pooler-made.ts'
import { madeBlocked } from '#domain/testing/sender-made.ts'
import { madeHaproxy, madePostgres } from '#domain/testing/stack-made.ts'

/** Each sheet is loaded when it is first opened. */
const slowMs = 30_000
const now = new Date('2026-11-26T06:00:00Z')
const member = 'pg-node-1'

const stack = madeStack(now, {
  members: [
    madeMember(member, {
      postgres: madeLooked(madePostgres({ blocked: [madeBlocked(11, null), madeBlocked(12, 11)] }), now),
      pooler: madeLooked(madePooler({}), now),
    }),
  ],
  haproxy: madeLooked(madeHaproxy({ name: member }), now),
})

const core = {
  version: 1,
  clusterId: 'c',
  clusterName: 'shop',
  leader: member,
  timeline: 1,
  systemIdentifier: '7',
  snapshotVersion: 1,
  madeAt: now,
  blockers: [],
  warnings: [],
  pointOfNoReturn: '',
} as const satisfies Partial<StackPlan>

function pausePlan({ limitMs }: PoolerWish): PoolerPausePlan | PoolerCommandPlan {
  return {
    ...core,
    kind: 'pooler-pause',
    act: 'pause',
    nodes: [member],
    database: null,
    aim: `all databases on ${member}`,
    confirm: 'shop',
    drainMs: 8_000,
    limitMs: limitMs ?? 0,
    sentences: [`Clients are held for at most ${(limitMs ?? 0) / 1000} s.`],
    blockers: limitMs === null ? ['A pause lasts 5 s to 110 s.'] : [],
  }
}

function resumePlan(): PoolerCommandPlan {
  const aim = `all databases on ${member}`
  const nodes = [member]
  const sentences = ['Clients that are held go on.']
  return { ...core, kind: 'pooler-command', act: 'resume', nodes, database: null, aim, confirm: null, sentences }
}

function signalPlan({ act: asked, pid, backendStart }: SignalWish): SignalPlan {
  return {
    ...core,
    kind: 'signal-backend',
    act: asked,
    member,
    pid,
    backendStart,
    aim: `pid ${pid} on ${member}`,
    session: null,
    confirm: null,
    sentences: [`Postgres on ${member} ends the session ${pid}.`],
  }
}

function drainPlan({ proxy, server }: HaproxyWish): HaproxyPlan {
  return {
    ...core,
    kind: 'haproxy-command',
    act: 'drain',
    proxy,
    server,
    aim: `${proxy}/${server} of HAProxy`,
    confirm: `${proxy}/${server}`,
    sentences: [`HAProxy sends ${server} no new clients.`],
    warnings: [`${server} is the only server of ${proxy}.`],
  }
}

const sheets = [
  {
    name: 'a pause',
    page: <PoolsView cluster="shop" />,
    opens: `Pause all databases on ${member}`,
    confirms: `Pause all databases on ${member}`,
    previewed: 'poolers.preview',
    asked: 'poolers.command',
    plan: pausePlan,
    sentence: 'Clients are held for at most 20 s.',
    typed: 'shop',
    wish: { cluster: 'shop', act: 'pause', node: member, database: null, limitMs: 20_000, confirm: 'shop' },
  },
  {
    name: 'a resume',
    page: <PoolsView cluster="shop" />,
    opens: `Resume all databases on ${member}`,
    confirms: `Resume all databases on ${member}`,
    previewed: 'poolers.preview',
    asked: 'poolers.command',
    plan: resumePlan,
    sentence: 'Clients that are held go on.',
    typed: null,
    wish: { cluster: 'shop', act: 'resume', node: member, database: null, limitMs: null, confirm: null },
  },
  {
    name: 'a terminate',
    page: <PostgresView cluster="shop" />,
    opens: `Terminate pid 11 on ${member}`,
    confirms: 'Terminate pid 11',
    previewed: 'backends.preview',
    asked: 'backends.signal',
    plan: signalPlan,
    sentence: `Postgres on ${member} ends the session 11.`,
    typed: null,
    wish: { cluster: 'shop', act: 'terminate', member, pid: 11, backendStart: madeBlocked(11, null).backendStart },
  },
  {
    name: 'a drain',
    page: <TrafficView cluster="shop" />,
    opens: `Drain ${member} in primary`,
    confirms: `Drain ${member} in primary`,
    previewed: 'haproxy.preview',
    asked: 'haproxy.command',
    plan: drainPlan,
    sentence: `HAProxy sends ${member} no new clients.`,
    typed: `primary/${member}`,
    wish: { cluster: 'shop', act: 'drain', proxy: 'primary', server: member, confirm: `primary/${member}` },
  },
] as const

type SheetCase = (typeof sheets)[number]
type Answer = (input: never) => unknown

function open({ page, previewed, asked, plan }: SheetCase, other: { plan?: Answer; answer?: Answer } = {}) {
  return openPage({
    page,
    now,
    answers: {
      'stack.get': () => ({ cluster: 'shop', stack, hasQueries: true, serverNow: now }),
      'clusters.get': () => ({
        cluster: { name: 'shop', labels: [] },
        snapshot: null,
        recentEvents: [],
        serverNow: now,
      }),
      [previewed]: other.plan ?? plan,
      [asked]: other.answer ?? (() => ({ id: 'op' })),
    },
  })
}

type Page = Awaited<ReturnType<typeof open>>

async function openSheet(page: Page, { opens }: SheetCase) {
  await page.until(() => document.querySelector(`button[aria-label="${opens}"]`) !== null)
  await page.press(opens)
  await page.until(() => confirmButton() !== null)
}

async function fillIn(page: Page, { typed }: SheetCase) {
  await page.fill('Reason', 'a client holds all up')
  if (typed !== null) await page.fill(`Type ${typed}`, typed)
}

function confirmButton(): HTMLElement | null {
  return document.querySelector<HTMLElement>('button[type=submit]')
}

/** Why the act cannot be confirmed, as a person reads it on the button. */
function missing(): string | null {
  return confirmButton()?.getAttribute('aria-description') ?? null
}

function reasonTyped(): string | undefined {
  return document.querySelector('textarea')?.value
}

function timesAsked(page: Page, { asked }: SheetCase): number {
  return page.asked.filter(({ path }) => path === asked).length
}

for (const sheet of sheets) {
  test(
    `${sheet.name} shows its plan, names the whole act, wants a reason, and is asked for once however often it is pressed`,
    async () => {
      await using page = await open(sheet)
      await openSheet(page, sheet)
      await page.until(() => page.text().includes(sheet.sentence))
      expect(confirmButton()?.textContent).toBe(sheet.confirms)
      expect(missing()).toBe('Say why: the audit log keeps it.')
      await act(async () => confirmButton()?.click())
      expect(timesAsked(page, sheet)).toBe(0)
      await fillIn(page, sheet)
      expect(missing()).toBeNull()
      await act(async () => confirmButton()?.click())
      await page.pass(0)
      await act(async () => confirmButton()?.click())
      await page.until(() => page.gone.includes('/operations/op'))
      await act(async () => confirmButton()?.click())
      expect(timesAsked(page, sheet)).toBe(1)
      expect(page.asked.find(({ path }) => path === sheet.asked)?.input).toMatchObject({
        ...sheet.wish,
        reason: 'a client holds all up',
        idempotencyKey: expect.any(String),
      })
    },
    slowMs,
  )

  test(
    `${sheet.name} that is refused says so, keeps what was typed, and can be asked for again as the same wish`,
    async () => {
      const told = [refusal('The cluster is being recovered: its layers are left alone meanwhile.'), { id: 'op' }]
      const answer = () => {
        const next = told.shift()
        if (next instanceof Error) throw next
        return next
      }
      await using page = await open(sheet, { answer })
      await openSheet(page, sheet)
      await page.until(() => page.text().includes(sheet.sentence))
      await fillIn(page, sheet)
      await act(async () => confirmButton()?.click())
      await page.until(() => page.text().includes('The cluster is being recovered'))
      expect(page.gone).toEqual([])
      expect(reasonTyped()).toBe('a client holds all up')
      expect(missing()).toBeNull()
      await act(async () => confirmButton()?.click())
      await page.until(() => page.gone.includes('/operations/op'))
      const keys = page.asked.filter(({ path }) => path === sheet.asked).map(({ input }) => keyOf(input))
      expect(keys).toHaveLength(2)
      expect(new Set(keys).size).toBe(1)
    },
    slowMs,
  )

  test(
    `${sheet.name} that its plan stands against cannot be asked for, and the reason stands on the button`,
    async () => {
      const blocker = `The agent of ${member} does not answer.`
      const plan = (wish: never) => ({ ...sheet.plan(wish), blockers: [blocker] })
      await using page = await open(sheet, { plan })
      await openSheet(page, sheet)
      await page.until(() => page.text().includes(blocker))
      await fillIn(page, sheet)
      expect(missing()).toBe(blocker)
      await act(async () => confirmButton()?.click())
      expect(timesAsked(page, sheet)).toBe(0)
    },
    slowMs,
  )

  test(
    `${sheet.name} without a plan offers to look again, and waits for it`,
    async () => {
      let isThere = false
      const plan = (wish: never) => {
        if (!isThere) throw refusal('The console has not looked into the layers of shop yet.')
        return sheet.plan(wish)
      }
      await using page = await open(sheet, { plan })
      await openSheet(page, sheet)
      await page.until(() => page.text().includes('has not looked into the layers'))
      await page.fill('Reason', 'a client holds all up')
      expect(missing()).toBe('The plan is not there yet.')
      isThere = true
      await page.press('Try again')
      await page.until(() => page.text().includes(sheet.sentence) && confirmButton()?.textContent === sheet.confirms)
      expect(reasonTyped()).toBe('a client holds all up')
    },
    slowMs,
  )
}

test(
  'a pause of a length that none may have is refused by its plan, and another length is planned anew',
  async () => {
    const [sheet] = sheets
    await using page = await open(sheet)
    await openSheet(page, sheet)
    await page.fill('Resume after, s', '600')
    await page.until(() => page.text().includes('A pause lasts 5 s to 110 s.'))
    await fillIn(page, sheet)
    expect(missing()).toBe('A pause lasts 5 s to 110 s.')
    await page.fill('Resume after, s', '15')
    await page.until(() => page.text().includes('Clients are held for at most 15 s.'))
    expect(missing()).toBeNull()
  },
  slowMs,
)

/** As the console answers what it does not do. */
function refusal(sentence: string): Error {
  return TRPCClientError.from({
    error: { code: -32_600, message: sentence, data: { appCode: 'refused', sentence } },
  } as never)
}

function keyOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'idempotencyKey' in input ? input.idempotencyKey : null
}
