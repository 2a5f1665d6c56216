import { expect, test } from 'vitest'
import { z } from 'zod'
import { saveSamples } from '#server/store/samples/save-samples.ts'
import { addSampledCluster, executorId, memberSampleOf } from '#server/store/samples/testing.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'

const at = new Date(Math.floor(Date.now() / 10_000) * 10_000 - 60_000)
const span = { from: at.toISOString(), to: new Date(at.getTime() + 20_000).toISOString() }
const answered = z.object({
  stepSeconds: z.number(),
  series: z.array(z.object({ avg: z.array(z.number().nullable()) })),
})

test('samples are told by tRPC, as JSON and as a table, to whoever may see the cluster', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const clusterId = await addSampledCluster(owner, 'main')
  await saveSamples(owner, { clusterId, executorId, samples: [memberSampleOf(at, { clients: 12 })] })
  const { cookie } = await console.signedIn('viewer')
  const token = await console.token('viewer')

  const series = ['clients@pg-1', { kind: 'cluster', member: null, metric: 'level' }]
  const page = await console.query('history.series', { cluster: 'main', ...span, series }, { cookie })
  const { result } = z.object({ result: z.object({ data: z.object({ json: answered }) }) }).parse(await page.json())
  expect(result.data.json).toEqual({ stepSeconds: 10, series: [{ avg: [12, null] }, { avg: [null, null] }] })

  const asked = new URLSearchParams({ ...span, series: 'clients@pg-1,level' })
  const rest = await console.rest('GET', `/clusters/main/history?${asked}`, { token })
  expect([rest.status, answered.parse(await rest.json())]).toEqual([200, result.data.json])

  const table = await console.rest('GET', `/clusters/main/history.csv?${asked}`, { token })
  expect(table.headers.get('content-type')).toContain('text/csv')
  expect(table.headers.get('content-disposition')).toBe('attachment; filename="main-history.csv"')
  expect(await table.text()).toBe(
    `time,clients@pg-1,level\r\n${at.toISOString()},12,\r\n${new Date(at.getTime() + 10_000).toISOString()},,\r\n`,
  )
})

test('a question that does not fit is refused with its fields, and so is one of a cluster that is not there', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addSampledCluster(owner, 'main')
  const token = await console.token('viewer')
  const refusals: [string, number, string][] = [
    ['main/history?from=yesterday&to=now&series=level', 400, 'from'],
    ['main/history.csv?from=yesterday&to=now&series=level', 400, 'from'],
    [`main/history?${new URLSearchParams({ ...span, series: 'nonsense' })}`, 400, 'nonsense'],
    [`nobody/history?${new URLSearchParams({ ...span, series: 'level' })}`, 404, 'nobody'],
  ]
  for (const [path, status, word] of refusals) {
    const response = await console.rest('GET', `/clusters/${path}`, { token })
    expect([path, response.status, await response.text()]).toEqual([path, status, expect.stringContaining(word)])
  }
  const nobody = await console.rest(
    'GET',
    `/clusters/main/history.csv?${new URLSearchParams({ ...span, series: 'level' })}`,
  )
  expect(nobody.status).toBe(401)
})
