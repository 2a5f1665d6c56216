/** Where acts that are refused until one has shown who one is wait for the dialog, and the dialog for them. */
let waiting: ((isShown: boolean) => void)[] = []
const listeners = new Set<() => void>()

/** Has the dialog asked; true once the person has shown who they are, false when they let it be. */
export function askStepUp(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve]
    tell()
  })
}

/** Ends the question for all who wait. */
export function answerStepUp(isShown: boolean) {
  const all = waiting
  waiting = []
  tell()
  for (const resolve of all) resolve(isShown)
}

export function isStepUpAsked(): boolean {
  return waiting.length > 0
}

export function onStepUp(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell() {
  for (const listener of listeners) listener()
}
