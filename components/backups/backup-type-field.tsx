import { type BackupType, backupTypes } from '#domain/backup/backup.ts'

interface BackupTypeFieldProps {
  type: BackupType
  onType: (type: BackupType) => void
}

/** Full, differential or incremental, each with what it means for a restore. */
export function BackupTypeField({ type, onType }: BackupTypeFieldProps) {
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-2 font-medium">Type</legend>
      {backupTypes.map((each) => (
        <label key={each} className="flex cursor-pointer items-start gap-2.5 py-1 phone:min-h-11">
          <input
            type="radio"
            name="type"
            checked={each === type}
            onChange={() => onType(each)}
            className="mt-1 accent-info"
          />
          <span>
            {words[each].name}
            <span className="block text-sm text-muted">{words[each].meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

const words = {
  full: { name: 'Full', meaning: 'All of the data. A restore needs nothing else.' },
  diff: { name: 'Differential', meaning: 'What changed since the last full one. A restore needs both.' },
  incr: {
    name: 'Incremental',
    meaning: 'What changed since the last one of any type. A restore needs the whole chain.',
  },
} as const satisfies Record<BackupType, { name: string; meaning: string }>
