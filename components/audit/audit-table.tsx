'use client'

import { cx } from 'class-variance-authority'
import { useRef } from 'react'
import { Moment } from '#components/time/moment.tsx'
import { formatDay } from '#components/time/moment-format.ts'
import { useZone } from '#components/time/zone.ts'
import { paths } from '#components/paths.ts'
import { Badge } from '#components/ui/badge.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { useRowKeys } from '#components/ui/use-row-keys.ts'
import { isBreakGlass } from '#domain/audit-chain/is-break-glass.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { actWords, outcomeLooks } from './audit-words.ts'

interface AuditTableProps {
  records: readonly AuditRecord[]
  /** Number of the record that stands open beside the table. */
  open: number | null
  onOpen: (seq: number) => void
}

/** Records for reading, newest first, a heading a day. */
export function AuditTable({ records, open, onOpen }: AuditTableProps) {
  const zone = useZone()
  const isNarrow = open !== null
  const list = useRef<HTMLTableElement>(null)
  useRowKeys(list)
  return (
    <Table ref={list} aria-label="Audit records">
      <thead>
        <tr>
          <Th className="w-18 pl-2">Time</Th>
          <Th className="phone:hidden">Who</Th>
          <Th>Act</Th>
          <Th keep="desktop">Target</Th>
          <Th keep="wide" className={isNarrow ? 'hidden print:table-cell' : 'print:table-cell'}>
            Reason
          </Th>
          <Th>Outcome</Th>
        </tr>
      </thead>
      {daysOf(records, zone).map(({ day, records: own }) => (
        <tbody key={`${day} ${own[0]?.seq}`}>
          <tr>
            <th scope="rowgroup" colSpan={6} className="h-9 pt-3 pl-2 text-left text-sm font-normal text-faint">
              {day}
            </th>
          </tr>
          {own.map((record) => (
            <Row key={record.seq} record={record} isOpen={record.seq === open} isNarrow={isNarrow} onOpen={onOpen} />
          ))}
        </tbody>
      ))}
    </Table>
  )
}

interface RowProps {
  record: AuditRecord
  isOpen: boolean
  isNarrow: boolean
  onOpen: (seq: number) => void
}

function Row({ record, isOpen, isNarrow, onOpen }: RowProps) {
  const { seq, at, actor, action, target, reason, outcome, detail } = record
  const { tone, word } = outcomeLooks[outcome]
  return (
    <tr className={cx('relative align-top', isOpen ? 'bg-raised' : 'hover:bg-panel')}>
      <Td className="py-1.5 pl-2 whitespace-nowrap text-muted">
        <Moment at={at} shape="clock" />
      </Td>
      <Td className="max-w-44 truncate py-1.5 phone:hidden">
        {actor.name}
        {actor.kind === 'token' ? <span className="text-faint"> (token)</span> : null}
      </Td>
      <Td className="py-1.5">
        <a
          href={paths.audit({ seq })}
          data-row={seq}
          aria-current={isOpen ? 'true' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            onOpen(seq)
          }}
          // Where a record is open beside the table, it follows the arrows.
          onFocus={() => (isNarrow && !isOpen ? onOpen(seq) : undefined)}
          className="font-medium outline-none after:absolute after:inset-0 after:rounded-sm after:-outline-offset-2 after:content-[''] focus-visible:after:outline-2 focus-visible:after:outline-info"
        >
          {actWords(action)}
        </a>
        {isBreakGlass(detail) ? <Badge className="ml-2 border-bad text-bad">break-glass</Badge> : null}
        <p className="text-muted md:hidden">
          {actor.name}
          {target === '' || target === actor.name ? '' : `, ${target}`}
        </p>
      </Td>
      <Td keep="desktop" className="max-w-56 truncate py-1.5" data-tip={target.length > 28 ? target : undefined}>
        {target}
      </Td>
      <Td keep="wide" className={cx('max-w-80 py-1.5 text-muted', isNarrow && 'hidden', 'print:table-cell')}>
        <span className="line-clamp-2 print:line-clamp-none">{reason ?? <span className="text-faint">–</span>}</span>
      </Td>
      <Td className="py-1.5 whitespace-nowrap">
        <StateMark tone={tone}>{word}</StateMark>
      </Td>
    </tr>
  )
}

function daysOf(records: readonly AuditRecord[], zone: string): { day: string; records: AuditRecord[] }[] {
  const days: { day: string; records: AuditRecord[] }[] = []
  for (const record of records) {
    const day = formatDay(record.at, zone)
    const last = days.at(-1)
    if (last?.day === day) last.records.push(record)
    else days.push({ day, records: [record] })
  }
  return days
}
