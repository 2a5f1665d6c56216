import { Fragment } from 'react'
import { splitSpoken } from './spoken-parts.ts'

interface SpokenProps {
  sentence: string
  names?: readonly string[]
  /** Sets names and amounts stronger, so that the eye finds them first. */
  isStrong?: boolean
}

/** A sentence whose names and amounts are never broken over two lines. */
export function Spoken({ sentence, names = [], isStrong = true }: SpokenProps) {
  const Whole = isStrong ? 'strong' : 'span'
  return splitSpoken(sentence, names).map((part, index) =>
    // The parts of one sentence have no other identity than their place.
    part.isWhole ? (
      <Whole key={index} className={isStrong ? 'font-semibold whitespace-nowrap' : 'whitespace-nowrap'}>
        {part.text}
      </Whole>
    ) : (
      <Fragment key={index}>{part.text}</Fragment>
    ),
  )
}
