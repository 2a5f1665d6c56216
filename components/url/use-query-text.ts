'use client'

import { useEffect, useState } from 'react'
import { useQueryParam } from './use-query-params.ts'

/** A text that is typed and stands in the address: itself at once, so that no letter is lost, the address when the typing pauses. */
export function useQueryText(name: string): [string, (text: string) => void] {
  const [value, setValue] = useQueryParam(name)
  const [text, setText] = useState(value)
  const [told, setTold] = useState(value)
  const [known, setKnown] = useState(value)

  // The address was changed by other hands: a link, "clear", "back".
  if (value !== known) {
    setKnown(value)
    if (value !== told) {
      setText(value)
      setTold(value)
    }
  }

  // The address is the outside system; it is not written at every letter.
  useEffect(() => {
    if (text === told) return
    const timer = setTimeout(() => {
      setTold(text)
      setValue(text)
    }, 120)
    return () => clearTimeout(timer)
  }, [text, told, setValue])

  return [text, setText]
}
