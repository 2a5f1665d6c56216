import { OldMark } from '#components/layers/old-mark.tsx'
import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatBytes } from '#domain/format.ts'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { DatabaseDetail } from '#domain/stack/postgres-detail.ts'
import { wraparoundShare, xidWorry } from '#domain/stack/xid-age.ts'
import type { PostgresTold } from './postgres-told.ts'

/** The databases as the leader tells of them: how large, and how far from wraparound. */
export function DatabasesCard({
  told,
  leader,
  now,
}: {
  told: readonly PostgresTold[]
  leader: string | null
  now: Date
}) {
  const own = told.find(({ member }) => member === leader)
  if (!own) {
    return (
      <Card title="Databases">
        <p className="text-muted">The leader's Postgres has told nothing of its databases yet.</p>
      </Card>
    )
  }
  const { databases, sizesAt } = own.detail
  return (
    <Card title="Databases" aside={<OldMark looked={own.looked} now={now} />}>
      <Table aria-label="Databases" className={isLookedOld(own.looked, now) ? 'text-muted' : ''}>
        <thead>
          <tr>
            <Th>Database</Th>
            <Th align="right">Size</Th>
            <Th align="right" data-tip="Transactions since the oldest row that is not frozen">
              Oldest row
            </Th>
            <Th align="right" data-tip="Of what may pass before Postgres refuses writes">
              Wraparound
            </Th>
          </tr>
        </thead>
        <tbody>
          {databases
            .toSorted((one, other) => wraparoundShare(other) - wraparoundShare(one))
            .map((database) => (
              <Row key={database.name} database={database} />
            ))}
        </tbody>
      </Table>
      <p className="pt-2 text-sm text-muted">
        {sizesAt === null ? 'Sizes are not known yet.' : <Age at={sizesAt} before="Sizes are of " after=" ago." />}{' '}
        {horizonWords(own.detail.horizon)}
      </p>
    </Card>
  )
}

function Row({ database }: { database: DatabaseDetail }) {
  const worry = xidWorry(database)
  const share = `${(wraparoundShare(database) * 100).toFixed(1)} %`
  const { name, sizeBytes, xidAge, mxidAge, checksumFailures } = database
  return (
    <tr>
      <Td className="font-medium break-words">
        {name}
        {checksumFailures ? (
          <span className="block">
            <StateMark tone="bad">{checksumFailures} pages with a wrong checksum</StateMark>
          </span>
        ) : null}
      </Td>
      <Td align="right" className="whitespace-nowrap">
        {sizeBytes === null ? '–' : formatBytes(sizeBytes)}
      </Td>
      <Td align="right" className="whitespace-nowrap">
        <span data-tip={`${mxidAge.toLocaleString('en-US')} multixacts`}>{xidAge.toLocaleString('en-US')}</span>
      </Td>
      <Td align="right" className="whitespace-nowrap">
        {worry === null ? share : <StateMark tone={worry.tone}>{share}</StateMark>}
      </Td>
    </tr>
  )
}

/** Who keeps vacuum from removing old row versions the longest. */
function horizonWords({ sessions, slots, prepared, standbys }: PostgresTold['detail']['horizon']): string {
  const [oldest] = [
    { who: 'a session', age: sessions },
    { who: 'a replication slot', age: slots },
    { who: 'a prepared transaction', age: prepared },
    { who: 'a standby', age: standbys },
  ].toSorted((one, other) => (other.age ?? -1) - (one.age ?? -1))
  if (!oldest || oldest.age === null) return 'Nobody holds back vacuum.'
  return `Vacuum is held back furthest by ${oldest.who}, by ${oldest.age.toLocaleString('en-US')} transactions.`
}
