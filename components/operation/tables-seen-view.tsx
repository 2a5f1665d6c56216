'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatBytes } from '#domain/format.ts'
import type { TableSeen } from '#domain/recovery/recovered-data.ts'

/** The tables of recovered data with how much is in each, the largest first. */
export function TablesSeenView({ tables }: { tables: readonly TableSeen[] }) {
  const [isWhole, setIsWhole] = useState(false)
  const ordered = tables.toSorted((a, b) => b.bytes - a.bytes)
  const shown = isWhole ? ordered : ordered.slice(0, atFirst)
  const hasDatabases = tables.some(({ database }) => database !== tables[0]?.database)
  return (
    <section aria-label="Tables" className="grid gap-2">
      <h3 className="font-medium">Tables</h3>
      <Table aria-label="Tables of the recovered data">
        <thead>
          <tr>
            <Th>Table</Th>
            <Th align="right">Rows</Th>
            <Th align="right">Size</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((table) => (
            <tr key={`${table.database} ${table.schema} ${table.name}`}>
              <Td className="break-all">
                {hasDatabases ? <span className="text-muted">{table.database}: </span> : null}
                {table.schema === 'public' ? table.name : `${table.schema}.${table.name}`}
              </Td>
              <Td align="right" className="whitespace-nowrap">
                {rowsOf(table)}
              </Td>
              <Td align="right" className="whitespace-nowrap">
                <span data-tip={`${table.bytes.toLocaleString('en-US')} bytes`}>{formatBytes(table.bytes)}</span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {shown.length === ordered.length ? null : (
        <Button size="small" className="justify-self-start print-hidden" onClick={() => setIsWhole(true)}>
          Show all {ordered.length} tables
        </Button>
      )}
    </section>
  )
}

const atFirst = 10

function rowsOf({ rows, isCounted }: TableSeen): string {
  if (rows === null) return 'not known'
  return isCounted ? rows.toLocaleString('en-US') : `about ${rows.toLocaleString('en-US')}`
}
