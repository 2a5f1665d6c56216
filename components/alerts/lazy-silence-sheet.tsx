'use client'

import { lazy, Suspense } from 'react'
import type { OpenedSilence } from './opened-silence.ts'

const SilenceSheet = lazy(() => import('./silence-sheet.tsx').then((module) => ({ default: module.SilenceSheet })))

/** The sheet of a silence, loaded with the first that is opened. */
export function LazySilenceSheet({ opened, onClose }: { opened: OpenedSilence | null; onClose: () => void }) {
  return (
    <Suspense>
      {opened ? (
        <SilenceSheet
          key={opened.opening}
          aims={opened.aims}
          about={opened.about}
          isOpen={opened.isOpen}
          onClose={onClose}
        />
      ) : null}
    </Suspense>
  )
}
