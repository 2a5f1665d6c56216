'use client'

import { useMemo } from 'react'
import { layOutAxis } from '#components/backups/lay-out-axis.ts'
import { RecoveryAxis } from '#components/backups/recovery-axis.tsx'
import { useZone } from '#components/time/zone.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { BackupChoice } from '#domain/recovery/backup-choice.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import { BeforeTransaction } from './before-transaction.tsx'
import { QuickPicks } from './quick-picks.tsx'
import { ReachNote } from './reach-note.tsx'
import type { TargetChoice } from './target-choice.ts'
import { TargetDetails } from './target-details.tsx'
import { momentOf, TargetEcho } from './target-echo.tsx'

interface TargetPickerProps {
  cluster: string
  /** Null = nothing was seen of backups. */
  view: BackupView | null
  now: Date
  choice: TargetChoice
  /** What the target can be recovered from; null = not known. */
  reach: BackupChoice | null
}

/** Every way to say where recovery shall stop: touched on the axis, typed, picked, or just before a transaction. */
export function TargetPicker({ cluster, view, now, choice, reach }: TargetPickerProps) {
  const zone = useZone()
  const judged = useMemo(() => (view === null ? null : judgeBackups(view, now)), [view, now])
  const { target, text, fault, understood, type, take } = choice
  const moment = target === null ? null : momentOf(target)
  const axis =
    view?.stanza && judged
      ? layOutAxis({
          windows: judged.windows,
          line: judged.line,
          backups: view.stanza.backups,
          gaps: view.archive?.gaps ?? [],
          histories: view.archive?.histories ?? [],
          now,
        })
      : null
  return (
    <div className="grid gap-6">
      {axis ? (
        <RecoveryAxis
          axis={axis}
          picked={moment}
          onTouch={({ at, timeline }) => take({ type: 'time', at, timeline })}
        />
      ) : null}
      <div className="grid gap-3">
        <Field
          label="Go back to"
          hint={`A time in ${zone} or with its zone, "5 min ago", a WAL position such as 0/3000028, a transaction such as xid 741, or the name of a restore point.`}
          error={fault}
        >
          {(field) => (
            <TextInput
              {...field}
              isMono
              spellCheck={false}
              autoCapitalize="off"
              value={text}
              placeholder="14:03:20"
              onChange={(event) => type(event.target.value)}
            />
          )}
        </Field>
        <QuickPicks target={target} onTarget={take} />
      </div>
      {target ? (
        <div className="grid gap-3">
          <TargetEcho target={target} understood={understood} />
          {reach ? <ReachNote choice={reach} target={target} onTarget={take} /> : null}
          <TargetDetails
            key={'value' in target ? `${target.type} ${target.value}` : target.type}
            target={target}
            onTarget={take}
          />
        </div>
      ) : null}
      <BeforeTransaction cluster={cluster} around={moment} line={judged?.line ?? []} onTarget={take} />
    </div>
  )
}
