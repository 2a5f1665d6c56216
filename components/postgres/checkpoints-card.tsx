import { OldMark } from '#components/layers/old-mark.tsx'
import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatBytes } from '#domain/format.ts'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { PostgresTold } from './postgres-told.ts'

/** How often each member makes a checkpoint, why, and how much WAL lies in its folder. */
export function CheckpointsCard({ told, now }: { told: readonly PostgresTold[]; now: Date }) {
  return (
    <Card title="Checkpoints and WAL">
      <Table aria-label="Checkpoints and WAL">
        <thead>
          <tr>
            <Th>Member</Th>
            <Th align="right">Last</Th>
            <Th
              align="right"
              data-tip="Begun because it was time, and because of much WAL or a command, since the statistics began"
            >
              On time, asked
            </Th>
            <Th align="right">WAL folder</Th>
          </tr>
        </thead>
        <tbody>
          {told.map(({ member, detail, looked }) => (
            <tr key={member} className={isLookedOld(looked, now) ? 'text-muted' : ''}>
              <Td className="font-medium break-words">
                {member} <OldMark looked={looked} now={now} />
              </Td>
              <Td align="right">
                {detail.checkpoints?.lastAt ? <Age at={detail.checkpoints.lastAt} after=" ago" /> : '–'}
              </Td>
              <Td align="right" className="whitespace-nowrap">
                {detail.checkpoints === null
                  ? '–'
                  : `${detail.checkpoints.timed.toLocaleString('en-US')}, ${detail.checkpoints.requested.toLocaleString('en-US')}`}
              </Td>
              <Td align="right" className="whitespace-nowrap">
                {detail.wal.folderBytes === null ? '–' : formatBytes(detail.wal.folderBytes)}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}
