import type { ReactNode } from 'react'

/** What a page of settings is about, and its one act. */
export function SettingsHead({ sentence, act }: { sentence: string; act?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p className="text-lg tracking-[-0.01em]">{sentence}</p>
      {act}
    </div>
  )
}
