import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatBytes } from '#domain/format.ts'
import type { KeptLevel } from '#domain/samples/kept-level.ts'
import { daysInWords, resolutionWords } from '#domain/samples/retention.ts'
import { formOf, retentionOf } from './kept-form.ts'
import { totalWords } from './kept-words.ts'

/** What is kept, for who only reads. */
export function KeptTable({ levels }: { levels: readonly KeptLevel[] }) {
  return (
    <div className="grid max-w-2xl gap-4">
      <Table aria-label="What is kept">
        <thead>
          <tr>
            <Th>Values</Th>
            <Th align="right">Kept for</Th>
            <Th align="right">On disk</Th>
          </tr>
        </thead>
        <tbody>
          {levels.map(({ resolution, days, bytes }) => (
            <tr key={resolution}>
              <Td className="font-medium">{resolutionWords[resolution]}</Td>
              <Td align="right">{daysInWords(days)}</Td>
              <Td align="right">{formatBytes(bytes)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="text-muted">{totalWords(levels, retentionOf(formOf(levels)))}</p>
    </div>
  )
}
