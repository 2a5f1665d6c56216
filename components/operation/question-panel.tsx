'use client'

import { cx } from 'class-variance-authority'
import { lazy, Suspense, useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Age } from '#components/time/age.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { restoreResultOf, type Operation } from '#domain/operation/operation.ts'
import type { Question, Way } from '#domain/operation/question.ts'
import { AttemptView } from './attempt-view.tsx'

const DecideSheet = lazy(() => import('./decide-sheet.tsx').then((module) => ({ default: module.DecideSheet })))

interface QuestionPanelProps {
  operation: Operation
  question: Question
  names: readonly string[]
}

/** What the operation waits for a person to decide: what stands now, what was seen, and the ways on, each with its button. */
export function QuestionPanel({ operation, question, names }: QuestionPanelProps) {
  const may = useMay('restore.request')
  const [opened, setOpened] = useState<{ way: Way; opening: number; isOpen: boolean } | null>(null)
  const open = (way: Way) => setOpened({ way, opening: (opened?.opening ?? 0) + 1, isOpen: true })
  useOfferActs(may ? question.ways.map((way) => ({ label: way.title, reason: null, run: () => open(way) })) : [])
  const seen = question.seen ?? restoreResultOf(operation.result)?.attempts.at(-1) ?? null
  return (
    <Card
      title={<StateMark tone="warn">A decision is needed</StateMark>}
      aside={<Age at={question.askedAt} before="asked " after=" ago" />}
      className="print-hidden"
    >
      <div className="grid gap-5">
        <p className="max-w-prose text-lg tracking-[-0.01em] whitespace-pre-line">
          <Spoken sentence={question.sentence} names={names} isStrong={false} />
        </p>
        {seen ? <AttemptView attempt={seen} isWide /> : null}
        <ul
          aria-label="Ways on"
          className={cx('grid gap-2.5 md:grid-cols-2', question.ways.length === 3 && 'xl:grid-cols-3')}
        >
          {question.ways.map((way) => (
            <li key={way.kind} className="grid content-between gap-3 rounded-lg border border-line px-4 py-3">
              <div className="grid gap-1">
                <p className="font-medium">{way.title}</p>
                <p className="text-muted">
                  <Spoken sentence={way.sentence} names={names} isStrong={false} />
                </p>
              </div>
              {may ? (
                <Button
                  tone={way.kind === 'commit' ? 'strong' : 'plain'}
                  className="justify-self-start phone:justify-self-stretch"
                  onClick={() => open(way)}
                >
                  {way.title}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        {may ? null : (
          <p className="text-muted">Whoever has the role operator or admin decides; the operation waits until then.</p>
        )}
      </div>
      <Suspense>
        {opened ? (
          <DecideSheet
            key={`${question.step} ${opened.opening}`}
            operation={operation}
            step={question.step}
            way={opened.way}
            isOpen={opened.isOpen}
            onClose={() => setOpened({ ...opened, isOpen: false })}
          />
        ) : null}
      </Suspense>
    </Card>
  )
}
