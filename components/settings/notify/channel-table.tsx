'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import { channelWords, whereOf } from '#domain/alerts/notify/channel.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { ConfirmAct } from '../confirm-act.tsx'

export type ShownChannel = RouterOutputs['notifications']['channels'][number]

interface ChannelTableProps {
  channels: readonly ShownChannel[]
  mayManage: boolean
  onEdit: (channel: ShownChannel) => void
}

/** The channels, each with a test that shows what the receiver really answers. */
export function ChannelTable({ channels, mayManage, onEdit }: ChannelTableProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [removed, setRemoved] = useState<ShownChannel | null>(null)
  const refresh = () => void queryClient.invalidateQueries({ queryKey: trpc.notifications.pathKey() })
  const test = useMutation(trpc.notifications.testChannel.mutationOptions({ onSettled: refresh }))
  const remove = useMutation(
    trpc.notifications.removeChannel.mutationOptions({
      onSuccess: ({ name }) => {
        refresh()
        setRemoved(null)
        toast(`${name} is removed.`)
      },
    }),
  )
  const tested = channels.find(({ id }) => id === test.variables?.channel)
  return (
    <>
      <Table aria-label="Channels">
        <thead>
          <tr>
            <Th>Channel</Th>
            <Th keep="desktop">Kind</Th>
            <Th keep="desktop">Where</Th>
            <Th>State</Th>
            {mayManage ? (
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.id}>
              <Td className="py-1.5 font-medium break-words">{channel.name}</Td>
              <Td keep="desktop" className="py-1.5">
                {channelWords[channel.settings.kind]}
              </Td>
              <Td keep="desktop" className="py-1.5 break-all text-muted">
                {whereOf(channel.settings)}
              </Td>
              <Td className="py-1.5">
                <ChannelState channel={channel} />
              </Td>
              {mayManage ? (
                <Td align="right" className="py-1.5 whitespace-nowrap">
                  <Button
                    tone="quiet"
                    size="small"
                    aria-label={`Send a test to ${channel.name}`}
                    isBusy={test.isPending && tested?.id === channel.id}
                    onClick={() => test.mutate({ channel: channel.id })}
                  >
                    Send a test
                  </Button>
                  <Menu
                    trigger={
                      <Button tone="quiet" size="small" aria-label={`Change ${channel.name}`}>
                        Change
                      </Button>
                    }
                    entries={[
                      { label: 'Change it', onSelect: () => onEdit(channel) },
                      { label: 'Remove it', isDanger: true, onSelect: () => setRemoved(channel) },
                    ]}
                  />
                </Td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </Table>
      <p role="status" className="empty:hidden">
        {test.data && tested ? (
          <StateMark tone={test.data.isAccepted ? 'ok' : 'bad'}>
            {tested.name} {test.data.isAccepted ? 'accepted the test' : 'did not accept the test'}: {test.data.answer}
          </StateMark>
        ) : null}
        {test.error ? <StateMark tone="bad">{errorSentence(test.error)}</StateMark> : null}
      </p>
      {removed ? (
        <ConfirmAct
          act={`Remove ${removed.name}`}
          sentence="Its secret and the log of what was told there go with it; what waits to be sent is not sent."
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ channel: removed.id })}
          onClose={() => {
            remove.reset()
            setRemoved(null)
          }}
        />
      ) : null}
    </>
  )
}

function ChannelState({ channel }: { channel: ShownChannel }) {
  if (channel.isPaused) return <StateMark tone="quiet">paused</StateMark>
  if (channel.settings.kind !== 'heartbeat') return <StateMark tone="ok">on</StateMark>
  if (channel.beatProblem !== null) return <StateMark tone="bad">{channel.beatProblem}</StateMark>
  if (channel.beatAt === null) return <StateMark tone="quiet">not called yet</StateMark>
  return (
    <StateMark tone="ok">
      called <Moment at={channel.beatAt} />
    </StateMark>
  )
}
