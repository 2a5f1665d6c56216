'use client'

import { useEffect } from 'react'

/** Marks the title of the tab while critical incidents are open; whatever page gives it a new one. */
export function CriticalTitle({ criticals }: { criticals: number }) {
  // The document's title is the outside system: each page sets its own.
  useEffect(() => {
    const mark = () => {
      const title = `(${criticals} critical) ${plainTitle()}`
      if (document.title !== title) document.title = title
    }
    mark()
    const observer = new MutationObserver(mark)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => {
      observer.disconnect()
      document.title = plainTitle()
    }
  }, [criticals])
  return null
}

function plainTitle(): string {
  return document.title.replace(/^\(\d+ critical\) /u, '')
}
