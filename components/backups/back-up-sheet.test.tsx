import { act } from 'react'
import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { BackupWish } from '#domain/plan/backup-plan.ts'
import { BackUp } from './back-up.tsx'

/** The sheet is loaded when it is first opened. */
const slowMs = 30_000

function plan({ type, repository, fromStandby, startFast }: BackupWish) {
  const node = fromStandby ? 'pg-node-2' : 'pg-node-1'
  return {
    version: 1,
    kind: 'backup',
    clusterName: 'shop',
    leader: 'pg-node-1',
    node,
    nodeReason: fromStandby
      ? 'pg-node-2 follows most closely of the replicas whose agent answers.'
      : 'pg-node-1 leads, and pgBackRest runs there.',
    type,
    repository,
    fromStandby,
    startFast,
    sentences: [`The agent on ${node} runs pgBackRest into repository ${repository}.`],
    blockers: [],
    warnings: [],
    pointOfNoReturn: null,
  }
}

function open(repositories: number[]) {
  return openPage({
    page: <BackUp cluster="shop" repositories={repositories} />,
    answers: {
      'backups.preview': (wish: BackupWish) => plan(wish),
      'backups.request': (wish: BackupWish) => ({ id: 'op', plan: plan(wish) }),
    },
  })
}

async function choose(label: string, value: string) {
  const id = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label)?.htmlFor
  const list = document.querySelector<HTMLSelectElement>(`select[id="${id}"]`)
  if (!list) throw new Error(`There is no list "${label}".`)
  await act(async () => {
    list.value = value
    list.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

test(
  'where a backup is read, where it goes and when it begins are chosen, and the plan says which node and why',
  async () => {
    await using page = await open([1, 2])
    await page.press('Back up')
    await page.until(() => page.text().includes('pg-node-1 leads, and pgBackRest runs there.'))
    await page.check('Read from a replica')
    await page.until(() => page.text().includes('pg-node-2 follows most closely'))
    await page.check('Begin at once')
    await choose('Repository', '2')
    await page.until(() => page.text().includes('into repository 2.'))
    await page.fill('Reason', 'before the migration')
    await page.until(() => document.querySelector('button[type=submit]:not([aria-disabled=true])') !== null)
    await act(async () => document.querySelector<HTMLElement>('button[type=submit]')?.click())
    await page.until(() => page.gone.length > 0)
    expect(page.asked.find(({ path }) => path === 'backups.request')?.input).toMatchObject({
      cluster: 'shop',
      type: 'full',
      repository: 2,
      fromStandby: true,
      startFast: false,
      reason: 'before the migration',
    })
  },
  slowMs,
)

test(
  'where there is one repository there is nothing to choose, and it is the one',
  async () => {
    await using page = await open([3])
    await page.press('Back up')
    await page.until(() => page.text().includes('into repository 3.'))
    expect(document.querySelector('select')).toBeNull()
    expect(page.asked.find(({ path }) => path === 'backups.preview')?.input).toMatchObject({
      fromStandby: false,
      startFast: true,
    })
  },
  slowMs,
)
