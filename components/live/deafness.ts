import type { LineState } from './line.ts'

type Deaf = Exclude<LineState['phase'], 'live'>

/** Why a page that does not hear of changes shows what was `age` ago. */
export function deafSentence(phase: Deaf, age: string): string {
  switch (phase) {
    case 'paused':
      return `This page was paused ${age} ago.`
    case 'connecting':
      return `This page is not connected to the console yet. What it shows is ${age} old.`
    case 'reconnecting':
      return `This page has not heard from the console for ${age}.`
  }
}

/** Why nothing can be done from such a page. */
export function deafReason(phase: Deaf): string {
  if (phase === 'paused') return 'This page is paused. Follow changes again to see how the cluster is before you act.'
  return 'This page is not connected to the console, so what it shows is old. It goes on trying by itself.'
}
