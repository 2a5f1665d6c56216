'use client'

import { cx } from 'class-variance-authority'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { Button } from '#components/ui/button.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { shareState, type ShareLink } from '#domain/people/share-link.ts'

export function ShareTable({
  shares,
  onRevoke,
}: {
  shares: readonly ShareLink[]
  onRevoke: (share: ShareLink) => void
}) {
  const now = useNow()
  return (
    <Table aria-label="Links for watchers">
      <thead>
        <tr>
          <Th>Title</Th>
          <Th keep="desktop">Shows</Th>
          <Th>State</Th>
          <Th keep="desktop">Opened</Th>
          <Th keep="wide">Made by</Th>
          <Th>
            <span className="sr-only">Acts</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {shares.map((share) => {
          const state = shareState(share, now)
          return (
            <tr key={share.id} className={cx(state !== 'valid' && 'text-muted')}>
              <Td className="py-1.5 wrap-anywhere">
                <span className="font-medium">{share.title}</span>
                {share.kind === 'badge' ? <span className="text-muted"> badge</span> : null}
              </Td>
              <Td keep="desktop" className="py-1.5 break-words text-muted">
                {share.clusters.join(', ')}
              </Td>
              <Td className="py-1.5">
                {state === 'valid' ? (
                  <StateMark tone="ok">
                    until <Moment at={share.expiresAt} />
                  </StateMark>
                ) : (
                  <StateMark tone="quiet">{state}</StateMark>
                )}
              </Td>
              <Td keep="desktop" className="text-muted">
                {share.kind === 'page' && share.views > 0 ? `${share.views} ×, last ` : ''}
                {share.lastViewedAt ? <Age at={share.lastViewedAt} after=" ago" /> : 'never'}
              </Td>
              <Td keep="wide" className="text-muted">
                {share.createdBy}, <Moment at={share.createdAt} />
              </Td>
              <Td align="right" className="py-1">
                {state === 'valid' ? (
                  <Button
                    tone="quiet"
                    size="small"
                    aria-label={`Revoke ${share.title}`}
                    onClick={() => onRevoke(share)}
                  >
                    Revoke
                  </Button>
                ) : null}
              </Td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}
