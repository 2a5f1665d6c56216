'use client'

import { useState } from 'react'
import { useClock } from '#components/time/clock-provider.tsx'
import { useZone } from '#components/time/zone.ts'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { readTarget } from '#domain/recovery/read-target.ts'
import { targetWords } from '#domain/recovery/target-words.ts'

/** Where recovery shall stop, as it is being chosen: typed, or taken from what the page offers. */
export interface TargetChoice {
  text: string
  /** Null while nothing, or nothing understandable, is given. */
  target: RecoveryTarget | null
  /** What is wrong with the text; null while nothing is. */
  fault: string | null
  /** How a typed text was understood, in full; null for what was taken from the page. */
  understood: string | null
  type: (text: string) => void
  take: (target: RecoveryTarget) => void
}

/** The state of that choice. A text such as `5 min ago` is read once, when it is typed: it must not move while it is looked at. */
export function useTargetChoice(first: RecoveryTarget | null = null): TargetChoice {
  const zone = useZone()
  const clock = useClock()
  const [held, setHeld] = useState<Held>(() => (first === null ? nothing : taken(first)))
  return {
    ...held,
    type: (text) => setHeld(text.trim() === '' ? { ...nothing, text } : typed(text, zone, clock.read())),
    take: (target) => setHeld(taken(target)),
  }
}

type Held = Pick<TargetChoice, 'text' | 'target' | 'fault' | 'understood'>

const nothing: Held = { text: '', target: null, fault: null, understood: null }

function taken(target: RecoveryTarget): Held {
  return { ...nothing, text: targetWords(target), target }
}

function typed(text: string, zone: string, now: Date): Held {
  const read = readTarget(text, zone, now)
  if (read.kind === 'unread') return { ...nothing, text, fault: read.sentence }
  const { target, understood } = read
  return { text, target, fault: null, understood }
}
