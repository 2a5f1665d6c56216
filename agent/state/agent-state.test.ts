import { appendFile, chmod, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openKeys } from '#agent/keys/keys.ts'
import { testAgent } from '#agent/testing/test-agent.ts'
import { testFolder } from '#agent/testing/test-folder.ts'
import { AgentState } from './agent-state.ts'
import { NonceJournal } from './nonce-journal.ts'
import { prepareStateFolder } from './state-folder.ts'

// A busy machine makes keys slowly.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const damage: [string, (folder: string) => Promise<void>, RegExp][] = [
  ['an enrolment cut short', (folder) => cutShort(join(folder, 'enrolment.json')), /enrolment\.json is damaged/],
  ['an empty enrolment', (folder) => writeFile(join(folder, 'enrolment.json'), ''), /enrolment\.json is damaged/],
  ['a nonce journal that is gone', (folder) => unlink(join(folder, 'nonces.log')), /nonces\.log is gone/],
  ['a damaged nonce journal', (folder) => appendFile(join(folder, 'nonces.log'), 'x\n'), /nonces\.log is damaged/],
  ['an identity that is gone', (folder) => unlink(join(folder, 'identity.key')), /identity\.key is gone/],
  ['a damaged identity', (folder) => cutShort(join(folder, 'identity.key')), /identity\.key is damaged/],
  ['a certificate that is gone', (folder) => unlink(join(folder, 'tls.pem')), /tls\.pem is gone/],
  ['a damaged certificate', (folder) => cutShort(join(folder, 'tls.pem')), /tls\.pem is damaged/],
]

test.each(damage)('%s stops the agent with a sentence', async (_name, harm, sentence) => {
  await using agent = await testAgent()
  await harm(agent.folder)
  const open = async () => {
    const { agentId } = await openKeys(agent.folder, 'pg-1')
    await AgentState.open(agent.folder, { agentId, nowSeconds: 0 })
  }
  await expect(open()).rejects.toThrow(sentence)
  await expect(open()).rejects.toThrow(/enrol this node anew/)
})

test('an enrolment of other keys stops the agent', async () => {
  await using agent = await testAgent()
  const agentId = '00000000-0000-8000-8000-000000000000'
  await expect(AgentState.open(agent.folder, { agentId, nowSeconds: 0 })).rejects.toThrow(/another key/)
})

test('a nonce whose line was not finished was never taken', async () => {
  await using node = await testFolder()
  const line = '100 AAAAAAAAAAAAAAAAAAAAAA\n'
  await writeFile(join(node.folder, 'nonces.log'), `${line}200 BBBB`)
  const journal = await NonceJournal.open(node.folder, { mustExist: true, nowSeconds: 100 })
  expect(journal.size).toBe(1)
  await journal.close()
  expect(await readFile(join(node.folder, 'nonces.log'), 'utf8')).toBe(line)
})

test('the nonce journal stays small: what expired long ago is forgotten', async () => {
  await using node = await testFolder()
  const journal = await NonceJournal.open(node.folder, { mustExist: false, nowSeconds: 0 })
  const nonces = Array.from({ length: 9_000 }, (_, n) => String(n).padStart(22, 'A'))
  const half = nonces.length / 2
  await Promise.all(nonces.slice(0, half).map((nonce) => journal.add(nonce, { expires: 60, nowSeconds: 0 })))
  expect(journal.size).toBe(half)
  for (const nonce of nonces.slice(half, half + 3)) await journal.add(nonce, { expires: 1_060, nowSeconds: 1_000 })
  expect(journal.size).toBe(3)
  await journal.close()
  expect((await readFile(join(node.folder, 'nonces.log'), 'utf8')).split('\n')).toHaveLength(4)
  const again = await NonceJournal.open(node.folder, { mustExist: true, nowSeconds: 1_000 })
  expect(nonces.filter((nonce) => again.has(nonce))).toEqual(nonces.slice(half, half + 3))
  await again.close()
})

test('a folder that others can read is not used', async () => {
  await using node = await testFolder()
  await prepareStateFolder(node.folder)
  const open = join(node.folder, 'open')
  await mkdir(open)
  await chmod(open, 0o755)
  await expect(prepareStateFolder(open)).rejects.toThrow(/chmod 700/)
})

async function cutShort(file: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.slice(0, text.length / 2))
}
