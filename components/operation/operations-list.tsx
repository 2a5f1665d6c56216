'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { paths } from '#components/paths.ts'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { useRowKeys } from '#components/ui/use-row-keys.ts'
import { formatDuration } from '#domain/format.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import { OperationsSkeleton } from './operations-skeleton.tsx'
import { operationLooks, operationKindName } from './operation-words.ts'

/** What has been done with a cluster through this console, newest first. */
export function OperationsList({ cluster }: { cluster: string }) {
  const [limit, setLimit] = useState(firstRows)
  const list = useQuery(
    useTRPC().operations.list.queryOptions(limit === firstRows ? { cluster } : { cluster, limit }, {
      placeholderData: keepPreviousData,
    }),
  )
  if (list.error && !list.data) return <QueryProblem query={list} />
  if (!list.data) return <OperationsSkeleton />
  const rows = list.data.operations
  if (rows.length === 0) {
    return (
      <Empty title="Nothing has been done with this cluster through the console.">
        A switchover or a backup appears here, step by step, and stays.
      </Empty>
    )
  }
  return (
    <div className="grid justify-items-start gap-4">
      <Rows rows={rows} />
      {list.data.nextBefore !== null && limit < mostRows ? (
        <Button size="small" isBusy={list.isFetching} onClick={() => setLimit(mostRows)}>
          Show older
        </Button>
      ) : null}
    </div>
  )
}

/** As many as the procedure gives without being asked, and the most it gives. */
const firstRows = 100
const mostRows = 500

function Rows({ rows }: { rows: readonly OperationRow[] }) {
  const list = useRef<HTMLTableElement>(null)
  useRowKeys(list)
  return (
    <Table ref={list} aria-label="Operations">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Operation</Th>
          <Th>State</Th>
          <Th keep="desktop">Asked by</Th>
          <Th keep="wide">Reason</Th>
          <Th align="right" keep="desktop">
            Lasted
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ row }: { row: OperationRow }) {
  const { tone, word } = operationLooks[row.state]
  return (
    <tr className="align-top">
      <Td className="py-1.5 text-muted">
        <Moment at={row.requestedAt} />
      </Td>
      <Td className="py-1.5">
        <TextLink href={paths.operation(row.id)} data-row={row.id} className="font-medium">
          {operationKindName(row.kind)}
        </TextLink>
        {row.isBreakGlass ? <Badge className="ml-2 border-bad text-bad">break-glass</Badge> : null}
        {row.outcome ? <p className="text-muted">{row.outcome}</p> : null}
      </Td>
      <Td className="py-1.5 whitespace-nowrap">
        <StateMark tone={tone}>{word}</StateMark>
      </Td>
      <Td className="py-1.5" keep="desktop">
        {row.requestedBy}
      </Td>
      <Td className="max-w-80 py-1.5 text-muted" keep="wide">
        {row.reason}
      </Td>
      <Td align="right" className="py-1.5 whitespace-nowrap text-muted" keep="desktop">
        {row.endedAt ? formatDuration(row.endedAt.getTime() - row.requestedAt.getTime()) : '–'}
      </Td>
    </tr>
  )
}
