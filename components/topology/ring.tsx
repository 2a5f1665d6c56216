'use client'

import { cx } from 'class-variance-authority'
import { useState } from 'react'
import type { Box } from './lay-out.ts'

interface RingProps {
  box: Box | null
  leader: string | null
  /** False where its lead is an old word: then the ring is only sketched. */
  isSure: boolean
}

/** The gold ring around the leader; it travels when the lead does, and fades while nobody leads. */
export function Ring({ box, leader, isSure }: RingProps) {
  const [last, setLast] = useState({ leader, box, hasMoved: false })
  const isMoved = leader !== last.leader
  if (isMoved || (box !== null && (box.x !== last.box?.x || box.width !== last.box.width))) {
    // Resizing the window also moves the box, but nothing has happened then: no motion.
    setLast({ leader, box: box ?? last.box, hasMoved: isMoved })
  }
  const place = box ?? last.box
  if (!place) return null
  return (
    <rect
      x={place.x}
      y={place.y}
      width={place.width}
      height={place.height}
      rx={10}
      strokeWidth={isSure ? 2 : 1.5}
      strokeDasharray={isSure ? undefined : '6 5'}
      className={cx(
        'stroke-lead',
        isSure ? 'fill-lead-soft' : 'fill-transparent',
        last.hasMoved && 'transition-[x,opacity] duration-300 ease-out motion-reduce:transition-none',
        box ? 'opacity-100' : 'opacity-0',
      )}
    />
  )
}
