import type { Page } from '@playwright/test'
import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { patronictl } from '#lab/control.ts'
import { scope } from '#lab/addresses.ts'
import { labClusterName } from '../../e2e/lab-cluster.ts'
import { until } from '../../e2e/until.ts'
import { openBrowser, openSignedIn } from './browser.ts'
import { type LeaderChange, watchLeader } from './leader-watch.ts'
import { type Detection, detectionOf, type Limit, summarise } from './detection.ts'
import { report } from './report.ts'
import { type WatchedLab, withWatchedLab } from './watched-lab.ts'

interface Setting {
  mode: string
  turns: number
  draft: Partial<ClusterDraft>
  limit: Limit
}

/** How long after etcd's own watch the browser shows the new leader: with the console watching etcd, and by REST alone. */
export async function detect(stopping: AbortSignal): Promise<void> {
  await measure({ mode: 'etcd', turns: 10, draft: {}, limit: { medianMs: 250, worstMs: 1000 } }, stopping)
  const byRest = { turns: 10, draft: { etcdUrls: [] }, limit: { medianMs: 2500, worstMs: 2500 } }
  await measure({ mode: 'rest-only', ...byRest }, stopping)
}

async function measure({ mode, turns, draft, limit }: Setting, stopping: AbortSignal): Promise<void> {
  const run = async (lab: WatchedLab) => {
    const browser = await openBrowser()
    const ended = new AbortController()
    const changes: LeaderChange[] = []
    try {
      await watchLeader((change) => changes.push(change), ended.signal)
      const page = await openSignedIn(browser, lab.console)
      await page.goto(`/clusters/${labClusterName}`)
      await noteLeaders(page)
      const found: Detection[] = []
      for (let turn = 1; turn <= turns; turn++) {
        const seen = await switchOnce(lab, page, changes)
        found.push(seen)
        report({ bench: 'detect', mode, turn, ...seen })
      }
      report({ bench: 'detect', mode, turns, ...summarise(found, limit) })
    } finally {
      ended.abort()
      await browser.close()
    }
  }
  await withWatchedLab(stopping, run, draft)
}

async function switchOnce(
  lab: WatchedLab,
  page: Page,
  changes: LeaderChange[],
): Promise<Detection & { leader: string }> {
  const { leader: old } = await lab.untilHealthy()
  const askedAtMs = Date.now()
  const done = patronictl(['switchover', scope, '--leader', old ?? '', '--force'])
  const change = await until({ what: 'etcd tells a new leader', timeoutMs: 60_000, everyMs: 20 }, async () => {
    return changes.find(({ leader, seenAtMs }) => leader !== old && seenAtMs > askedAtMs) ?? null
  })
  const browserAtMs = await until(
    { what: `the page shows ${change.leader}`, timeoutMs: 30_000, everyMs: 50 },
    async () => {
      const shown = await readLeaders(page)
      return shown.find(({ leader, atMs }) => leader === change.leader && atMs > askedAtMs)?.atMs ?? null
    },
  )
  await done
  return { leader: change.leader, ...detectionOf(change.seenAtMs, browserAtMs) }
}

/** Has the page note, at each change of its document, whose death its forecast speaks of: that is the leader shown. */
async function noteLeaders(page: Page): Promise<void> {
  await page.getByRole('table', { name: 'Members' }).waitFor()
  await page.evaluate(() => {
    const noted: { leader: string; atMs: number }[] = []
    Reflect.set(window, 'notedLeaders', noted)
    // No function here may have a name: tsx would call a helper that the page has not.
    new MutationObserver(() => {
      const headings = [...document.querySelectorAll('h2')].map(({ textContent }) => textContent ?? '')
      const leader = headings.map((text) => /^If (\S+) died now$/.exec(text)?.[1]).find(Boolean) ?? ''
      if (leader !== '' && leader !== noted.at(-1)?.leader) noted.push({ leader, atMs: Date.now() })
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

function readLeaders(page: Page): Promise<{ leader: string; atMs: number }[]> {
  return page.evaluate(() => Reflect.get(window, 'notedLeaders'))
}
