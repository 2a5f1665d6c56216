import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { ChannelSheet } from './channel-sheet.tsx'
import type { ShownChannel } from './channel-table.tsx'
import { RouteList } from './route-list.tsx'

const channel = (id: string, isPaused = false): ShownChannel => ({
  id,
  name: id,
  settings: { kind: 'slack' },
  sendsResolved: true,
  isPaused,
  hasSecret: true,
  beatAt: null,
  beatProblem: null,
})
const route = (id: string, ...channelIds: string[]) => ({
  id,
  severity: 'critical',
  cluster: null,
  label: null,
  hours: null,
  steps: channelIds.map((one, n) => ({ afterMinutes: n * 10, channelIds: [one] })),
  repeatMinutes: null,
  goesOn: false,
  sentence: `Critical alerts: to ${channelIds.join()}.`,
})

test('a route by which nobody is told says so', async () => {
  const channels = [channel('chat', true), channel('pager', true), channel('mail')]
  await using page = await openPage({
    page: <RouteList channels={channels} mayManage={false} />,
    answers: {
      'notifications.routes': () => ({
        routes: [route('one', 'chat', 'pager'), route('two', 'chat', 'mail')],
        revision: 'r',
      }),
    },
  })
  await page.until(() => page.text().includes('to chat,mail'))
  expect(page.text().match(/all its channels are paused/g)).toHaveLength(1)
})

test('whoever pauses a channel is told which routes tell nobody then', async () => {
  const channels = [channel('chat'), channel('pager', true), channel('mail')]
  await using page = await openPage({
    page: <ChannelSheet known={channels[0] ?? null} onClose={() => {}} />,
    role: 'admin',
    answers: {
      'notifications.channels': () => channels,
      'notifications.routes': () => ({
        routes: [route('one', 'chat'), route('two', 'chat', 'mail'), route('three', 'pager', 'chat')],
        revision: 'r',
      }),
    },
  })
  await page.until(() => page.text().includes('Nothing is sent here meanwhile.'))
  expect(page.text()).not.toContain('Nobody is told')
  await page.check('Paused')
  await page.until(() => page.text().includes('Nobody is told by route 1 and 3 then: all its channels are paused.'))
  await page.check('Paused')
  expect(page.text()).not.toContain('Nobody is told')
})
