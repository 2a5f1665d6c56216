'use client'

import { useState } from 'react'
import { useClock } from '#components/time/clock-provider.tsx'
import { useZone } from '#components/time/zone.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { readTarget } from '#domain/recovery/read-target.ts'
import { exactInstant } from '#domain/recovery/target-words.ts'

interface TargetDetailsProps {
  target: RecoveryTarget
  onTarget: (target: RecoveryTarget) => void
}

/** What has to be said beside a transaction, a position or a name: whether it stays, and when about it was. */
export function TargetDetails({ target, onTarget }: TargetDetailsProps) {
  const isPassed = target.type === 'xid' || target.type === 'lsn'
  if (!isPassed && target.type !== 'name') return null
  return (
    <div className="grid gap-4">
      {isPassed ? (
        <fieldset className="grid gap-1">
          <legend className="pb-1 font-medium">{target.type === 'xid' ? 'This transaction' : 'What ends there'}</legend>
          <div className="flex flex-wrap gap-x-6 gap-y-1">
            <Choice
              label="is left out"
              isChosen={target.isExclusive === true}
              onChoose={() => onTarget({ ...target, isExclusive: true })}
            />
            <Choice
              label="stays"
              isChosen={target.isExclusive !== true}
              onChoose={() => onTarget({ ...target, isExclusive: false })}
            />
          </div>
        </fieldset>
      ) : null}
      {target.type === 'lsn' ? null : <WhenAbout target={target} onTarget={onTarget} />}
    </div>
  )
}

function Choice({ label, isChosen, onChoose }: { label: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <label className="flex cursor-pointer items-center gap-2.5 phone:min-h-11">
      <input type="radio" name="exclusive" checked={isChosen} onChange={onChoose} className="accent-info" />
      {label}
    </label>
  )
}

interface WhenAboutProps {
  target: Extract<RecoveryTarget, { type: 'xid' | 'name' }>
  onTarget: (target: RecoveryTarget) => void
}

/** Where it lies in the WAL cannot be looked up: the backup is chosen by the time. */
function WhenAbout({ target, onTarget }: WhenAboutProps) {
  const zone = useZone()
  const clock = useClock()
  const [text, setText] = useState(() => (target.at ? exactInstant(target.at) : ''))
  const [fault, setFault] = useState<string | null>(null)
  const change = (next: string) => {
    setText(next)
    const read = readTarget(next, zone, clock.read())
    const at = read.kind === 'read' && read.target.type === 'time' ? read.target.at : null
    setFault(at === null && next.trim() !== '' ? 'Give a time, such as 14:03 or 5 min ago.' : null)
    const { at: _, ...rest } = target
    onTarget(at === null ? rest : { ...rest, at })
  }
  return (
    <Field
      label="When about it was"
      hint={target.at ? `Understood as ${exactInstant(target.at)}.` : 'The backup to begin with is chosen by it.'}
      error={fault}
    >
      {(field) => (
        <TextInput {...field} value={text} onChange={(event) => change(event.target.value)} className="max-w-96" />
      )}
    </Field>
  )
}
