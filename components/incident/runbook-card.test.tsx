import { useState } from 'react'
import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { RunbookCard } from './runbook-card.tsx'

/** One more alert joins the incident, and its runbook is the one to read first. */
function Joined() {
  const [runbooks, setRunbooks] = useState(['sessions-held'])
  return (
    <>
      <button type="button" onClick={() => setRunbooks(['leader-lost', 'sessions-held'])}>
        Join
      </button>
      <RunbookCard runbooks={runbooks} acts={[]} />
    </>
  )
}

test('a runbook that is read stays open when another one comes before it', async () => {
  await using page = await openPage({
    page: <Joined />,
    answers: { 'runbooks.get': ({ name }: { name: string }) => ({ name, markdown: `# ${name}\n\nRead ${name}.` }) },
  })
  await page.until(() => page.text().includes('Read sessions-held.'))
  await page.press('Join')
  await page.until(() => page.text().includes('Read leader-lost.'))
  const shown = [...document.querySelectorAll('details')].map(({ open, textContent }) => [
    textContent.slice(0, 16),
    open,
  ])
  expect(shown).toEqual([
    ['The runbook lead', true],
    ['The runbook sess', true],
  ])
  const links = [...document.querySelectorAll('details a')].map(({ textContent }) => textContent)
  expect(links).toEqual([
    'The runbook leader-lost on a page of its own',
    'The runbook sessions-held on a page of its own',
  ])
})
