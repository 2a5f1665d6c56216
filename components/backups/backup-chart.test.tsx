import { act } from 'react'
import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { madeBackup, minute } from '#domain/testing/backup-made.ts'
import { BackupChart } from './backup-chart.tsx'

/** The browser of the tests measures each word that is drawn. */
const slowMs = 30_000
const hour = 60
const now = minute(24 * hour)
const backups = [
  madeBackup(1, 1, 0, { sizeBytes: 40_000_000, repositoryDeltaBytes: 9_000_000 }),
  madeBackup(1, 2, 6 * hour, { type: 'diff', sizeBytes: 44_000_000, repositoryDeltaBytes: 3_000_000 }),
  madeBackup(1, 3, 18 * hour, { type: 'incr', sizeBytes: 80_000_000, repositoryDeltaBytes: 1_000_000 }),
]

function open(given = backups) {
  return openPage({ page: <BackupChart backups={given} now={now} />, answers: {}, now })
}

/** Where the stems stand, in the order of the backups. */
function stems(figure: number): number[] {
  const drawn = document.querySelectorAll('figure')[figure]?.querySelectorAll('rect[fill="var(--muted)"]') ?? []
  return [...drawn].map((rect) => Number(rect.getAttribute('x')))
}

test(
  'the size of the database, what was added and how long it took are drawn, and told in words',
  async () => {
    await using page = await open()
    expect(page.text()).toContain('Database of the newest 3 backups: 40 MB to 80 MB, the last 80 MB.')
    expect(page.text()).toContain('Added to the repository of the newest 3 backups: 1 MB to 9 MB, the last 1 MB.')
    expect(page.text()).toContain('Duration of the newest 3 backups: 1 min to 1 min, the last 1 min.')
    expect(document.querySelectorAll('figure .recharts-line-curve')).toHaveLength(1)
    const legend = document.querySelector('ul[aria-label=Marks]')
    expect(legend?.textContent).toBe('fulldifferentialincremental')
  },
  slowMs,
)

test(
  'each stands at its own time: twice as long a wait is twice as far',
  async () => {
    await using _page = await open()
    for (const figure of [1, 2]) {
      const [first = 0, second = 0, third = 0] = stems(figure)
      expect(second - first).toBeGreaterThan(10)
      expect((third - second) / (second - first)).toBeCloseTo(2, 1)
    }
  },
  slowMs,
)

test(
  'arrows go from one backup to the next and tell of it',
  async () => {
    await using page = await open()
    const chart = document.querySelectorAll<SVGElement>('figure svg[tabindex="0"]')[1]
    await act(async () => chart?.focus())
    const press = (key: string) =>
      act(async () => chart?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })))
    const told = () =>
      [...document.querySelectorAll('figure [role=status]')].map(({ textContent }) => textContent).join()
    await press('ArrowRight')
    await page.until(() => told().includes(backups[1]?.label ?? ''))
    expect(told()).toContain('differential backup')
    expect(told()).toContain('database 44 MB · added 3 MB · took 1 min')
  },
  slowMs,
)

test(
  'one backup alone is drawn',
  async () => {
    await using page = await open(backups.slice(0, 1))
    expect(stems(1)).toHaveLength(1)
    expect(page.text()).toContain('of the newest 1 backup')
  },
  slowMs,
)
