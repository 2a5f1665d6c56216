'use client'

import { operationLook } from '#components/operation/operation-words.ts'
import { paths } from '#components/paths.ts'
import { Age } from '#components/time/age.tsx'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Card } from '#components/ui/card.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { formatDuration } from '#domain/format.ts'
import { rehearsalResultOf, type Operation } from '#domain/operation/operation.ts'
import { lookOfRehearsal } from './rehearsal-look.ts'
import { useRehearsals } from './use-rehearsals.ts'

/** The last rehearsals: whether the backups yielded the moment, and how long a real recovery would take. */
export function RehearsalsCard({ cluster }: { cluster: string }) {
  const list = useRehearsals(cluster)
  if (list.error && !list.data) {
    return <ErrorPanel sentence={errorSentence(list.error)} onRetry={() => void list.refetch()} />
  }
  if (!list.data) return null
  return (
    <Card title="Rehearsals">
      {list.data.length === 0 ? (
        <p className="text-muted">
          None was done yet. A rehearsal restores a backup beside the running cluster and tells whether it works and how
          long it takes.
        </p>
      ) : (
        <Table aria-label="Rehearsals">
          <thead>
            <tr>
              <Th>When</Th>
              <Th>Moment</Th>
              <Th>Result</Th>
              <Th keep="desktop" align="right">
                Lasted
              </Th>
              <Th align="right">A recovery takes</Th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((operation) => (
              <Row key={operation.id} operation={operation} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  )
}

function Row({ operation }: { operation: Operation }) {
  const { id, plan, startedAt, endedAt, requestedAt, outcome } = operation
  const result = rehearsalResultOf(operation.result)
  const { tone, word } = result ? lookOfRehearsal(result) : operationLook(operation)
  return (
    <tr className="align-top">
      <Td className="py-1.5">
        <TextLink href={paths.operation(id)}>
          <Age at={requestedAt} after=" ago" />
        </TextLink>
      </Td>
      <Td className="py-1.5 break-words">{plan.kind === 'rehearsal' ? plan.targetWords : ''}</Td>
      <Td className="py-1.5">
        <StateMark tone={tone}>{word}</StateMark>
        {result?.isGood ? null : <p className="text-muted">{result?.fault ?? outcome}</p>}
      </Td>
      <Td keep="desktop" align="right" className="py-1.5 whitespace-nowrap text-muted">
        {startedAt && endedAt ? formatDuration(endedAt.getTime() - startedAt.getTime()) : '–'}
      </Td>
      <Td align="right" className="py-1.5 whitespace-nowrap">
        {result?.recoveryMs == null ? '–' : `about ${formatDuration(result.recoveryMs)}`}
      </Td>
    </tr>
  )
}
