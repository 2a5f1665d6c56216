'use client'

import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import type { TruthTable } from '#domain/judgement/truth/truth-table.ts'

/** Who leads, by each source that can be asked. */
export function TruthCard({ truth }: { truth: TruthTable }) {
  return (
    <Card title="Who leads, by whom">
      <p className="max-w-prose pb-2">{truth.sentence}</p>
      <Table aria-label="Who leads, by whom">
        <thead>
          <tr>
            <Th>Source</Th>
            <Th>Says</Th>
            <Th>Stands</Th>
            <Th keep="desktop">As of</Th>
          </tr>
        </thead>
        <tbody>
          {truth.rows.map(({ source, title, member, sentence, asOf, standing }) => (
            <tr key={`${source} ${member ?? ''}`} className="align-top">
              <Td className="max-w-56 py-1.5 break-words">{title}</Td>
              <Td className="max-w-prose py-1.5 break-words text-muted">{sentence}</Td>
              <Td className="py-1.5 whitespace-nowrap phone:whitespace-normal">
                <StateMark tone={looks[standing].tone}>{looks[standing].word}</StateMark>
              </Td>
              <Td keep="desktop" className="py-1.5 text-muted">
                {asOf ? <Age at={asOf} after=" ago" /> : '–'}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

const looks = {
  agrees: { tone: 'ok', word: 'agrees' },
  disagrees: { tone: 'bad', word: 'disagrees' },
  settling: { tone: 'warn', word: 'differs, just now' },
  unseen: { tone: 'unseen', word: 'not seen' },
  apart: { tone: 'quiet', word: 'follows nobody' },
} as const satisfies Record<TruthTable['rows'][number]['standing'], { tone: Tone; word: string }>
