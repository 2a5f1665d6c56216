import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'

/** Has every opening of this page wait until its buttons work: a click before React has taken them over is lost. */
export function waitingForButtons(page: Page): Page {
  const goto = page.goto.bind(page)
  const reload = page.reload.bind(page)
  page.goto = async (...given) => {
    const response = await goto(...given)
    await untilTakenOver(page)
    return response
  }
  page.reload = async (...given) => {
    const response = await reload(...given)
    await untilTakenOver(page)
    return response
  }
  return page
}

/** Where that never comes about the test itself says what it misses. */
async function untilTakenOver(page: Page): Promise<void> {
  for (const giveUpAt = performance.now() + 10_000; performance.now() < giveUpAt;) {
    // It may be on its way elsewhere.
    const isTaken = await page.evaluate(areButtonsTaken).catch(() => false)
    if (isTaken || page.isClosed()) return
    await sleep(25)
  }
}

function areButtonsTaken(): boolean {
  const buttons = [...document.querySelectorAll('button')]
  // React notes its own on each element that it has taken over.
  return buttons.every((button) => Object.keys(button).some((key) => key.startsWith('__reactProps')))
}
