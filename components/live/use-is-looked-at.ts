import { useEffect, useState } from 'react'

/** Whether this tab is looked at; one that was just left counts for a few seconds more. */
export function useIsLookedAt(): boolean {
  const [isLookedAt, setIsLookedAt] = useState(() => !isHidden())

  // Which tab is in front is for the browser to say.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      if (isHidden()) timer = setTimeout(() => setIsLookedAt(false), graceMs)
      else setIsLookedAt(true)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])

  return isLookedAt
}

const graceMs = 5_000

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden'
}
